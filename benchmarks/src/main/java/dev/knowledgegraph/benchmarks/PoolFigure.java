package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import dev.knowledgegraph.storage.jdbc.PostgresSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Reads of nodes from PostgreSQL by many callers, with few and with many connections. */
final class PoolFigure implements Figure {
  private static final int CALLERS = 32;
  private static final int NODES = 10_000;
  private static final int STANDARD = PostgresSettings.standard().connections();
  private static final List<Integer> SIZES = List.of(1, 2, 4, STANDARD, CALLERS);
  private static final long NANOS = 3_000_000_000L;

  @Override
  public String name() {
    return "pool";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (var server = new Postgres()) {
      var ids = filled(server);
      rate(server, STANDARD, ids);
      double standard = rate(server, STANDARD, ids);
      var rows = new ArrayList<Row>();
      for (int size : SIZES) {
        if (size != STANDARD) {
          rows.add(
              Row.measured(
                  "nodes read from PostgreSQL by " + CALLERS + " callers, " + size + " connections",
                  rate(server, size, ids),
                  "per s",
                  standard,
                  STANDARD + " connections"));
        }
      }
      return rows;
    }
  }

  private static KnowledgeGraph open(Postgres server, int connections) {
    var settings = PostgresSettings.standard().withConnections(connections);
    return KnowledgeGraph.builder()
        .storage(JdbcStorage.openPostgres(server.url(), settings))
        .build();
  }

  private static GraphView graph(KnowledgeGraph store) {
    return store.as(UserId.of("bench")).graph("pool");
  }

  private static List<NodeId> filled(Postgres server) {
    try (var store = open(server, STANDARD)) {
      GraphView graph = graph(store);
      var nodes =
          IntStream.range(0, NODES)
              .mapToObj(i -> new ImportedNode(graph.newNodeId(), NodeData.node("node " + i)))
              .toList();
      for (int from = 0; from < NODES; from += 1_000) {
        graph.send(new ImportNodes(graph.id(), nodes.subList(from, from + 1_000))).orThrow();
      }
      return nodes.stream().map(ImportedNode::id).toList();
    }
  }

  private static double rate(Postgres server, int connections, List<NodeId> ids)
      throws InterruptedException {
    var reads = new LongAdder();
    try (var store = open(server, connections);
        var callers = Executors.newFixedThreadPool(CALLERS)) {
      GraphView graph = graph(store);
      long end = System.nanoTime() + NANOS;
      for (int caller = 0; caller < CALLERS; caller++) {
        var random = new Random(caller);
        callers.execute(
            () -> {
              while (System.nanoTime() < end) {
                if (graph.find(ids.get(random.nextInt(NODES))).isPresent()) {
                  reads.increment();
                }
              }
            });
      }
    }
    return reads.sum() / (NANOS / 1e9);
  }
}
