package dev.knowledgegraph.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CategoryCommand.AddCategory;
import dev.knowledgegraph.command.NodeCommand.Archive;
import dev.knowledgegraph.command.NodeCommand.Categorize;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a graph holds: what is exported can be imported again. */
class RoundTripTest {
  private static final int GRAPHS = 100;

  @TempDir Path folder;
  private final List<KnowledgeGraph> open = new ArrayList<>();

  private GraphView graph() {
    var store = KnowledgeGraph.inMemory();
    open.add(store);
    return empty(store);
  }

  private static GraphView empty(KnowledgeGraph store) {
    return store.as(UserId.of("ada")).create(GraphData.named("graph"));
  }

  @AfterEach
  void close() {
    open.forEach(KnowledgeGraph::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "neo4j-csv", "graphml", "markdown"})
  void any_graph_comes_back_from(String format) throws IOException {
    for (long seed = 0; seed < GRAPHS; seed++) {
      comes_back(format, seed, graph());
    }
  }

  @ParameterizedTest
  @Tag("soak")
  @ValueSource(strings = {"jsonl", "csv", "neo4j-csv", "graphml", "markdown"})
  void any_of_many_graphs_comes_back_from(String format) throws IOException {
    for (long seed = GRAPHS; seed < 50L * GRAPHS; seed++) {
      comes_back(format, seed, graph());
      close();
      open.clear();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "neo4j-csv", "graphml", "markdown"})
  void any_graph_in_sqlite_comes_back_from(String format) throws IOException {
    for (long seed = 0; seed < 5; seed++) {
      var store = KnowledgeGraph.open(folder.resolve("store" + seed));
      open.add(store);
      comes_back(format, seed, empty(store));
    }
  }

  @Test
  void the_categories_of_an_archived_node_come_back() throws IOException {
    GraphView graph = graph();
    NodeId node = graph.add(NodeData.node("Old"));
    var category = CategoryId.of(new UUID(1, 1));
    graph.send(new AddCategory(graph.id(), category, CategoryData.of("Past"))).orThrow();
    graph.send(new Categorize(graph.id(), node, category, 0.5, Origin.MANUAL)).orThrow();
    graph.send(new Archive(graph.id(), node)).orThrow();
    Path target = folder.resolve("graph.jsonl");
    Formats.exporter("jsonl").write(graph, target, ExportOptions.defaults(), note -> {});
    GraphView copy = graph();

    var report = Importer.run(copy, List.of(target), ImportOptions.defaults());

    assertThat(report.rejected()).isZero();
    assertThat(copy.head().fingerprint()).isEqualTo(graph.head().fingerprint());
    long position = copy.head().sequence();
    Importer.run(copy, List.of(target), ImportOptions.defaults());
    assertThat(copy.head().sequence()).isEqualTo(position);
  }

  private void comes_back(String format, long seed, GraphView copy) throws IOException {
    GraphView graph = graph();
    AnyGraph.fill(graph, seed);
    Path target = folder.resolve(format + seed);
    var notes = new ArrayList<String>();
    Formats.exporter(format).write(graph, target, ExportOptions.defaults(), notes::add);
    if (graph.head().nodes() > 0) {
      Importer.run(copy, List.of(target), format, ImportOptions.defaults(), progress -> {});
    }
    String which = format + ", seed " + seed;
    if (format.equals("markdown")) {
      assertThat(Comparison.bodies(copy))
          .as(which)
          .containsExactlyInAnyOrderElementsOf(Comparison.bodies(graph));
      return;
    }
    assertThat(Comparison.differences(graph, copy, notes)).as(which).isEmpty();
    if (format.equals("jsonl")) {
      assertThat(copy.head().fingerprint()).as(which).isEqualTo(graph.head().fingerprint());
    }
  }
}
