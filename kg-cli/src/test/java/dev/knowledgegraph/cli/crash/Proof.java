package dev.knowledgegraph.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What holds of every store, whatever was done to the process that wrote it. */
final class Proof {
  private static final UserId USER = UserId.of("local");
  private static final int PAGE = 1_000;

  private Proof() {}

  /** Opens a store as another process would, looks that it is sound, and reads its one graph. */
  static void read(Path directory, Consumer<GraphView> look) {
    if (isAbsent(directory)) {
      return;
    }
    try (JdbcStorage storage = JdbcStorage.openReadOnly(directory);
        KnowledgeGraph store = KnowledgeGraph.builder().storage(storage).build()) {
      isSound(storage);
      store.as(USER).findGraph("main").ifPresent(look);
    }
  }

  /** The log of the one graph of a sound store. */
  static List<Committed> log(Path directory) {
    var log = new ArrayList<Committed>();
    if (!isAbsent(directory)) {
      try (JdbcStorage storage = JdbcStorage.openReadOnly(directory)) {
        isSound(storage);
        storage.graphs(USER).forEach(graph -> log.addAll(log(storage, graph.ref())));
      }
    }
    return log;
  }

  /** Whether the process was killed before it had made a store. */
  static boolean isAbsent(Path directory) {
    try (JdbcStorage storage = JdbcStorage.openReadOnly(directory)) {
      return !storage.isReadOnly();
    } catch (StorageException e) {
      assertThat(e.code()).isEqualTo("STORE_ABSENT");
      return true;
    }
  }

  /** The doctor finds nothing, and no log has a gap. */
  private static void isSound(JdbcStorage storage) {
    assertThat(storage.check(USER)).allMatch(JdbcStorage.Check::ok);
    assertThat(storage.checkState().ok()).isTrue();
    for (Graph graph : storage.graphs(USER)) {
      long expected = 0;
      for (Committed entry : log(storage, graph.ref())) {
        assertThat(entry.position().sequence()).isEqualTo(++expected);
      }
      assertThat(storage.head(graph.ref()).sequence()).isEqualTo(expected);
    }
  }

  private static List<Committed> log(JdbcStorage storage, GraphRef graph) {
    var log = new ArrayList<Committed>();
    List<Committed> page;
    do {
      page = storage.read(graph, log.size(), PAGE);
      log.addAll(page);
    } while (!page.isEmpty());
    return log;
  }

  /** State, history and every earlier state are those that the log makes in memory. */
  static void followsFromItsLog(Path directory) {
    try (JdbcStorage storage = JdbcStorage.openReadOnly(directory);
        var memory = new InMemoryStorage()) {
      List<GraphRef> graphs = storage.graphs(USER).stream().map(Graph::ref).toList();
      KnowledgeGraph.replay(storage, graphs, memory);
      for (GraphRef graph : graphs) {
        long head = storage.head(graph).sequence();
        assertThat(storage.head(graph)).isEqualTo(memory.head(graph));
        for (long at : new long[] {head, head / 2, head / 3}) {
          assertThat(elements(storage, graph, at)).isEqualTo(elements(memory, graph, at));
        }
        storage.forEachNode(
            graph,
            GraphReader.LATEST,
            node ->
                assertThat(storage.nodeHistory(graph, node.id()))
                    .isEqualTo(memory.nodeHistory(graph, node.id())));
      }
    }
  }

  private static Map<String, Object> elements(GraphReader reader, GraphRef graph, long at) {
    var all = new TreeMap<String, Object>();
    reader.forEachNode(graph, at, node -> all.put("n" + node.id(), node));
    reader.forEachEdge(graph, at, edge -> all.put("e" + edge.id(), edge));
    Optional<Graph> settings = reader.graphAt(graph, at);
    all.put("settings", settings);
    return all;
  }
}
