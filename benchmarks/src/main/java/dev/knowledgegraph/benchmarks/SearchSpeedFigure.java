package dev.knowledgegraph.benchmarks;

import static dev.knowledgegraph.model.NodeData.node;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.search.NodeTexts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * How fast the ten best nodes of WordNet are found, each with its texts and a snippet, beside bare
 * Lucene; how many of the nearest are found; and how long callers wait while somebody writes.
 */
final class SearchSpeedFigure implements Figure {
  private static final int QUERIES = 200;
  private static final int JUDGED = 50;
  private static final int ROUNDS = 5;
  private static final int MOST_WALKED = 2_560;
  private static final int CALLERS = 8;

  /** Nielsen, Usability Engineering, 1993. */
  private static final int AT_ONCE_MILLIS = 100;

  private static final long WARM_NANOS = 10_000_000_000L;
  private static final int SEED = 7;

  @FunctionalInterface
  private interface Search {
    List<String> top(String text) throws Exception;
  }

  @Override
  public String name() {
    return "search-speed";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Figures.directory(name());
    var rows = new ArrayList<Row>();
    rows.addAll(followed(directory));
    try (var store = KnowledgeGraph.open(directory.resolve("ours"))) {
      GraphView graph = store.as(UserId.of("bench")).graph("wordnet");
      ImportFigure.load(graph);
      long start = System.nanoTime();
      graph.search("anything").result();
      double ready = Figures.millisSince(start);
      var nodes = new ArrayList<Node>();
      graph.forEachNode(nodes::add);
      start = System.nanoTime();
      try (var bare =
          new BareLuceneNodes(directory.resolve("bare"), nodes, HashingEmbedder.create())) {
        rows.add(
            Row.atMost(
                1.2,
                "index WordNet after its import",
                ready,
                "ms",
                Figures.millisSince(start),
                "bare Lucene, with its graph of vectors"));
        var queries = queries(nodes);
        rows.add(beside("text", queries, in(graph, SearchMode.TEXT), bare::byText));
        var judged = queries.subList(0, JUDGED);
        var nearest = nearest(nodes, judged);
        int walked = walked(bare, judged, nearest);
        rows.add(
            beside(
                "vector",
                queries,
                in(graph, SearchMode.VECTOR),
                text -> bare.byVector(text, walked)));
        rows.add(
            beside(
                "hybrid",
                queries,
                in(graph, SearchMode.HYBRID),
                text -> bare.byBoth(text, walked)));
        rows.add(
            Row.atLeast(
                0.95,
                "recall@10 of the nearest",
                recall(in(graph, SearchMode.VECTOR), judged, nearest),
                "",
                1,
                "all vectors compared; bare Lucene has %.2f with %d candidates, %.2f with 10"
                    .formatted(
                        recall(text -> bare.byVector(text, walked), judged, nearest),
                        walked,
                        recall(text -> bare.byVector(text, 10), judged, nearest))));
        rows.addAll(crowd(graph, nodes, queries));
      }
    }
    Figures.delete(directory);
    return rows;
  }

  /** How many candidates bare Lucene needs to find what is to be found. */
  private static int walked(BareLuceneNodes bare, List<String> queries, List<List<String>> nearest)
      throws Exception {
    for (int walked = 10; walked < MOST_WALKED; walked *= 2) {
      int candidates = walked;
      if (recall(text -> bare.byVector(text, candidates), queries, nearest) >= 0.95) {
        return walked;
      }
    }
    return MOST_WALKED;
  }

  /** Imports while the index follows them, and how far it is behind at their end. */
  private static List<Row> followed(Path directory) throws Exception {
    var peers = new ArrayList<Double>();
    var ready = new ArrayList<Double>();
    var behind = new ArrayList<Double>();
    for (int round = -2; round < ROUNDS; round++) {
      Path peer = directory.resolve("peer-" + round);
      double other = ImportFigure.handWritten(peer)[1];
      Figures.delete(peer);
      Path target = directory.resolve("followed-" + round);
      try (var store = KnowledgeGraph.open(target)) {
        GraphView graph = store.as(UserId.of("bench")).graph("wordnet");
        graph.search("anything").result();
        long start = System.nanoTime();
        ImportFigure.load(graph);
        double imported = Figures.millisSince(start);
        graph.search("anything").result();
        if (round >= 0) {
          peers.add(other);
          ready.add(Figures.millisSince(start));
          behind.add(ready.getLast() - imported);
        }
      }
      Figures.delete(target);
    }
    return List.of(
        Row.atMost(
            1.5,
            "import WordNet until search sees all of it",
            Figures.median(ready),
            "ms",
            Figures.median(peers),
            "hand-written SQLite + FTS5"),
        Row.atMost(
            1, "of this after the last commit", Figures.median(behind), "ms", 1_000, "one second"));
  }

