package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.io.ImportOptions;
import dev.knowledgegraph.io.Importer;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** What ten times the data costs: WordNet beside ten copies of it, each with keys of its own. */
final class TenfoldFigure implements Figure {
  private static final int HOPS = 20_000;

  private record Measured(double importMillis, double readsPerSecond, double hopsPerSecond) {}

  @Override
  public String name() {
    return "tenfold";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Figures.directory(name());
    copies(directory, 1);
    copies(directory, 10);
    measure(directory, 1, "warm");
    Measured one = measure(directory, 1, "one");
    Measured ten = measure(directory, 10, "ten");
    Figures.delete(directory);
    return List.of(
        Row.atMost(
            11, "import of ten times the data", ten.importMillis, "ms", one.importMillis, "once"),
        Row.atLeast(
            1 / 1.5,
            "read by id in ten times the data",
            ten.readsPerSecond,
            "per s",
            one.readsPerSecond,
            "once"),
        Row.atLeast(
            1 / 1.5,
            "hop in ten times the data",
            ten.hopsPerSecond,
            "per s",
            one.hopsPerSecond,
            "once"));
  }

  private static Measured measure(Path directory, int copies, String name) throws IOException {
    Path store = directory.resolve(name);
    long start = System.nanoTime();
    try (var graphs = KnowledgeGraph.open(store)) {
      GraphView graph = graphs.as(UserId.of("bench")).graph("wordnet");
      Importer.run(
          graph,
          List.of(
              directory.resolve(copies + "/nodes.csv"), directory.resolve(copies + "/edges.csv")),
          ImportOptions.defaults());
      double time = Figures.millisSince(start);
      var ids = new ArrayList<NodeId>();
      graph.forEachNode(node -> ids.add(node.id()));
      PointReadFigure.rate(graph, ids, 1);
      hops(graph, ids, 1);
      return new Measured(time, PointReadFigure.rate(graph, ids, 2), hops(graph, ids, 2));
    }
  }

  private static double hops(GraphView graph, List<NodeId> ids, long seed) {
    var random = new Random(seed);
    long start = System.nanoTime();
    long found = 0;
    for (int i = 0; i < HOPS; i++) {
      found += graph.neighbors(ids.get(random.nextInt(ids.size()))).toList().size();
    }
    if (found == 0) {
      throw new IllegalStateException("no neighbors");
    }
    return HOPS / (Figures.millisSince(start) / 1e3);
  }

  private static void copies(Path directory, int copies) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(Integer.toString(copies)));
    for (String file : List.of("nodes.csv", "edges.csv")) {
      try (var out = Files.newBufferedWriter(folder.resolve(file))) {
        for (int copy = 0; copy < copies; copy++) {
          String mark = "c" + copy;
          try (var in =
              new BufferedReader(
                  new InputStreamReader(
                      new GZIPInputStream(Files.newInputStream(Data.wordNet(file + ".gz"))),
                      StandardCharsets.UTF_8))) {
            String header = in.readLine();
            if (copy == 0) {
              out.write(header + "\n");
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
              int comma = line.indexOf(',');
              out.write(mark + line.substring(0, comma + 1));
              out.write((file.startsWith("edges") ? mark : "") + line.substring(comma + 1) + "\n");
            }
          }
        }
      }
    }
  }
}
