package dev.knowledgegraph.benchmarks;

import static dev.knowledgegraph.model.NodeData.node;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Durable commands that add one node each: by one caller, and by thirty-two at once. */
final class CommandFigure implements Figure {
  private static final int COMMANDS = 2_000;
  private static final int CALLERS = 32;
  private static final int ROUNDS = 5;

  @Override
  public String name() {
    return "command";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Figures.directory(name());
    var one = new ArrayList<Double>();
    var many = new ArrayList<Double>();
    var peers = new ArrayList<Double>();
    try (var store = KnowledgeGraph.open(directory.resolve("ours"));
        var peer = new HandWrittenSqlite(directory.resolve("peer.db"))) {
      peer.createTables();
      peer.execute("CREATE TABLE log (seq INTEGER PRIMARY KEY, payload TEXT NOT NULL)");
      GraphView graph = store.as(UserId.of("bench")).graph("commands");
      for (int round = -1; round < ROUNDS; round++) {
        double peerRate = commits(peer, round + 1);
        double alone = commands(graph, round + 1);
        double together = together(graph);
        if (round >= 0) {
          peers.add(peerRate);
          one.add(alone);
          many.add(together);
        }
      }
    }
    Figures.delete(directory);
    var rows = new ArrayList<Row>();
    rows.add(
        Row.atLeast(
            0.8,
            "durable command that adds a node",
            Figures.median(one),
            "per s",
            Figures.median(peers),
            "bare SQLite commit of a log row and a node row"));
    rows.add(
        Row.atLeast(
            8,
            "the same from 32 callers",
            Figures.median(many),
            "per s",
            Figures.median(one),
            "one caller"));
    syncs().ifPresent(rows::add);
    return rows;
  }

  private static double commands(GraphView graph, int round) {
    long start = System.nanoTime();
    for (int i = 0; i < COMMANDS; i++) {
      graph.add(node("node " + round + " " + i).body("what there is to say of it"));
    }
    return COMMANDS / (Figures.millisSince(start) / 1e3);
  }

  private static double together(GraphView graph) throws Exception {
    long start = System.nanoTime();
    int each = COMMANDS * 4 / CALLERS;
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<Future<?>>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int number = caller;
        done.add(
            callers.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    graph.add(node("node " + number + " " + i).body("what there is to say of it"));
                  }
                }));
      }
      for (Future<?> future : done) {
        future.get();
      }
    }
    return each * CALLERS / (Figures.millisSince(start) / 1e3);
  }

  private static double commits(HandWrittenSqlite peer, int round) throws SQLException {
    peer.connection().setAutoCommit(false);
    long start = System.nanoTime();
    try (var log = peer.connection().prepareStatement("INSERT INTO log (payload) VALUES (?)");
        var row =
            peer.connection()
                .prepareStatement("INSERT INTO node (key, title, gloss) VALUES (?, ?, ?)")) {
      for (int i = 0; i < COMMANDS; i++) {
        String title = "node " + round + " " + i;
        log.setString(1, "{\"title\":\"" + title + "\",\"body\":\"what there is to say of it\"}");
        log.executeUpdate();
        row.setString(1, title);
        row.setString(2, title);
        row.setString(3, "what there is to say of it");
        row.executeUpdate();
        peer.connection().commit();
      }
    }
    double rate = COMMANDS / (Figures.millisSince(start) / 1e3);
    peer.connection().setAutoCommit(true);
    return rate;
  }

  /** How often the operating system was told to sync, a command; as strace counts it. */
  private static java.util.Optional<Row> syncs() throws Exception {
    Path strace = Path.of("/usr/bin/strace");
    if (!Files.isExecutable(strace)) {
      System.err.println("no strace: syncs are not counted");
      return java.util.Optional.empty();
    }
    long few = syncs(strace, 100);
    long more = syncs(strace, 600);
    return java.util.Optional.of(
        Row.atMost(1, "syncs for 500 commands", (double) (more - few), "", 500, "one each"));
  }

  private static long syncs(Path strace, int commands) throws Exception {
    Path directory = Figures.directory("syncs");
    Path trace = directory.resolve("trace");
    var command =
        new ArrayList<>(
            List.of(
                strace.toString(), "-f", "-e", "trace=fsync,fdatasync", "-o", trace.toString()));
    command.addAll(
        Jvm.command(
            Commands.class, directory.resolve("store").toString(), Integer.toString(commands)));
    Jvm.run(command);
    long syncs;
    try (var lines = Files.lines(trace)) {
      syncs = lines.filter(line -> line.contains("sync(")).count();
    }
    Figures.delete(directory);
    return syncs;
  }

  /** A fresh process that carries out some commands. */
  static final class Commands {
    private Commands() {}

    public static void main(String[] arguments) {
      try (var store = KnowledgeGraph.open(Path.of(arguments[0]))) {
        GraphView graph = store.as(UserId.of("bench")).graph("commands");
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
          graph.add(node("node " + i));
        }
      }
    }
  }
}
