package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.io.ImportOptions;
import dev.knowledgegraph.io.ImportReport;
import dev.knowledgegraph.io.Importer;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Import of WordNet, durable, with history and tables; and how large the store is after it. */
final class ImportFigure implements Figure {
  private static final int ROUNDS = 5;

  @Override
  public String name() {
    return "import";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Figures.directory(name());
    var ours = new ArrayList<Double>();
    var rows = new ArrayList<Double>();
    var withText = new ArrayList<Double>();
    var coldOurs = new ArrayList<Double>();
    var coldPeer = new ArrayList<Double>();
    double size = 0;
    double peerSize = 0;
    for (int round = -1; round < ROUNDS; round++) {
      Path peer = directory.resolve("peer" + round + ".db");
      Path store = directory.resolve("ours" + round);
      double[] peerTimes = handWritten(peer);
      double time = ours(store);
      size = Figures.size(store);
      peerSize = Figures.size(peer);
      if (round >= 0) {
        ours.add(time);
        rows.add(peerTimes[0]);
        withText.add(peerTimes[1]);
      }
      if (round >= ROUNDS - 3) {
        coldPeer.add(cold(HandWritten.class, directory.resolve("cold-peer" + round + ".db")));
        coldOurs.add(cold(Ours.class, directory.resolve("cold-ours" + round)));
      }
    }
    Figures.delete(directory);
    String peer = "hand-written SQLite";
    return List.of(
        Row.atMost(
            1.5,
            "import WordNet, warm JVM",
            Figures.median(ours),
            "ms",
            Figures.median(withText),
            peer + " + FTS5"),
        Row.atMost(
            1.5,
            "the same beside rows and indexes alone",
            Figures.median(ours),
            "ms",
            Figures.median(rows),
            peer),
        Row.atMost(
            1.5,
            "import WordNet, fresh process",
            Figures.median(coldOurs),
            "ms",
            Figures.median(coldPeer),
            peer + " + FTS5"),
        Row.atMost(2, "store size after it", size / 1e6, "MB", peerSize / 1e6, peer + " + FTS5"));
  }

  private static double cold(Class<?> main, Path target) throws Exception {
    return Double.parseDouble(Jvm.run(Jvm.command(main, target.toString())));
  }

  /** Milliseconds without and with the full-text index. */
  static double[] handWritten(Path file) throws SQLException, IOException {
    long start = System.nanoTime();
    try (var peer = new HandWrittenSqlite(file)) {
      peer.createTables();
      peer.load(Data.wordNet("nodes.csv.gz"), Data.wordNet("edges.csv.gz"));
      double rows = Figures.millisSince(start);
      peer.buildFullTextIndex();
      return new double[] {rows, Figures.millisSince(start)};
    }
  }

  static double ours(Path store) throws IOException {
    long start = System.nanoTime();
    try (var graph = KnowledgeGraph.open(store)) {
      load(graph.as(UserId.of("bench")).graph("wordnet"));
    }
    return Figures.millisSince(start);
  }

  static void load(GraphView graph) throws IOException {
    ImportReport report =
        Importer.run(
            graph,
            List.of(Data.wordNet("nodes.csv.gz"), Data.wordNet("edges.csv.gz")),
            ImportOptions.defaults());
    if (report.nodesAdded() != 117_659 || report.edgesAdded() != 377_583) {
      throw new IllegalStateException("not all of WordNet arrived: " + report);
    }
  }

  /** A fresh process of ours. */
  static final class Ours {
    private Ours() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println(ours(Path.of(arguments[0])));
    }
  }

  /** A fresh process of the peer. */
  static final class HandWritten {
    private HandWritten() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println(handWritten(Path.of(arguments[0]))[1]);
    }
  }
}
