package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.analytics.Cuts;
import dev.knowledgegraph.internal.analytics.LinkPrediction;
import dev.knowledgegraph.internal.analytics.LinkPrediction.Measure;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.Analysis.Communities;
import dev.knowledgegraph.query.Analysis.NotableEdge;
import dev.knowledgegraph.query.Analysis.PossibleLink;
import dev.knowledgegraph.query.Analysis.RankedNode;
import dev.knowledgegraph.query.Analysis.Report;
import dev.knowledgegraph.query.Views.TimelineUnit;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Puts together what a person would want to know of a graph. */
final class Reporting {
  /** Of so many central nodes it is looked what they might be linked to. */
  private static final int SUGGESTED_FOR = 50;

  /** A smaller community is not far from anything. */
  private static final int SMALL_COMMUNITY = 3;

  private final Storage storage;
  private final GraphRef graph;
  private final GraphAnalysis analysis;
  private final Adjacency adjacency;
  private final CommunityDetection.Division division;
  private final int limit;

  Reporting(
      Storage storage,
      GraphRef graph,
      GraphAnalysis analysis,
      CommunityDetection.Division division,
      int limit) {
    this.storage = storage;
    this.graph = graph;
    this.analysis = analysis;
    this.adjacency = analysis.adjacency();
    this.division = division;
    this.limit = limit;
  }

  /** Two nodes by their numbers. */
  private record Pair(int source, int target) {}

  Report report(Communities communities) {
    double[] degrees = analysis.degrees(Direction.BOTH);
    double[] ranks = analysis.pageRank();
    long at = adjacency.position();
    return new Report(
        StatisticsOf.graph(storage, graph, adjacency),
        linked(analysis.highest(degrees, limit)),
        analysis.highest(ranks, limit),
        new Communities(
            communities.modularity(), communities.communities().stream().limit(limit).toList()),
        bridges(degrees),
        surprising(degrees),
        orphans(degrees),
        suggestions(analysis.highest(ranks, SUGGESTED_FOR)),
        Timelines.of(storage, graph, TimelineUnit.MONTH, at));
  }

  private static List<RankedNode> linked(List<RankedNode> nodes) {
    return nodes.stream().filter(node -> node.score() > 0).toList();
  }

  /** Those first whose both ends have many edges. */
  private List<NotableEdge> bridges(double[] degrees) {
    var cuts = Cuts.of(analysis.undirected());
    var pairs = new HashMap<Pair, String>();
    for (int i = 0; i < cuts.bridgeSources().length; i++) {
      var pair = new Pair(cuts.bridgeSources()[i], cuts.bridgeTargets()[i]);
      if (Math.min(degrees[pair.source()], degrees[pair.target()]) > 1) {
        pairs.put(pair, "the only connection of two parts");
      }
    }
    return edges(pairs, pair -> -Math.min(degrees[pair.source()], degrees[pair.target()]));
  }

  /** Edges across two communities, the fewer such edges there are the better. */
  private List<NotableEdge> surprising(double[] degrees) {
    int[] labels = division.labels();
    int[] sizes = new int[division.names().size()];
    for (int label : labels) {
      sizes[label]++;
    }
    var across = new HashMap<Pair, Integer>();
    var candidates = new HashSet<Pair>();
    adjacency.forEachEdge(
        (source, target) -> {
          int from = Math.min(labels[source], labels[target]);
          int to = Math.max(labels[source], labels[target]);
          if (from != to && sizes[from] >= SMALL_COMMUNITY && sizes[to] >= SMALL_COMMUNITY) {
            across.merge(new Pair(from, to), 1, Integer::sum);
            candidates.add(new Pair(Math.min(source, target), Math.max(source, target)));
          }
        });
    var reasons = new HashMap<Pair, String>();
    var counts = new HashMap<Pair, Integer>();
    for (Pair pair : candidates) {
      int from = Math.min(labels[pair.source()], labels[pair.target()]);
      int to = Math.max(labels[pair.source()], labels[pair.target()]);
      int count = across.getOrDefault(new Pair(from, to), 0);
      counts.put(pair, count);
      reasons.put(
          pair,
          (count == 1 ? "the only edge" : "one of " + count + " edges")
              + " between "
              + name(from)
              + " and "
              + name(to));
    }
    return edges(
        reasons,
        pair ->
            counts.getOrDefault(pair, 0)
                - 1 / (1 + 1 / (degrees[pair.source()] * degrees[pair.target()])));
  }

