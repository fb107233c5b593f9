package dev.knowledgegraph.io;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlFormatTest {
  private static final String HOSTILE =
      "</script><img src=x onerror=\"alert('1')\"><!-- \u2028\u2029 \\u003c {{script}} ${x}";

  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  private static final Pattern SCRIPTS = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

  @TempDir Path folder;
  private final KnowledgeGraph store = KnowledgeGraph.inMemory();
  private final List<String> notes = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  private GraphView graph(String name) {
    return store.as(UserId.of("ada")).create(GraphData.named(name));
  }

  private String page(GraphView graph) throws IOException {
    Path file = folder.resolve("graph.html");
    Formats.exporter("html").write(graph, file, ExportOptions.defaults(), notes::add);
    return Files.readString(file);
  }

  private static String only(Pattern pattern, String page) {
    Matcher found = pattern.matcher(page);
    assertThat(found.find()).isTrue();
    String group = found.group(1);
    assertThat(found.find()).isFalse();
    return group;
  }

  private static JsonNode data(String page) throws IOException {
    return new JsonMapper().readTree(only(DATA, page));
  }

  private static GraphView linked(GraphView graph) {
    NodeId ada = graph.add(node("Ada").label("Person").tag("history").body("# Ada\nWrote."));
    NodeId engine = graph.add(node("Engine").key("engine"));
    graph.link(ada, "DESCRIBED", engine);
    return graph;
  }

  @Test
  void a_page_holds_nodes_edges_communities_and_the_report() throws IOException {
    JsonNode data = data(page(linked(graph("notes"))));

    assertThat(data.path("graph").asText()).isEqualTo("notes");
    assertThat(data.path("nodes").findValuesAsText("title")).containsExactly("Ada", "Engine");
    assertThat(data.path("nodes").path(0).path("text").asText()).isEqualTo("# Ada\nWrote.");
    assertThat(data.path("nodes").path(0).path("tags").path(0).asText()).isEqualTo("history");
    assertThat(data.path("edges").path(0).toString()).isEqualTo("[0,1,0,1,1.0]");
    assertThat(data.path("types").path(0).asText()).isEqualTo("DESCRIBED");
    assertThat(data.path("communities").path(0).path("size").asInt()).isEqualTo(2);
    assertThat(data.path("report").path("nodes").asInt()).isEqualTo(2);
    assertThat(data.path("placed").asBoolean()).isFalse();
    assertThat(notes).isEmpty();
  }

  @Test
  void nothing_in_a_graph_breaks_out_of_its_data() throws IOException {
    GraphView graph = graph(HOSTILE);
    NodeId node = graph.add(node(HOSTILE).label(HOSTILE).tag(HOSTILE).body(HOSTILE).key(HOSTILE));
    graph.link(node, HOSTILE, graph.add(node("other")));

    String page = page(graph);

    assertThat(page.contains("<img")).isFalse();
    assertThat(page.split("<script", -1)).hasSize(4);
    assertThat(only(DATA, page)).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    assertThat(data(page).path("nodes").path(0).path("title").asText()).isEqualTo(HOSTILE);
    assertThat(data(page).path("types").path(0).asText()).isEqualTo(HOSTILE);
  }

  @Test
  void any_graph_makes_a_page_that_can_be_read() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      GraphView graph = graph("graph " + seed);
      AnyGraph.fill(graph, seed);

      assertThat(data(page(graph)).path("nodes").size())
          .as("seed " + seed)
          .isEqualTo((int) graph.head().nodes());
    }
  }

  @Test
  void a_page_loads_nothing_and_runs_its_own_scripts_only() throws Exception {
    String page = page(linked(graph("notes")));

    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContainPattern("(src|href|action)\\s*=\\s*[\"']?(https?:)?//")
        .doesNotContainPattern("@import|url\\(");
    var policy = new ArrayList<String>();
    Matcher scripts = SCRIPTS.matcher(page);
    while (scripts.find()) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(scripts.group(1).getBytes(StandardCharsets.UTF_8));
      policy.add("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
    assertThat(policy).hasSize(2);
    assertThat(page).contains("script-src " + String.join(" ", policy) + ";");
    assertThat(page).contains("Copyright 2010-2023 Mike Bostock", "Permission to use, copy");
  }

  @Test
  void a_graph_without_nodes_has_a_page() throws IOException {
    JsonNode data = data(page(graph("nothing")));

    assertThat(data.path("nodes").isEmpty()).isTrue();
    assertThat(data.path("report").path("nodes").asInt()).isZero();
  }

  @Test
  void places_are_used_if_every_node_has_one() throws IOException {
    GraphView graph = graph("map");
    graph.add(node("A").at(1, 2));
    assertThat(data(page(graph)).path("placed").asBoolean()).isTrue();

    graph.add(node("B"));
    assertThat(data(page(graph)).path("placed").asBoolean()).isFalse();
  }

  @Test
  void what_is_left_out_is_said_or_refused() throws IOException {
    GraphView graph = graph("notes");
    graph.add(node("A").body("word ".repeat(200)).property("x", 1));

    page(graph);

    assertThat(notes)
        .containsExactly(
            "the texts of 1 node are cut to their beginning",
            "the properties of 1 node are left out");
    Path file = folder.resolve("strict.html");
    assertThatThrownBy(
            () ->
                Formats.exporter("html")
                    .write(graph, file, ExportOptions.defaults().withStrict(true), note -> {}))
        .isInstanceOf(RejectedException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void of_a_large_graph_the_nodes_with_most_edges_are_drawn() throws IOException {
    GraphView graph = graph("large");
    NodeId hub = graph.add(node("Hub"));
    for (int i = 0; i < HtmlFormat.MAX_NODES + 10; i++) {
      NodeId leaf = graph.add(node("leaf " + i));
      if (i < 5) {
        graph.link(hub, "RELATED", leaf);
      }
    }

    JsonNode data = data(page(graph));

    assertThat(data.path("nodes").size()).isEqualTo(HtmlFormat.MAX_NODES);
    assertThat(data.path("nodes").path(0).path("title").asText()).isEqualTo("Hub");
    assertThat(data.path("edges").size()).isEqualTo(5);
    assertThat(notes)
        .containsExactly(
            "the page draws 2,000 of 2,011 nodes, those with most edges; the others are left out");
  }
}
