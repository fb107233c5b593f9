package dev.knowledgegraph.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.Provenance;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphmlFormatTest {
  private static final Path DATA = Path.of("../../shared/data/graphs/graphml");
  private static final GraphId GRAPH = GraphId.of(new UUID(1, 1));
  private static final NodeId A = NodeId.of(new UUID(2, 1));
  private static final NodeId B = NodeId.of(new UUID(2, 2));

  private final GraphmlFormat format = new GraphmlFormat();
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "tinkerpop-modern.xml, 6, 6",
    "tinkerpop-classic.xml, 6, 6",
    "grateful-dead.xml, 808, 8049",
    "graph-types.xml, 1, 0",
    "miserables.graphml, 77, 254",
    "attributes.graphml, 6, 7",
    "mixed_multigraph.graphml, 6, 8"
  })
  void a_published_file_gives_the_counted_nodes_and_edges(String name, int nodes, int edges)
      throws IOException {
    CollectingSink sink = read(data(name));

    assertThat(sink.rejected).isEmpty();
    assertThat(sink.nodes).hasSize(nodes);
    assertThat(sink.edges).hasSize(edges);
  }

  @Test
  void labels_names_types_and_weights_have_their_meaning() throws IOException {
    CollectingSink sink = read(data("tinkerpop-modern.xml"));

    NodeData marko = sink.node("1").data();
    assertThat(marko.content().title()).isEqualTo("marko");
    assertThat(marko.labels().names()).containsExactly("person");
    assertThat(marko.properties().values()).isEqualTo(Map.of("age", new PropertyValue.Int(29)));
    EdgeRecord knows = sink.edges.get(0);
    assertThat(knows.type()).isEqualTo(EdgeType.of("knows"));
    assertThat(knows.weight()).isEqualTo(0.5);
    assertThat(knows.directed()).isTrue();
    assertThat(knows.discriminator()).isEqualTo(Discriminator.of("7"));
  }

  @Test
  void each_type_is_read_and_an_unknown_one_is_text() throws IOException {
    NodeData data = read(data("graph-types.xml")).node("1").data();

    assertThat(data.properties().values())
        .containsEntry("d", new PropertyValue.Decimal(123.45))
        .containsEntry("f", new PropertyValue.Decimal(123.54))
        .containsEntry("i", new PropertyValue.Int(29))
        .containsEntry("l", new PropertyValue.Int(10_000_000))
        .containsEntry("b", new PropertyValue.Bool(true))
        .containsEntry("n", new PropertyValue.Text("junk"))
        .containsEntry("label", new PropertyValue.Text("default"));
  }

  @Test
  void defaults_directions_and_positions_are_read() throws IOException {
    CollectingSink mixed = read(data("mixed_multigraph.graphml"));
    assertThat(mixed.node("n1").data().properties().text("color")).contains("yellow");
    assertThat(mixed.edges).extracting(EdgeRecord::directed).filteredOn(it -> it).hasSize(2);

    NodeData valjean = read(data("miserables.graphml")).node("11").data();
    assertThat(valjean.content().title()).isEqualTo("Valjean");
    assertThat(valjean.position()).isNotNull();
    assertThat(valjean.properties().values()).doesNotContainKeys("x", "y", "label");
  }

  @Test
  void an_edge_may_come_before_its_nodes() throws IOException {
    CollectingSink sink = read("<edge source='a' target='b'/>\n<node id='a'/><node id='b'/>");

    assertThat(sink.rejected).isEmpty();
    assertThat(sink.edges).hasSize(1);
    assertThat(sink.edges.get(0).type()).isEqualTo(EdgeType.RELATED);
    assertThat(sink.edges.get(0).discriminator()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<hyperedge><endpoint node='a'/></hyperedge>",
        "<node id='b'><graph><node id='c'/></graph></node>",
        "<node id='b'><port name='p'/></node>",
        "<node/>",
        "<edge source='a'/>",
        "<node id='b'><data key='i'>many</data></node>"
      })
  void what_cannot_be_read_is_rejected_with_its_place(String part) throws IOException {
    CollectingSink sink = read("<node id='a'/>\n" + part + "\n<node id='z'/>");

    assertThat(sink.rejected).singleElement().asString().matches(".*g\\.graphml:3:\\d+: .*");
    assertThat(sink.nodes)
        .extracting(node -> String.valueOf(node.data().key()))
        .contains("a", "z")
        .doesNotContain("c");
  }

  @Test
  void broken_xml_is_rejected_where_it_breaks() throws IOException {
    CollectingSink sink = read("<node id='a'/>\n<node id='b'>");

    assertThat(sink.rejected).singleElement().asString().matches(".*g\\.graphml:4:\\d+: .*");
    assertThat(sink.nodes).hasSize(1);
  }

  @Test
  void a_document_type_is_refused_and_no_entity_is_read() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "the secret");
    CollectingSink sink =
        readAll(
            "<!DOCTYPE graphml [<!ENTITY e SYSTEM '"
                + secret.toUri()
                + "'>]><graphml><graph><node id='a'><data key='k'>&e;</data></node></graph>"
                + "</graphml>");

    assertThat(sink.nodes).isEmpty();
    assertThat(sink.rejected).singleElement().asString().contains("document type");
  }

  @Test
  void depth_and_text_have_limits() throws IOException {
    assertThat(read("<x>".repeat(100) + "</x>".repeat(100)).rejected)
        .singleElement()
        .asString()
        .contains("expected at most 64 levels");
    assertThat(
            read("<node id='a'><data key='k'>" + "x".repeat(17 << 20) + "</data></node>").rejected)
        .singleElement()
        .asString()
        .contains("characters, found more");
  }

  @Test
  void what_is_written_reads_the_same() throws IOException {
    NodeData rich =
        new NodeData(
                null,
                NodeData.empty().label("A").label("b:c").labels(),
                new Content(
                    "a <title> & \"more\"",
                    "line\r\nnext\u0000\t]]>\\e:\uFFFE 😀",
                    ContentFormat.MARKDOWN),
                NodeData.empty().tag("x y").tag("Z").tags(),
                null,
                NodeData.empty().properties(),
                NodeStatus.PUBLISHED,
                "")
            .key("the \"key\"")
            .at(1.5, -2)
            .property("name", "\\e:\\u0041")
            .property("x", 3)
            .property("b", true)
            .property("d", 1.0)
            .property("kg.title", "")
            .property("instant", Instant.parse("2026-01-01T00:00:00.123456789Z"))
            .property("date", LocalDate.of(2026, 1, 1))
            .property("list", List.of(1, 1.0, "a\"\n\u0001", List.of(), Map.of()))
            .property(
                "map", Map.of("@date", "2026-01-01", "n", Map.of("@@", LocalDate.of(1, 1, 1))))
            .property("map2", Map.of("@instant", "2026-01-01T00:00:00Z"));
    EdgeData edge =
        new EdgeData(
            A,
            B,
            EdgeType.of("kn\"ows"),
            Discriminator.of("\u00072"),
            -0.25,
            false,
            "a label",
            rich.properties(),
            new Provenance(Origin.MANUAL, "m", 0.5, "because"));
    List<Node> nodes = List.of(node(A, rich), node(B, NodeData.empty()));
    List<Edge> edges =
        List.of(
            new Edge(EdgeId.of(new UUID(3, 1)), GRAPH, edge, Instant.EPOCH, Instant.EPOCH, 1),
            new Edge(
                EdgeId.of(new UUID(3, 2)),
                GRAPH,
                EdgeData.edge(B, EdgeType.RELATED, B),
                Instant.EPOCH,
                Instant.EPOCH,
                1));
    var out = new StringWriter();
    var notes = new ArrayList<String>();

    GraphmlFormat.write(nodes::forEach, edges::forEach, out, notes::add);
    CollectingSink sink = readAll(out.toString());

    assertThat(sink.rejected).isEmpty();
    assertThat(notes).isEmpty();
    assertThat(sink.nodes).extracting(NodeRecord::id).containsExactly(A, B);
    assertThat(sink.nodes).extracting(NodeRecord::data).containsExactly(rich, NodeData.empty());
    assertThat(sink.edges)
        .extracting(GraphmlFormatTest::data)
        .containsExactly(edges.get(0).data(), edges.get(1).data());
    assertThat(sink.edges)
        .extracting(EdgeRecord::id)
        .containsExactly(edges.get(0).id(), edges.get(1).id());
  }

  @Test
  void many_escaped_characters_are_no_attack() throws IOException {
    CollectingSink sink =
        read("<node id='a'><data key='k'>" + "&amp;".repeat(300_000) + "</data></node>");

    assertThat(sink.rejected).isEmpty();
    assertThat(sink.node("a").data().properties().text("k").orElse("")).hasSize(300_000);
  }

  @Test
  void a_file_is_recognized_by_its_name_or_its_root() {
    assertThat(format.recognizes(Path.of("a.graphml"), "<?xml".getBytes(UTF_8))).isTrue();
    assertThat(format.recognizes(Path.of("a.graphml"), new byte[0])).isFalse();
    assertThat(format.recognizes(Path.of("a.xml"), "<graphml>".getBytes(UTF_8))).isTrue();
    assertThat(format.recognizes(Path.of("a.xml"), "<gexf>".getBytes(UTF_8))).isFalse();
    assertThat(format.name()).isEqualTo("graphml");
  }

  private static EdgeData data(EdgeRecord edge) {
    return new EdgeData(
        ((EndRef.ById) edge.source()).id(),
        ((EndRef.ById) edge.target()).id(),
        edge.type(),
        requireNonNull(edge.discriminator()),
        edge.weight(),
        edge.directed(),
        edge.label(),
        edge.properties(),
        requireNonNull(edge.provenance()));
  }

  private static Node node(NodeId id, NodeData data) {
    return new Node(id, GRAPH, data, List.of(), Instant.EPOCH, Instant.EPOCH, 1);
  }

  private static Path data(String name) {
    Path file = DATA.resolve(name);
    assumeTrue(Files.isRegularFile(file), "the test data are absent: " + file);
    return file;
  }

  private CollectingSink read(String inGraph) throws IOException {
    return readAll(
        "<graphml><key id='i' for='node' attr.name='i' attr.type='int'/><graph>\n"
            + inGraph
            + "\n</graph></graphml>");
  }

  private CollectingSink readAll(String xml) throws IOException {
    return read(Files.writeString(folder.resolve("g.graphml"), xml));
  }

  private CollectingSink read(Path file) throws IOException {
    var sink = new CollectingSink();
    format.read(file, ImportOptions.defaults(), sink);
    return sink;
  }
}
