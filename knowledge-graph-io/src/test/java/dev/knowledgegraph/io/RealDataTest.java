package dev.knowledgegraph.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.UserId;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published data, through SQLite: all of them come in, once, and come back from every format. */
class RealDataTest {
  private static final Path DATA = Path.of("../../shared/data");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "vaults/foam-docs, 86, 179",
    "vaults/silverbullet-docs, 225, 936",
    "graphs/csv-airports, 3376, 5366",
    "graphs/graphml/tinkerpop-modern.xml, 6, 6",
    "graphs/graphml/tinkerpop-classic.xml, 6, 6",
    "graphs/graphml/grateful-dead.xml, 808, 8049",
    "graphs/graphml/graph-types.xml, 1, 0",
    "graphs/graphml/miserables.graphml, 77, 254",
    "graphs/graphml/attributes.graphml, 6, 7",
    "graphs/graphml/mixed_multigraph.graphml, 6, 8"
  })
  void comes_in_once_and_comes_back(String name, long nodes, long edges) throws IOException {
    check(data(name), nodes, edges);
  }

  @Test
  @Tag("soak")
  void the_social_network_comes_in_once_and_comes_back() throws IOException {
    check(data("neo4j-csv/ldbc-static"), 25_566, 25_559);
  }

  @Test
  void northwind_comes_in_but_for_its_broken_rows_and_comes_back() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("northwind"));
    try (var files = Files.list(data("neo4j-csv/northwind"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
    check(copy, 1_104 - 185, -1);
  }

  @Test
  void a_piece_of_wordnet_comes_in_once_and_comes_back() throws IOException {
    Path words = data("wordnet");
    Path piece = Files.createDirectory(folder.resolve("words"));
    var ids = new HashSet<String>();
    long nodes = copy(words, piece, "nodes.csv.gz", 3_000, line -> ids.add(id(line, 0)));
    copy(
        words,
        piece,
        "edges.csv.gz",
        400_000,
        line -> ids.contains(id(line, 0)) && ids.contains(id(line, 1)));
    check(piece, nodes, -1);
  }

  @Test
  @Tag("soak")
  void wordnet_comes_in_once_and_comes_back() throws IOException {
    check(data("wordnet"), 117_659, -1);
  }

  private static Path data(String name) {
    Path data = DATA.resolve(name);
    assumeTrue(Files.exists(data), "the test data " + name + " are not there");
    return data;
  }

  private static String id(String line, int column) {
    return line.split(",", column + 2)[column];
  }

  private static long copy(
      Path from, Path to, String name, int lines, java.util.function.Predicate<String> wanted)
      throws IOException {
    long copied = 0;
    try (BufferedReader in = Sources.reader(from.resolve(name), ImportOptions.defaults());
        BufferedWriter out = Sources.writer(to.resolve(name))) {
      out.write(in.readLine() + "\n");
      for (int i = 0; i < lines; i++) {
        String line = in.readLine();
        if (line == null) {
          break;
        }
        if (wanted.test(line)) {
          out.write(line + "\n");
          copied++;
        }
      }
    }
    return copied;
  }

  /** A negative number of edges is any. */
  private void check(Path source, long nodes, long edges) throws IOException {
    var options = ImportOptions.defaults().withOnError(ImportOptions.OnError.SKIP);
    try (var store = KnowledgeGraph.open(folder.resolve("store"))) {
      GraphView graph = store.as(UserId.of("ada")).create(GraphData.named("graph"));
      Importer.run(graph, List.of(source), options);
      assertThat(graph.head().nodes()).isEqualTo(nodes);
      assertThat(graph.head().edges()).isEqualTo(edges < 0 ? graph.head().edges() : edges);

      var before = graph.head();
      assertThat(Importer.run(graph, List.of(source), options).changedAnything()).isFalse();
      assertThat(graph.head()).isEqualTo(before);

      for (ExportFormat format : Comparison.bothWays()) {
        comesBack(graph, format);
      }
    }
  }

  private void comesBack(GraphView graph, ExportFormat format) throws IOException {
    String name = format.name();
    Path target = folder.resolve("export-" + name);
    var notes = new ArrayList<String>();
    format.write(graph, target, ExportOptions.defaults(), notes::add);
    try (var store = KnowledgeGraph.inMemory()) {
      GraphView copy = store.as(UserId.of("ada")).create(GraphData.named("graph"));
      Importer.run(copy, List.of(target), name, ImportOptions.defaults(), progress -> {});
      if (name.equals("markdown")) {
        assertThat(Comparison.bodies(copy))
            .as(name)
            .containsExactlyInAnyOrderElementsOf(Comparison.bodies(graph));
      } else {
        assertThat(Comparison.differences(graph, copy, notes)).as(name).isEmpty();
      }
      if (name.equals("jsonl")) {
        assertThat(copy.head().fingerprint()).isEqualTo(graph.head().fingerprint());
      }
    }
  }
}
