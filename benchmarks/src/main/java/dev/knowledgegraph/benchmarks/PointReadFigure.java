package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Reads of a whole node by its id, at random. */
final class PointReadFigure implements Figure {
  private static final int READS = 100_000;
  private static final int ROUNDS = 5;

  @Override
  public String name() {
    return "point-read";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Figures.directory(name());
    ImportFigure.handWritten(directory.resolve("peer.db"));
    var ours = new ArrayList<Double>();
    var peers = new ArrayList<Double>();
    try (var store = KnowledgeGraph.open(directory.resolve("ours"));
        var peer = new HandWrittenSqlite(directory.resolve("peer.db"));
        var select = peer.connection().prepareStatement("SELECT * FROM node WHERE id = ?")) {
      GraphView graph = store.as(UserId.of("bench")).graph("wordnet");
      ImportFigure.load(graph);
      var ids = new ArrayList<NodeId>();
      graph.forEachNode(node -> ids.add(node.id()));
      for (int round = -1; round < ROUNDS; round++) {
        double rate = rate(graph, ids, round);
        double peerRate = rate(select, ids.size(), round);
        if (round >= 0) {
          ours.add(rate);
          peers.add(peerRate);
        }
      }
    }
    Figures.delete(directory);
    return List.of(
        Row.atLeast(
            2,
            "read of a whole node by id",
            Figures.median(ours),
            "per s",
            Figures.median(peers),
            "hand-written SQLite"));
  }

  static double rate(GraphView graph, List<NodeId> ids, long seed) {
    var random = new Random(seed);
    long letters = 0;
    long start = System.nanoTime();
    for (int i = 0; i < READS; i++) {
      letters +=
          graph.find(ids.get(random.nextInt(ids.size()))).orElseThrow().content().body().length();
    }
    double seconds = Figures.millisSince(start) / 1e3;
    require(letters > 0);
    return READS / seconds;
  }

  private static double rate(PreparedStatement select, int nodes, long seed) throws SQLException {
    var random = new Random(seed);
    long letters = 0;
    long start = System.nanoTime();
    for (int i = 0; i < READS; i++) {
      select.setLong(1, 1 + random.nextInt(nodes));
      try (var row = select.executeQuery()) {
        row.next();
        for (int column = 2; column <= 7; column++) {
          String text = row.getString(column);
          letters += text == null ? 0 : text.length();
        }
      }
    }
    double seconds = Figures.millisSince(start) / 1e3;
    require(letters > 0);
    return READS / seconds;
  }

  private static void require(boolean read) {
    if (!read) {
      throw new IllegalStateException("nothing was read");
    }
  }
}
