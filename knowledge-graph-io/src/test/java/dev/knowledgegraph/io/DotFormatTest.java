package dev.knowledgegraph.io;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotFormatTest {
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

  private List<List<String>> statements(GraphView graph) throws IOException {
    Path file = folder.resolve("graph.dot");
    Formats.exporter("dot").write(graph, file, ExportOptions.defaults(), notes::add);
    return Files.readString(file).lines().map(DotFormatTest::tokens).toList();
  }

  /** Reads a line as Graphviz does: quoted texts begin with a quotation mark here, words do not. */
  private static List<String> tokens(String line) {
    var tokens = new ArrayList<String>();
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c == '"') {
        var text = new StringBuilder("\"");
        for (i++; line.charAt(i) != '"'; i++) {
          text.append(line.charAt(i));
          if (line.charAt(i) == '\\') {
            text.append(line.charAt(++i));
          }
        }
        tokens.add(text.toString());
        i++;
      } else if (Character.isLetterOrDigit(c)) {
        int start = i;
        while (i < line.length() && Character.isLetterOrDigit(line.charAt(i))) {
          i++;
        }
        tokens.add(line.substring(start, i));
      } else {
        i++;
      }
    }
    return tokens;
  }

  /** What a label shows. */
  private static String shown(String token) {
    var text = new StringBuilder();
    for (int i = 1; i < token.length(); i++) {
      char c = token.charAt(i);
      if (c == '\\') {
        char next = token.charAt(++i);
        text.append(next == 'n' ? '\n' : next);
      } else {
        text.append(c);
      }
    }
    return text.toString().replace("&amp;", "&");
  }

  @Test
  void nodes_show_what_they_are_called_and_edges_their_types_and_directions() throws IOException {
    GraphView graph = graph("notes");
    NodeId ada = graph.add(node("Ada"));
    NodeId engine = graph.add(node("Engine"));
    graph.link(ada, "DESCRIBED", engine);
    graph.link(
        EdgeData.edge(ada, EdgeType.SIMILAR, engine)
            .withDirected(false)
            .withWeight(0.5)
            .withLabel("a little"));

    assertThat(statements(graph))
        .contains(
            List.of("digraph", "\"notes"),
            List.of("\"" + ada, "label", "\"Ada"),
            List.of("\"" + ada, "\"" + engine, "label", "\"DESCRIBED"),
            List.of(
                "\"" + ada,
                "\"" + engine,
                "label",
                "\"SIMILAR\\na little",
                "weight",
                "\"0.5",
                "dir",
                "none"));
    assertThat(notes).isEmpty();
  }

  @Test
  void no_name_breaks_out_of_its_quotes() throws IOException {
    GraphView graph = graph("a \"graph\" \\");
    for (String title : List.of("\"];x", "\\", "\\\"", "a\\n", "&lt;", "<b>x</b>", "a\nb", "\\N")) {
      NodeId node = graph.add(node(title));

      assertThat(statements(graph))
          .as(title)
          .filteredOn(tokens -> tokens.contains("\"" + node))
          .singleElement()
          .satisfies(tokens -> assertThat(shown(tokens.getLast())).isEqualTo(title));
    }
    assertThat(shown(statements(graph).getFirst().getLast())).isEqualTo("a \"graph\" \\");
  }

  @Test
  void whatever_a_graph_holds_every_element_has_one_line() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      GraphView graph = graph("graph " + seed);
      AnyGraph.fill(graph, seed);

      assertThat(statements(graph))
          .as("seed " + seed)
          .hasSize((int) (4 + graph.head().nodes() + graph.head().edges()))
          .last()
          .isEqualTo(List.of());
    }
  }

  @Test
  void what_it_cannot_hold_is_said_or_refused() throws IOException {
    GraphView graph = graph("notes");
    graph.add(node("Ada").body("Wrote").tag("history").key("ada"));
    graph.add(node("Engine").property("year", 1837));

    statements(graph);

    assertThat(notes)
        .containsExactly(
            "the keys of 1 node are left out",
            "the texts of 1 node are left out",
            "the tags of 1 node are left out",
            "the properties of 1 node are left out");
    Path file = folder.resolve("strict.dot");
    assertThatThrownBy(
            () ->
                Formats.exporter("dot")
                    .write(graph, file, ExportOptions.defaults().withStrict(true), note -> {}))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("left out");
    assertThat(file).doesNotExist();
  }

  @Test
  void formats_for_looking_at_show_an_earlier_moment_too() throws IOException {
    GraphView graph = graph("notes");
    graph.add(node("Before"));
    GraphView then = graph.at(graph.position());
    graph.add(node("After"));

    for (String format : List.of("dot", "html", "graphml")) {
      Path file = folder.resolve("then." + format);
      Formats.exporter(format).write(then, file, ExportOptions.defaults(), note -> {});

      assertThat(Files.readString(file)).as(format).contains("Before").doesNotContain("\"After");
    }
  }
}
