package dev.knowledgegraph.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.UnexpectedException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Views;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapesTest {
  private static final GraphId GRAPH = GraphId.of(Samples.uuid(0x31));
  private static final Instant CREATED = Instant.parse("2024-01-01T00:00:00Z");
  private static final Instant UPDATED = Instant.parse("2024-01-02T00:00:00.000001Z");

  private static final Node NODE =
      new Node(
          Samples.NODE,
          GRAPH,
          Samples.FULL,
          List.of(new Categorization(Samples.CATEGORY, 0.5, Origin.AUTOMATIC)),
          CREATED,
          UPDATED,
          3);
  private static final Node BARE =
      new Node(Samples.OTHER, GRAPH, NodeData.empty(), List.of(), CREATED, CREATED, 1);
  private static final Edge EDGE =
      new Edge(Samples.EDGE, GRAPH, Samples.FULL_EDGE, CREATED, UPDATED, 2);

  private static String names(ObjectNode json) {
    return String.join(" ", (Iterable<String>) json::fieldNames);
  }

  @Test
  void a_node_has_all_its_fields_in_order() {
    String order =
        "id key labels title body format tags properties position status version created updated"
            + " categories source";

    assertThat(names(Shapes.node(NODE))).isEqualTo(order);
    assertThat(Shapes.node(BARE))
        .hasToString(
            "{\"id\":\"0190a4f0-0000-7000-8000-000000000002\",\"key\":null,\"labels\":[],"
                + "\"title\":\"\",\"body\":\"\",\"format\":\"text\",\"tags\":[],"
                + "\"properties\":{},\"position\":null,\"status\":\"draft\",\"version\":1,"
                + "\"created\":\"2024-01-01T00:00:00Z\",\"updated\":\"2024-01-01T00:00:00Z\","
                + "\"categories\":[],\"source\":null}");
    assertThat(Shapes.node(NODE).get("position")).hasToString("{\"x\":1.5,\"y\":-2.0,\"z\":3.0}");
    assertThat(Shapes.node(NODE).get("properties").get("when").textValue())
        .isEqualTo("2024-02-29T12:34:56.789012Z");
    assertThat(Shapes.node(NODE).get("properties").get("lookalike"))
        .hasToString("{\"$instant\":\"not one\"}");
  }

  @Test
  void an_edge_tells_the_keys_of_its_ends() {
    ObjectNode json = Shapes.edge(EDGE, node -> node.equals(Samples.NODE) ? "city:zurich" : null);

    assertThat(names(json))
        .isEqualTo(
            "id source target sourceKey targetKey type weight properties version discriminator"
                + " directed label provenance created updated");
    assertThat(json.get("sourceKey").textValue()).isEqualTo("city:zurich");
    assertThat(json.get("targetKey").isNull()).isTrue();
    assertThat(json.get("provenance"))
        .hasToString(
            "{\"origin\":\"automatic\",\"method\":\"overlap\",\"confidence\":0.75,"
                + "\"reason\":\"same lake\"}");
  }

  @Test
  void a_graph_and_a_category_have_all_their_fields_in_order() {
    var owner = UserId.of("ada");
    var graph = new Graph(GRAPH, owner, Samples.FULL_GRAPH, true, CREATED, UPDATED, 4);
    var category =
        new Category(Samples.CATEGORY, GRAPH, Samples.FULL_CATEGORY, CREATED, UPDATED, 1);

    assertThat(names(Shapes.graph(graph)))
        .isEqualTo(
            "id owner name description visibility default view policy autoLink version created"
                + " updated");
    assertThat(Shapes.graph(graph).get("view").get("layout").textValue()).isEqualTo("grid");
    assertThat(Shapes.graph(graph).get("policy").get("maxNodes").longValue()).isEqualTo(10_000);
    assertThat(names(Shapes.category(category)))
        .isEqualTo("id title description parent color icon version created updated");
  }

  @Test
  void neighbors_stand_with_their_distance() {
    ObjectNode json =
        Shapes.neighbors(new Views.Neighborhood(NODE, 2, 7, List.of(new Views.Neighbor(BARE, 1))));

    assertThat(names(json)).isEqualTo("node depth total neighbors");
    assertThat(json.get("total").longValue()).isEqualTo(7);
    assertThat(json.get("neighbors").get(0).get("node")).isEqualTo(Shapes.node(BARE));
    assertThat(json.get("neighbors").get(0).get("distance").intValue()).isEqualTo(1);
  }

  @Test
  void a_path_is_there_or_not() {
    ObjectNode found = Shapes.path(new Views.Route(List.of(NODE, BARE), List.of(EDGE), 0.25));

    assertThat(names(found)).isEqualTo("found hops weight nodes edges");
    assertThat(found.get("hops").intValue()).isEqualTo(1);
    assertThat(found.get("edges").get(0).get("sourceKey").textValue()).isEqualTo("city:zurich");
    assertThat(found.get("edges").get(0).get("targetKey").isNull()).isTrue();
    assertThat(Shapes.path(null))
        .hasToString("{\"found\":false,\"hops\":0,\"weight\":0.0,\"nodes\":[],\"edges\":[]}");
  }

  @Test
  void statistics_are_counts_by_name() {
    var statistics =
        new Views.Statistics(
            9, 2, 1, Map.of("City", 1L), Map.of("SIMILAR", 1L), Map.of(), 1, 0, 0.5, 1, 1);

    assertThat(Shapes.stats(GRAPH, statistics))
        .hasToString(
            "{\"graph\":\"0190a4f0-0000-7000-8000-000000000031\",\"position\":9,\"nodes\":2,"
                + "\"edges\":1,\"labels\":{\"City\":1},\"types\":{\"SIMILAR\":1},\"tags\":{},"
                + "\"components\":1,\"orphans\":0,\"density\":0.5}");
  }

  @Test
  void a_line_of_the_log_counts_what_an_import_added() {
    ObjectNode json =
        Shapes.committed(
            new Committed(
                new Position(GRAPH, 5),
                UPDATED,
                UserId.of("ada"),
                "c-1",
                "r-1",
                "",
                Samples.events()));

    assertThat(names(json)).isEqualTo("position time actor commandId correlationId events");
    assertThat(json.get("events")).hasSize(Samples.events().size());
    assertThat(json.get("events").get(1))
        .hasToString("{\"type\":\"graph.renamed\",\"data\":{\"name\":\"Map\"}}");
    assertThat(json.get("events").get(35)).hasToString("{\"type\":\"nodes.imported\",\"count\":3}");
    assertThat(json.get("events").get(36)).hasToString("{\"type\":\"edges.imported\",\"count\":2}");
  }

  @Test
  void an_error_tells_which_fields_are_wrong() {
    var invalid = new Rejection.Invalid(List.of(new FieldError("title", "expected more")));

    assertThat(error(new RejectedException(new Rejection.ItemRejected(2, invalid))))
        .isEqualTo(
            "{\"error\":{\"code\":\"INVALID\",\"message\":\"item 2: title: expected more; nothing"
                + " was changed\",\"details\":[{\"path\":\"items[2].title\",\"message\":\"expected"
                + " more\"}],\"retryable\":false,\"correlationId\":null}}");
    assertThat(error(new ConflictException("busy")))
        .isEqualTo(
            "{\"error\":{\"code\":\"CONFLICT\",\"message\":\"busy\",\"details\":[],"
                + "\"retryable\":true,\"correlationId\":null}}");
    assertThat(error(new UnexpectedException("r-7", null))).endsWith("\"correlationId\":\"r-7\"}}");
    assertThat(error(new RejectedException(new Rejection.LimitExceeded("nodes", 1, 2))))
        .contains("\"details\":[{\"path\":\"nodes\",\"message\":\"expected at most 1, found 2\"}]");
    assertThat(error(new RejectedException(new Rejection.NameTaken("a"))))
        .contains("\"details\":[]");
  }

  private static String error(KnowledgeGraphException error) {
    return Shapes.error(error, null).toString();
  }
}
