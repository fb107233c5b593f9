package dev.knowledgegraph.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImporterTest {
  private static final Path DATA = Path.of("../../shared/data");

  @TempDir Path folder;

  private final List<KnowledgeGraph> open = new ArrayList<>();

  private GraphView graph() {
    var knowledgeGraph = KnowledgeGraph.inMemory();
    open.add(knowledgeGraph);
    return knowledgeGraph.as(UserId.of("ada")).create(GraphData.named("graph"));
  }

  @AfterEach
  void close() {
    open.forEach(KnowledgeGraph::close);
  }

  private static Path data(String path) {
    Path data = DATA.resolve(path);
    assumeTrue(Files.exists(data), "the test data " + path + " are not there");
    return data;
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private static ImportOptions skip() {
    return ImportOptions.defaults().withOnError(ImportOptions.OnError.SKIP);
  }

  private static Map<Object, Object> state(GraphView graph) {
    var state = new HashMap<>();
    graph.forEachNode(node -> state.put(node.id(), node.data()));
    graph.forEachEdge(edge -> state.put(edge.id(), edge.data()));
    return state;
  }

  private void changesNothingAgain(GraphView graph, Path path, ImportOptions options)
      throws IOException {
    var before = graph.head();
    ImportReport again = Importer.run(graph, List.of(path), options);
    assertThat(again.changedAnything()).as(again.toString()).isFalse();
    assertThat(graph.head()).isEqualTo(before);
  }

  @Test
  void readsTheSocialNetwork() throws IOException {
    Path path = data("neo4j-csv/ldbc-static");
    GraphView graph = graph();
    ImportReport report = Importer.run(graph, List.of(path), ImportOptions.defaults());
    assertThat(report.nodesAdded()).isEqualTo(25_566);
    assertThat(report.edgesAdded()).isEqualTo(25_559);
    assertThat(report.rejected()).isZero();
    assertThat(graph.head().nodes()).isEqualTo(25_566);
    assertThat(graph.head().edges()).isEqualTo(25_559);
    assertThat(graph.find("Organisation:0").orElseThrow().title()).isEqualTo("Kam_Air");
    changesNothingAgain(graph, path, ImportOptions.defaults());
  }

  @Test
  void readsTheAirports() throws IOException {
    Path path = data("graphs/csv-airports");
    GraphView graph = graph();
    var options = ImportOptions.defaults().withColumnMap(Map.of("count", "weight"));
    ImportReport report = Importer.run(graph, List.of(path), options);
    assertThat(report.nodesAdded()).isEqualTo(3_376);
    assertThat(report.edgesAdded()).isEqualTo(5_366);
    var weight = new double[1];
    graph.forEachEdge(edge -> weight[0] += edge.weight());
    assertThat(weight[0]).isEqualTo(7_009_728);
    changesNothingAgain(graph, path, options);
  }

  @Test
  void rejectsTheRaggedRowsOfNorthwind() throws IOException {
    data("neo4j-csv/northwind");
    Path copy = Files.createDirectory(folder.resolve("northwind"));
    try (var files = Files.list(DATA.resolve("neo4j-csv/northwind"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
    GraphView graph = graph();
    ImportReport report = Importer.run(graph, List.of(copy), skip());
    assertThat(report.rejects())
        .filteredOn(reject -> reject.reason().contains("fields, the header has"))
        .hasSize(185)
        .anySatisfy(
            reject -> {
              assertThat(reject.file()).endsWith("orders.csv");
              assertThat(reject.line()).isEqualTo(4);
              assertThat(reject.reason()).isEqualTo("15 fields, the header has 14");
            });
    assertThat(report.nodesAdded()).isEqualTo(1_104 - 185);
    assertThat(Files.readAllLines(folder.resolve("northwind.rejects")))
        .hasSize((int) report.rejected());
    changesNothingAgain(graph, copy, skip());
  }

  @Test
  void readsWordNetOnceMoreWithoutAChange() throws IOException {
    Path path = data("wordnet");
    GraphView graph = graph();
    ImportReport report = Importer.run(graph, List.of(path), ImportOptions.defaults());
    assertThat(report.nodesAdded()).isEqualTo(117_659);
    assertThat(report.edgesAdded() + report.edgesUnchanged()).isEqualTo(377_592);
    changesNothingAgain(graph, path, ImportOptions.defaults());
  }

  @Test
  void stopsAtTheFirstErrorUnlessToldOtherwise() throws IOException {
    Path path = file("people.csv", "id,name", "a,Ada", "b,Bob,too much");
    assertThatThrownBy(() -> Importer.run(graph(), List.of(path), ImportOptions.defaults()))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("people.csv:3")
        .hasMessageContaining("3 fields, the header has 2");
    GraphView graph = graph();
    assertThat(Importer.run(graph, List.of(path), skip()).nodesAdded()).isEqualTo(1);
    assertThat(graph.find("a").orElseThrow().labels()).containsExactly("People");
    assertThat(folder.resolve("people.csv.rejects")).exists();
  }

  @Test
  void rejectsEdgesWithoutEnds() throws IOException {
    Path nodes = file("nodes.csv", "id,name", "a,Ada");
    Path edges = file("edges.csv", "source,target,type", "a,a,KNOWS", "a,b,KNOWS");
    ImportReport report = Importer.run(graph(), List.of(edges, nodes), skip());
    assertThat(report.edgesAdded()).isEqualTo(1);
    assertThat(report.unresolved()).isEqualTo(1);
    assertThat(report.rejects())
        .containsExactly(
            new ImportReport.Reject(edges.toString(), 3, 0, "there is no node with the key b"));
  }

  @Test
  void findsTheTypesOfColumns() throws IOException {
    Path path =
        file(
            "nodes.csv",
            "id,age,height,zip,member,born,free:text",
            "a,36,1,01234,true,1815-12-10,7",
            "b,NULL,1.5,98122,FALSE,,NULL");
    GraphView graph = graph();
    Importer.run(graph, List.of(path), ImportOptions.defaults());
    assertThat(graph.find("a").orElseThrow().properties().values())
        .containsEntry("age", new PropertyValue.Int(36))
        .containsEntry("height", new PropertyValue.Decimal(1))
        .containsEntry("zip", new PropertyValue.Text("01234"))
        .containsEntry("member", new PropertyValue.Bool(true))
        .containsEntry("born", PropertyValue.of(java.time.LocalDate.of(1815, 12, 10)))
        .containsEntry("free", new PropertyValue.Text("7"));
    assertThat(graph.find("b").orElseThrow().properties().values())
        .doesNotContainKeys("age", "born")
        .containsEntry("zip", new PropertyValue.Text("98122"))
        .containsEntry("free", new PropertyValue.Text("NULL"));
  }

  @Test
  void prunesWhatTheSourceNoLongerHas() throws IOException {
    Path nodes = file("nodes.csv", "id,name", "a,Ada", "b,Bob", "c,Cy");
    Path edges = file("edges.csv", "source,target", "a,b", "b,a");
    GraphView graph = graph();
    graph.add(NodeData.node("by hand"));
    var options = ImportOptions.defaults().withPrune(true);
    Importer.run(graph, List.of(nodes, edges), options);
    file("nodes.csv", "id,name", "a,Ada", "b,Bob");
    file("edges.csv", "source,target", "a,b");
    ImportReport report = Importer.run(graph, List.of(nodes, edges), options);
    assertThat(report.nodesRemoved()).isEqualTo(1);
    assertThat(report.edgesRemoved()).isEqualTo(1);
    assertThat(graph.head().nodes()).isEqualTo(3);
    assertThat(graph.head().edges()).isEqualTo(1);
  }

  @Test
  void notes_named_one_by_one_link_to_each_other() throws IOException {
    Files.createDirectories(folder.resolve("vault/sub"));
    Path ada = file("vault/ada.md", "# Ada", "[[engine]], [[sub/notes]], [[elsewhere]]");
    Path notes = file("vault/sub/notes.md", "by [[ada]]");
    file("vault/engine.md", "not named");
    GraphView graph = graph();

    var report = Importer.run(graph, List.of(ada, notes), ImportOptions.defaults());

    assertThat(report.format()).isEqualTo("markdown");
    assertThat(graph.findByKeys(List.of(NodeKey.of("ada"), NodeKey.of("sub/notes")))).hasSize(2);
    assertThat(report.nodesAdded()).isEqualTo(2);
    assertThat(report.edgesAdded()).isEqualTo(2);
    assertThat(report.unresolved()).isEqualTo(2);
    var again = Importer.run(graph, List.of(ada, notes), ImportOptions.defaults());
    assertThat(again.nodesUnchanged() + again.edgesUnchanged()).isEqualTo(4);
  }

  @Test
  void one_note_is_a_source_of_its_own_and_prunes_no_other() throws IOException {
    Files.createDirectories(folder.resolve("vault"));
    Path ada = file("vault/ada.md", "# Ada");
    file("vault/engine.md", "# Engine");
    GraphView graph = graph();
    Importer.run(graph, List.of(folder.resolve("vault")), ImportOptions.defaults());

    var report = Importer.run(graph, List.of(ada), ImportOptions.defaults().withPrune(true));

    assertThat(report.nodesRemoved()).isZero();
    assertThat(graph.head().nodes()).isEqualTo(2);
  }

  @Test
  void any_file_is_a_note_if_one_says_so_and_an_error_names_it() throws IOException {
    Path text = file("list.txt", "- [[bad]]");
    Path bad = Files.write(folder.resolve("bad.md"), new byte[] {'a', (byte) 0xff});
    GraphView graph = graph();

    var report = Importer.run(graph, List.of(text, bad), "markdown", skip(), progress -> {});

    assertThat(graph.findByKeys(List.of(NodeKey.of("list")))).hasSize(1);
    assertThat(report.rejects())
        .singleElement()
        .satisfies(
            reject -> {
              assertThat(reject.file()).isEqualTo(bad.toString());
              assertThat(reject.reason()).isEqualTo("expected UTF-8 text, found other bytes");
            });
  }

  @Test
  void onlyLooksWhenAsked() throws IOException {
    Path nodes = file("nodes.csv", "id,name", "a,Ada", "b,Bob");
    Path edges = file("edges.csv", "source,target", "a,b", "b,z");
    GraphView graph = graph();
    var before = graph.head();
    ImportReport report =
        Importer.run(graph, List.of(nodes, edges), ImportOptions.defaults().withDryRun(true));
    assertThat(report.nodesAdded()).isEqualTo(2);
    assertThat(report.edgesAdded()).isEqualTo(1);
    assertThat(report.unresolved()).isEqualTo(1);
    assertThat(graph.head()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "neo4j-csv"})
  void readsWhatItWrote(String format) throws IOException {
    GraphView graph = graph();
    var ada =
        graph.add(
            NodeData.node("Ada, \"Countess\"\nof Lovelace")
                .key("ada")
                .label("Person;odd")
                .label("back\\slash")
                .tag("a|b")
                .body("=1+1\r\nnext")
                .at(-0.5, 1e300)
                .property("n", 1)
                .property("d", 1.0)
                .property("empty", "")
                .property("list", List.of("a;b", 1, true))
                .property("word", "NULL")
                .property("name:with", Map.of("a", List.of())));
    var bob = graph.add(NodeData.empty().property("n", "text").withSource("somewhere"));
    graph.link(
        EdgeData.edge(ada, EdgeType.of("child"), bob)
            .withWeight(0.25)
            .withDirected(false)
            .withLabel("x")
            .property("since", java.time.Instant.parse("2020-01-01T00:00:00.123456Z")));
    graph.link(EdgeData.edge(bob, EdgeType.RELATED, bob));
    Path target = folder.resolve(format.equals("jsonl") ? "graph.jsonl.gz" : format);
    var notes = new ArrayList<String>();
    Formats.exporter(format).write(graph, target, ExportOptions.defaults(), notes::add);
    assertThat(notes).isEmpty();
    GraphView copy = graph();
    ImportReport report = Importer.run(copy, List.of(target), ImportOptions.defaults());
    assertThat(report.format()).isEqualTo(format);
    assertThat(state(copy)).isEqualTo(state(graph));
    assertThat(copy.head().nodes()).isEqualTo(2);
    changesNothingAgain(copy, target, ImportOptions.defaults());
  }

  @Test
  void keepsTheFingerprintInItsOwnFormat() throws IOException {
    Path path = data("graphs/csv-airports");
    GraphView graph = graph();
    Importer.run(graph, List.of(path), ImportOptions.defaults());
    Path target = folder.resolve("airports.jsonl");
    Formats.exporter("jsonl").write(graph, target, ExportOptions.defaults(), note -> {});
    GraphView copy = graph();
    Importer.run(copy, List.of(target), ImportOptions.defaults());
    assertThat(copy.head().fingerprint()).isEqualTo(graph.head().fingerprint());
  }
}
