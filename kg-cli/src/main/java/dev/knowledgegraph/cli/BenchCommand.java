package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.GraphShape;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.GraphQuery.FindNode;
import dev.knowledgegraph.query.GraphQuery.ListNodes;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kg bench}. */
@Command(
    name = "bench",
    description = {
      "How quickly this graph answers on this machine.",
      "Asks one question after the other about nodes taken by chance; changes nothing."
    },
    footerHeading = "%nExamples%n",
    footer = {"  kg bench", "  kg bench --seconds 10 --graph notes --format json"})
final class BenchCommand implements Runnable {
  private static final int SAMPLE = 1_000;
  private static final int SHOWN = 20;
  private static final int WORDS = 2;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final int MOST_ANSWERS = 1_000_000;
  private static final double LONGEST = 3_600;
  private static final double NANOS = 1e9;

  /** This part of its time each work is warmed up. */
  private static final double WARM_UP = 0.3;

  private final Context context;

  @Option(names = "--seconds", paramLabel = "S", description = "for each work; else 2")
  double seconds = 2;

  @Option(names = "--seed", paramLabel = "N", description = "what chance follows from; else 0")
  long seed;

  BenchCommand(Context context) {
    this.context = context;
  }

  /** A kind of question about the next node of a sample. */
  private record Work(String name, Consumer<Node> question) {}

  /** How long the answers to the questions of a work took, the shortest first. */
  private static final class Times {
    private final long[] nanos;

    Times(long[] nanos) {
      this.nanos = nanos;
      Arrays.sort(nanos);
    }

    int count() {
      return nanos.length;
    }

    /** What {@code percent} of the answers took at most; microseconds. */
    double micros(double percent) {
      int place = (int) Math.ceil(percent / 100 * nanos.length) - 1;
      return nanos[Math.max(0, place)] / 1e3;
    }

    double perSecond() {
      return nanos.length * NANOS / Math.max(1, Arrays.stream(nanos).sum());
    }
  }

  @Override
  public void run() {
    if (!(seconds > 0 && seconds <= LONGEST)) {
      throw Failure.usage("--seconds is more than 0 and at most 3600; found " + seconds);
    }
    context.read(this::measure);
  }

  private void measure(GraphView graph) {
    List<Node> sample = sample(graph);
    if (sample.isEmpty()) {
      throw Failure.notFound("NODE", "there is no node to ask about");
    }
    long start = System.nanoTime();
    GraphShape shape = graph.shape();
    double shapeMillis = (System.nanoTime() - start) / 1e6;
    List<Work> works = works(graph, shape, sample);
    var rows = new ArrayList<ObjectNode>();
    try (ProgressBar bar = context.output().progressBar("measuring")) {
      for (Work work : works) {
        if (bar != null) {
          bar.show(rows.size(), works.size(), work.name(), 0);
        }
        rows.add(row(work.name(), times(work, sample)));
      }
    }
    if (context.output().format() == Globals.Format.text) {
      var readable = rows.stream().map(BenchCommand::readable).toList();
      context.output().many(readable, "work", "p50", "p95", "p99", "per second");
    } else {
      context
          .output()
          .whole(
              () -> json(shape, shapeMillis, rows),
              rows,
              "work",
              "answers",
              "p50Micros",
              "p95Micros",
              "p99Micros",
              "perSecond");
    }
    context.output().note(note(shape, shapeMillis));
  }

  /** Some nodes, all with the same chance (reservoir sampling, Vitter 1985), in random order. */
  private List<Node> sample(GraphView graph) {
    var random = new Random(seed);
    var sample = new ArrayList<Node>();
    int[] seen = {0};
    graph.forEachNode(
        node -> {
          seen[0]++;
          int place = random.nextInt(seen[0]);
          if (sample.size() < SAMPLE) {
            sample.add(node);
          } else if (place < SAMPLE) {
            sample.set(place, node);
          }
        });
    Collections.shuffle(sample, random);
    return sample;
  }