  /** Three words of a node's texts each. */
  private static List<String> queries(List<Node> nodes) {
    var random = new Random(SEED);
    var queries = new ArrayList<String>();
    while (queries.size() < QUERIES) {
      Node from = nodes.get(random.nextInt(nodes.size()));
      var words = new ArrayList<>(List.of(NodeTexts.forEmbedding(from).split("\\W+")));
      Collections.shuffle(words, random);
      if (words.size() >= 3) {
        queries.add(String.join(" ", words.subList(0, 3)));
      }
    }
    return queries;
  }

  private static Search in(GraphView graph, SearchMode mode) {
    return text ->
        graph.search(text).mode(mode).limit(10).result().hits().stream()
            .map(hit -> hit.node().id().toString())
            .toList();
  }

  private static Row beside(String mode, List<String> queries, Search ours, Search bare)
      throws Exception {
    var times = new ArrayList<Double>();
    var others = new ArrayList<Double>();
    warm(queries, ours);
    warm(queries, bare);
    for (int round = 0; round < ROUNDS; round++) {
      times.add(millisEach(queries, ours));
      others.add(millisEach(queries, bare));
    }
    return Row.atMost(
        1.2,
        mode + " top-10",
        Figures.median(times),
        "ms",
        Figures.median(others),
        "bare Lucene, same fields");
  }

  private static void warm(List<String> queries, Search search) throws Exception {
    long end = System.nanoTime() + WARM_NANOS;
    while (System.nanoTime() - end < 0) {
      millisEach(queries, search);
    }
  }

  private static double millisEach(List<String> queries, Search search) throws Exception {
    long start = System.nanoTime();
    for (String query : queries) {
      search.top(query);
    }
    return Figures.millisSince(start) / queries.size();
  }

  private static List<List<String>> nearest(List<Node> nodes, List<String> queries) {
    try (var embedder = HashingEmbedder.create()) {
      var vectors = embedder.embedDocuments(nodes.stream().map(NodeTexts::forEmbedding).toList());
      var nearest = new ArrayList<List<String>>();
      for (String query : queries) {
        float[] wanted = embedder.embedQuery(query);
        double[] scores =
            vectors.stream().mapToDouble(each -> VectorRetriever.cosine(wanted, each)).toArray();
        nearest.add(
            IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .limit(10)
                .map(i -> nodes.get(i).id().toString())
                .toList());
      }
      return nearest;
    }
  }

  private static double recall(Search search, List<String> queries, List<List<String>> nearest)
      throws Exception {
    int found = 0;
    for (int i = 0; i < queries.size(); i++) {
      var wanted = new HashSet<>(nearest.get(i));
      found += (int) search.top(queries.get(i)).stream().filter(wanted::contains).count();
    }
    return found / (10.0 * queries.size());
  }

  /** What callers wait, in thousandths of them, while a writer adds a node after the other. */
  private static List<Row> crowd(GraphView graph, List<Node> nodes, List<String> queries)
      throws Exception {
    var search = in(graph, SearchMode.TEXT);
    var stop = new AtomicBoolean();
    var waits = Collections.synchronizedList(new ArrayList<Double>());
    try (var threads = Executors.newFixedThreadPool(CALLERS + 1)) {
      Future<Void> writer =
          threads.submit(
              () -> {
                for (int i = 0; !stop.get(); i++) {
                  Node like = nodes.get(i % nodes.size());
                  graph.add(node(like.title() + " again").body(like.body()));
                }
                return null;
              });
      Callable<Void> caller =
          () -> {
            for (String query : queries) {
              long start = System.nanoTime();
              search.top(query);
              waits.add(Figures.millisSince(start));
            }
            return null;
          };
      for (var done : threads.invokeAll(Collections.nCopies(CALLERS, caller))) {
        done.get();
      }
      stop.set(true);
      writer.get();
    }
    var sorted = waits.stream().sorted().toList();
    return List.of(50, 95, 99).stream()
        .map(
            percent ->
                Row.atMost(
                    1,
                    "text top-10, %d callers and a writer, p%d".formatted(CALLERS, percent),
                    sorted.get(sorted.size() * percent / 100),
                    "ms",
                    percent == 50 ? AT_ONCE_MILLIS : 1_000,
                    percent == 50 ? "what feels immediate" : "one second"))
        .toList();
  }
}