  private String name(int community) {
    String name = division.names().get(community);
    return name.isEmpty() ? "community " + division.ids().get(community) : "“" + name + "”";
  }

  /** The edges between these nodes with the lowest scores, ties by id, each with its reason. */
  private List<NotableEdge> edges(Map<Pair, String> reasons, ToDoubleFunction<Pair> score) {
    var pairs =
        reasons.keySet().stream()
            .sorted(
                Comparator.comparingDouble(score)
                    .thenComparingInt(Pair::source)
                    .thenComparingInt(Pair::target))
            .limit(limit)
            .toList();
    var shapes = new LinkedHashMap<EdgeShape, Pair>();
    for (Pair pair : pairs) {
      adjacency
          .shapesBetween(pair.source(), pair.target(), Direction.BOTH, List.of())
          .forEach(shape -> shapes.put(shape, pair));
    }
    var edges = new HashMap<Pair, Edge>();
    for (Edge edge : storage.edgesOfShape(graph, shapes.keySet(), adjacency.position())) {
      var shape = new EdgeShape(edge.source(), edge.type(), edge.target());
      Pair pair = shapes.get(shape);
      if (pair != null) {
        edges.putIfAbsent(pair, edge);
      }
    }
    var nodes =
        analysis.nodes(
            pairs.stream()
                .flatMapToInt(pair -> IntStream.of(pair.source(), pair.target()))
                .toArray());
    var notable = new ArrayList<NotableEdge>();
    for (Pair pair : pairs) {
      Edge edge = edges.get(pair);
      if (edge != null) {
        Node source = analysis.node(nodes, adjacency.find(edge.source()));
        Node target = analysis.node(nodes, adjacency.find(edge.target()));
        notable.add(new NotableEdge(source, edge, target, reasons.getOrDefault(pair, "")));
      }
    }
    return notable;
  }

  private List<Node> orphans(double[] degrees) {
    int[] orphans =
        IntStream.range(0, degrees.length)
            .filter(node -> degrees[node] == 0)
            .limit(limit)
            .toArray();
    var nodes = analysis.nodes(orphans);
    return IntStream.of(orphans).mapToObj(node -> analysis.node(nodes, node)).toList();
  }

  private List<PossibleLink> suggestions(List<RankedNode> central) {
    var prediction = LinkPrediction.of(analysis.undirected());
    var scores = new HashMap<Pair, Double>();
    for (RankedNode one : central) {
      int number = adjacency.find(one.node().id());
      for (var candidate : prediction.best(number, limit, Measure.ADAMIC_ADAR)) {
        scores.put(
            new Pair(Math.min(number, candidate.node()), Math.max(number, candidate.node())),
            candidate.score());
      }
    }
    var pairs =
        scores.keySet().stream()
            .sorted(
                Comparator.comparingDouble((Pair pair) -> -scores.getOrDefault(pair, 0.0))
                    .thenComparingInt(Pair::source)
                    .thenComparingInt(Pair::target))
            .limit(limit)
            .toList();
    var nodes =
        analysis.nodes(
            pairs.stream()
                .flatMapToInt(pair -> IntStream.of(pair.source(), pair.target()))
                .toArray());
    return pairs.stream()
        .map(
            pair ->
                new PossibleLink(
                    analysis.node(nodes, pair.source()),
                    analysis.node(nodes, pair.target()),
                    scores.getOrDefault(pair, 0.0),
                    analysis.common(pair.source(), pair.target())))
        .toList();
  }
}
