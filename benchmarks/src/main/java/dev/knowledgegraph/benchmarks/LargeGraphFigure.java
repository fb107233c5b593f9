package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.GraphShape;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.benchmarks.peers.Ours;
import dev.knowledgegraph.benchmarks.peers.Sqlite;
import dev.knowledgegraph.io.ImportOptions;
import dev.knowledgegraph.io.Importer;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.peers.BareCsr;
import dev.knowledgegraph.peers.PowerLaw;
import dev.knowledgegraph.peers.Problem;
import dev.knowledgegraph.query.GraphQuery.FindCommunities;
import dev.knowledgegraph.query.GraphQuery.FindComponents;
import dev.knowledgegraph.query.GraphQuery.RankNodes;
import dev.knowledgegraph.query.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A store of a million nodes and ten million edges in processes with a small heap: whether it
 * loads, opens and answers questions about the whole, and how long those take beside one
 * breadth-first search over the same graph in bare arrays.
 */
final class LargeGraphFigure implements Figure {
  private static final int NODES = Integer.getInteger("nodes", 1_000_000);
  private static final int EDGES = Integer.getInteger("edges", 10_000_000);
  private static final String HEAP = System.getProperty("heap", "2g");
  private static final int EVERYWHERE = 1_000;
  private static final int ROUNDS = 3;

  @Override
  public String name() {
    return "large-graph";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Figures.directory(name());
    Problem problem = PowerLaw.problem(NODES, EDGES);
    double bare = bareSearch(problem, directory);
    double sqlite = sqliteLoad(problem, Files.createDirectory(directory.resolve("sqlite")));
    new Ours().prepare(problem, directory);
    double load = Double.parseDouble(run(Load.class, directory));
    Map<String, Double> answers = parse(run(Ask.class, directory));
    Map<String, Double> again = parse(run(Ask.class, directory));
    Figures.delete(directory);

    var rows = new ArrayList<Row>();
    rows.add(Row.atMost(1.5, "load " + size(), load, "ms", sqlite, "hand-written SQLite"));
    double ends = 2.0 * EDGES;
    double bytes = value(answers, "bytes") / ends;
    rows.add(Row.atMost(1, "bytes for each end of an edge", bytes, "B", 12, "the aim"));
    String floor = "one search in bare arrays, per million edges";
    double million = EDGES / 1e6;
    answers.forEach(
        (work, millis) -> {
          if (!work.equals("bytes")) {
            String what = work + ", per million edges";
            rows.add(Row.measured(what, millis / million, "ms", bare / million, floor));
          }
        });
    rows.add(
        Row.measured(
            "shape, from its file, per million edges",
            value(again, "shape") / million,
            "ms",
            bare / million,
            floor));
    return rows;
  }

  private static String size() {
    return String.format(Locale.ROOT, "%,d nodes, %,d edges", NODES, EDGES);
  }

  private static double value(Map<String, Double> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static double bareSearch(Problem problem, Path directory) {
    try (var csr = new BareCsr()) {
      csr.load(problem, directory);
      var times = new ArrayList<Double>();
      for (int round = 0; round < ROUNDS + 2; round++) {
        long start = System.nanoTime();
        csr.within(problem.starts()[0], EVERYWHERE);
        times.add(Figures.millisSince(start));
      }
      return Figures.median(times.subList(2, times.size()));
    }
  }

  private static double sqliteLoad(Problem problem, Path directory) throws Exception {
    try (var peer = new Sqlite()) {
      long start = System.nanoTime();
      peer.load(problem, directory);
      return Figures.millisSince(start);
    }
  }

  private static String run(Class<?> main, Path directory) throws Exception {
    List<String> command = new ArrayList<>(Jvm.command(main, directory.toString()));
    command.add(1, "-Xmx" + HEAP);
    return Jvm.run(command);
  }

  private static Map<String, Double> parse(String line) {
    var values = new LinkedHashMap<String, Double>();
    for (String each : line.split(";", -1)) {
      String[] pair = each.split("=", 2);
      values.put(pair[0], Double.parseDouble(pair[1]));
    }
    return values;
  }

  private static GraphView graph(KnowledgeGraph store) {
    return store.as(UserId.of("bench")).graph("large");
  }

  /** Imports the files into a store. */
  static final class Load {
    private Load() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      long start = System.nanoTime();
      try (var store = KnowledgeGraph.open(directory.resolve("store"))) {
        var files = List.of(directory.resolve("nodes.csv"), directory.resolve("edges.csv"));
        var report = Importer.run(graph(store), files, ImportOptions.defaults());
        if (report.rejected() > 0) {
          throw new IllegalStateException("not all of it arrived: " + report);
        }
      }
      System.out.println(Figures.millisSince(start));
    }
  }

  /** Opens the store and asks about the whole. */
  static final class Ask {
    private final Map<String, Double> values = new LinkedHashMap<>();

    private Ask() {}

    @FunctionalInterface
    private interface Work<T> {
      T run();
    }

    private <T> T time(String work, Work<T> question) {
      long start = System.nanoTime();
      T answer = question.run();
      values.put(work, Figures.millisSince(start));
      return answer;
    }

    public static void main(String[] arguments) {
      new Ask().run(Path.of(arguments[0]).resolve("store"));
    }

    private void run(Path directory) {
      try (var store = KnowledgeGraph.open(directory)) {
        GraphView graph = graph(store);
        GraphShape shape = time("shape", graph::shape);
        values.put("bytes", (double) shape.bytes());
        NodeId start =
            graph.ask(new RankNodes(graph.id(), Metric.DEGREE, 1)).nodes().getFirst().node().id();
        shape.countWithin(start, EVERYWHERE, Direction.BOTH);
        time("search over all", () -> shape.countWithin(start, EVERYWHERE, Direction.BOTH));
        time("PageRank", () -> graph.ask(new RankNodes(graph.id(), Metric.PAGERANK, 10)));
        time("components", () -> graph.ask(new FindComponents(graph.id(), false)));
        time("communities", () -> graph.ask(new FindCommunities(graph.id(), 1, 0)));
      }
      var line = new ArrayList<String>();
      values.forEach((work, value) -> line.add(work + "=" + value));
      System.out.println(String.join(";", line));
    }
  }
}