  private List<Work> works(GraphView graph, GraphShape shape, List<Node> sample) {
    GraphId id = graph.id();
    var random = new Random(seed);
    return List.of(
        new Work("node by id", node -> graph.ask(new FindNode(id, node.id()))),
        new Work(
            "page of nodes",
            node ->
                graph.ask(
                    new ListNodes(id, NodeFilter.all(), NodeSort.created(), Page.Request.first()))),
        new Work(
            "neighbors",
            node ->
                graph.ask(new FindNeighbors(id, node.id(), 1, Direction.BOTH, Set.of(), SHOWN))),
        new Work("1 hop, counted", node -> shape.countWithin(node.id(), 1, Direction.BOTH)),
        new Work("2 hops, counted", node -> shape.countWithin(node.id(), 2, Direction.BOTH)),
        new Work("3 hops, counted", node -> shape.countWithin(node.id(), 3, Direction.BOTH)),
        new Work(
            "shortest path",
            node -> {
              Node other = sample.get(random.nextInt(sample.size()));
              shape.path(node.id(), other.id(), Direction.BOTH);
            }),
        new Work(
            "text search",
            node -> SearchCommands.ask(context, graph, GraphQuery.Search.of(id, words(node)))));
  }

  /** What somebody would type who looks for a node. */
  private static String words(Node node) {
    String words =
        WORD.matcher(node.displayName())
            .results()
            .limit(WORDS)
            .map(MatchResult::group)
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? node.id().toString() : words;
  }

  private Times times(Work work, List<Node> sample) {
    answer(work, sample, WARM_UP * seconds);
    return answer(work, sample, seconds);
  }

  private static Times answer(Work work, List<Node> sample, double seconds) {
    long[] nanos = new long[SAMPLE];
    int count = 0;
    long end = System.nanoTime() + (long) (seconds * NANOS);
    long start = System.nanoTime();
    for (; count == 0 || (start < end && count < MOST_ANSWERS); count++) {
      work.question().accept(sample.get(count % sample.size()));
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      long now = System.nanoTime();
      nanos[count] = now - start;
      start = now;
    }
    return new Times(Arrays.copyOf(nanos, count));
  }

  private static ObjectNode row(String work, Times times) {
    return Output.json()
        .put("work", work)
        .put("answers", times.count())
        .put("p50Micros", times.micros(50))
        .put("p95Micros", times.micros(95))
        .put("p99Micros", times.micros(99))
        .put("perSecond", Math.round(times.perSecond()));
  }

  /** With units that suit the numbers. */
  private static ObjectNode readable(ObjectNode row) {
    return Output.json()
        .put("work", row.path("work").asText())
        .put("p50", time(row.path("p50Micros").asDouble()))
        .put("p95", time(row.path("p95Micros").asDouble()))
        .put("p99", time(row.path("p99Micros").asDouble()))
        .put("per second", Output.count(row.path("perSecond").asLong()));
  }

  private static String time(double micros) {
    return micros < 1e3
        ? String.format(Locale.ROOT, "%.1f µs", micros)
        : micros < 1e6
            ? String.format(Locale.ROOT, "%.2f ms", micros / 1e3)
            : String.format(Locale.ROOT, "%.2f s", micros / 1e6);
  }

  private static ObjectNode json(GraphShape shape, double shapeMillis, List<ObjectNode> rows) {
    ObjectNode json =
        Output.json()
            .put("nodes", shape.nodes())
            .put("edges", shape.edges())
            .put("shapeMillis", shapeMillis)
            .put("shapeBytes", shape.bytes())
            .put("processors", Runtime.getRuntime().availableProcessors())
            .put("java", Runtime.version().toString());
    json.putArray("works").addAll(rows);
    return json;
  }

  private static String note(GraphShape shape, double shapeMillis) {
    return Views.many(shape.nodes(), "node")
        + ", "
        + Views.many(shape.edges(), "edge")
        + "; the arrays for hops came in "
        + time(shapeMillis * 1e3)
        + " and take "
        + Output.count(shape.bytes() / 1_000)
        + " kB";
  }
}
