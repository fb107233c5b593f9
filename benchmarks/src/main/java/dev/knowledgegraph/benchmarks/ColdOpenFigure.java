package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the start of a program's work to its first answer on a store of WordNet. */
final class ColdOpenFigure implements Figure {
  private static final int ROUNDS = 11;
  private static final String KEY = "n02084071";

  @Override
  public String name() {
    return "cold-open";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Figures.directory(name());
    ImportFigure.handWritten(directory.resolve("peer.db"));
    ImportFigure.ours(directory.resolve("ours"));
    var ours = new ArrayList<Double>();
    var peers = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      ours.add(run(Ours.class, directory.resolve("ours")));
      peers.add(run(HandWritten.class, directory.resolve("peer.db")));
    }
    Figures.delete(directory);
    return List.of(
        Row.atMost(
            1,
            "open WordNet, a node by key and its neighbors",
            Figures.median(ours),
            "ms",
            144,
            "Jena TDB2 as measured elsewhere"),
        Row.atMost(
            1.5,
            "the same",
            Figures.median(ours),
            "ms",
            Figures.median(peers),
            "hand-written SQLite"));
  }

  private static double run(Class<?> main, Path store) throws Exception {
    return Double.parseDouble(Jvm.run(Jvm.command(main, store.toString())));
  }

  /** A fresh process of ours. */
  static final class Ours {
    private Ours() {}

    public static void main(String[] arguments) {
      long start = System.nanoTime();
      try (var store = KnowledgeGraph.open(Path.of(arguments[0]))) {
        GraphView graph = store.as(UserId.of("bench")).graph("wordnet");
        var node = graph.find(KEY).orElseThrow();
        if (graph.neighbors(node.id()).toList().isEmpty()) {
          throw new IllegalStateException("no neighbors");
        }
        System.out.println(Figures.millisSince(start));
      }
    }
  }

  /** A fresh process of the peer. */
  static final class HandWritten {
    private HandWritten() {}

    public static void main(String[] arguments) throws Exception {
      long start = System.nanoTime();
      try (var peer = new HandWrittenSqlite(Path.of(arguments[0]));
          var node = peer.connection().prepareStatement("SELECT * FROM node WHERE key = ?");
          var near =
              peer.connection()
                  .prepareStatement(
                      "SELECT n.* FROM edge e JOIN node n ON n.id = e.target WHERE e.source = ?1"
                          + " UNION SELECT n.* FROM edge e JOIN node n ON n.id = e.source"
                          + " WHERE e.target = ?1")) {
        node.setString(1, KEY);
        var row = node.executeQuery();
        row.next();
        near.setLong(1, row.getLong(1));
        var neighbors = near.executeQuery();
        int count = 0;
        while (neighbors.next()) {
          count += neighbors.getString(3).isEmpty() ? 0 : 1;
        }
        if (count == 0) {
          throw new IllegalStateException("no neighbors");
        }
        System.out.println(Figures.millisSince(start));
      }
    }
  }
}
