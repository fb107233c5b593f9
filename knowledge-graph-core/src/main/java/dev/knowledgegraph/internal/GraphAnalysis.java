package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.analytics.Arcs;
import dev.knowledgegraph.internal.analytics.Betweenness;
import dev.knowledgegraph.internal.analytics.Closeness;
import dev.knowledgegraph.internal.analytics.Components;
import dev.knowledgegraph.internal.analytics.Cores;
import dev.knowledgegraph.internal.analytics.LinkPrediction;
import dev.knowledgegraph.internal.analytics.PageRank;
import dev.knowledgegraph.internal.analytics.Progress;
import dev.knowledgegraph.internal.analytics.StrongComponents;
import dev.knowledgegraph.internal.analytics.Triangles;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Analysis.Component;
import dev.knowledgegraph.query.Analysis.LinkMeasure;
import dev.knowledgegraph.query.Analysis.PossibleLink;
import dev.knowledgegraph.query.Analysis.RankedNode;
import dev.knowledgegraph.query.Analysis.Ranking;
import dev.knowledgegraph.query.Metric;
import dev.knowledgegraph.query.ProgressListener;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks at one state of a graph as a whole: numbers go into the algorithms, nodes come out. Nodes
 * are numbered by id, so ties in numbers are ties by id.
 */
final class GraphAnalysis {
  /** With more nodes, betweenness is estimated. */
  private static final int EXACT_BETWEENNESS = 10_000;

  private static final int BETWEENNESS_SAMPLE = 1_000;

  private final GraphReader reader;
  private final GraphRef graph;
  private final Adjacency adjacency;
  private final ProgressListener listener;

  /** About arrays in the order of the ids. */
  GraphAnalysis(
      GraphReader reader, GraphRef graph, Adjacency adjacency, ProgressListener listener) {
    this.reader = reader;
    this.graph = graph;
    this.adjacency = adjacency.compacted();
    this.listener = listener;
  }

  /** Tells the listener how far a step is, and ends it if the thread is interrupted. */
  Progress step(String name) {
    return (done, total) -> {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted in step " + name);
      }
      listener.at(name, done, total);
    };
  }

  Adjacency adjacency() {
    return adjacency;
  }

  /** How many threads may work on one question. */
  static int parallelism() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Each edge both ways, and of equal weight if no weights are kept. */
  Arcs undirected() {
    return adjacency.edgeArcs().undirected();
  }

  Ranking rank(Metric metric, int limit) {
    return new Ranking(metric, highest(scores(metric), limit));
  }

  List<RankedNode> highest(double[] scores, int limit) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer node) -> scores[node])
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .limit(limit)
            .mapToInt(node -> node)
            .toArray();
    var nodes = nodes(order);
    return Arrays.stream(order)
        .mapToObj(node -> new RankedNode(node(nodes, node), scores[node]))
        .toList();
  }

  private double[] scores(Metric metric) {
    return switch (metric) {
      case DEGREE -> degrees(Direction.BOTH);
      case IN_DEGREE -> degrees(Direction.INCOMING);
      case OUT_DEGREE -> degrees(Direction.OUTGOING);
      case PAGERANK -> pageRank();
      case BETWEENNESS -> betweenness();
      case CLOSENESS -> closeness().classic();
      case HARMONIC -> closeness().harmonic();
      case CORE -> doubles(Cores.of(undirected()).numbers());
      case TRIANGLES -> Arrays.stream(triangles().counts()).mapToDouble(count -> count).toArray();
      case CLUSTERING -> triangles().clustering();
    };
  }

  double[] degrees(Direction direction) {
    return IntStream.range(0, adjacency.size())
        .mapToDouble(node -> adjacency.degree(node, direction))
        .toArray();
  }

  double[] pageRank() {
    return PageRank.of(adjacency.arcs(), PageRank.Settings.DEFAULT, parallelism(), step("PageRank"))
        .ranks();
  }

  private Closeness closeness() {
    return Closeness.of(undirected(), parallelism(), step("closeness"));
  }

  private double[] betweenness() {
    Arcs arcs = undirected();
    Progress step = step("betweenness");
    var betweenness =
        arcs.nodes() <= EXACT_BETWEENNESS
            ? Betweenness.exact(arcs, false, parallelism(), step)
            : Betweenness.sampled(arcs, false, BETWEENNESS_SAMPLE, 0, parallelism(), step);
    return betweenness.scores();
  }

  private Triangles triangles() {
    return Triangles.of(undirected(), parallelism(), step("triangles"));
  }

  private static double[] doubles(int[] numbers) {
    return Arrays.stream(numbers).asDoubleStream().toArray();
  }

  List<Component> components(boolean strong) {
    int[] labels =
        strong
            ? StrongComponents.of(adjacency.arcs()).labels()
            : Components.of(adjacency.arcs()).labels();
    var members = new TreeMap<Integer, List<NodeId>>();
    for (int node = 0; node < labels.length; node++) {
      members.computeIfAbsent(labels[node], label -> new ArrayList<>()).add(adjacency.id(node));
    }
    // The sort is stable, so ties stay in the order of the smallest ids.
    return members.values().stream()
        .sorted(Comparator.comparingInt((List<NodeId> nodes) -> nodes.size()).reversed())
        .map(Component::new)
        .toList();
  }

  List<PossibleLink> predict(NodeId node, LinkMeasure measure, int limit) {
    int number = number(node);
    var best = LinkPrediction.of(undirected()).best(number, limit, measure(measure));
    var nodes =
        nodes(
            IntStream.concat(
                    IntStream.of(number), best.stream().mapToInt(candidate -> candidate.node()))
                .toArray());
    return best.stream()
        .map(
            candidate ->
                new PossibleLink(
                    node(nodes, number),
                    node(nodes, candidate.node()),
                    candidate.score(),
                    common(number, candidate.node())))
        .toList();
  }

  private static LinkPrediction.Measure measure(LinkMeasure measure) {
    return switch (measure) {
      case ADAMIC_ADAR -> LinkPrediction.Measure.ADAMIC_ADAR;
      case JACCARD -> LinkPrediction.Measure.JACCARD;
      case RESOURCE_ALLOCATION -> LinkPrediction.Measure.RESOURCE_ALLOCATION;
    };
  }

  /** Says how many neighbors two nodes have in common. */
  String common(int one, int other) {
    long count = Arrays.stream(neighbors(one)).filter(of(neighbors(other))::contains).count();
    return count == 1 ? "1 neighbor in common" : count + " neighbors in common";
  }

  private static Set<Integer> of(int[] numbers) {
    return Arrays.stream(numbers).boxed().collect(Collectors.toUnmodifiableSet());
  }

  private int[] neighbors(int node) {
    return adjacency.neighbors(node);
  }

  /** The number of a node that must be there. */
  int number(NodeId node) {
    int number = adjacency.find(node);
    if (number < 0) {
      throw new RejectedException(new Rejection.NotFound("node", node.toString()));
    }
    return number;
  }

  /** Nodes by number, with one call of the storage. */
  Map<NodeId, Node> nodes(int[] numbers) {
    return nodes(Arrays.stream(numbers).distinct().mapToObj(adjacency::id).toList());
  }

  private Map<NodeId, Node> nodes(Collection<NodeId> ids) {
    return reader.nodes(graph, ids, adjacency.position());
  }

  Node node(Map<NodeId, Node> nodes, int number) {
    return Lookups.present(nodes, adjacency.id(number));
  }
}
