package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.internal.adjacency.Adjacencies;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.GraphQuery.FindAllShortestPaths;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.GraphQuery.FindPath;
import dev.knowledgegraph.query.GraphQuery.FindShortestPaths;
import dev.knowledgegraph.query.GraphQuery.FindSubgraph;
import dev.knowledgegraph.query.GraphQuery.Traverse;
import dev.knowledgegraph.query.Traversal;
import dev.knowledgegraph.query.Views.Neighbor;
import dev.knowledgegraph.query.Views.Neighborhood;
import dev.knowledgegraph.query.Views.Route;
import dev.knowledgegraph.query.Views.Subgraph;
import dev.knowledgegraph.query.Views.Traversed;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers questions that go along edges, about one state of a graph: along arrays if they are there
 * or worth making, else along the storage. What is shown is read from the storage in the end, with
 * one call for nodes and one for edges.
 */
final class Walks {
  /** Of several edges between two nodes a path takes the lightest, ties by id. */
  private static final Comparator<Edge> LIGHTEST_FIRST =
      Comparator.comparingDouble(Edge::weight).thenComparing(Edge::id);

  private final GraphReader reader;
  private final Adjacencies adjacencies;
  private final GraphRef graph;
  private final long at;

  /** At a sequence number that the log has come to. */
  Walks(GraphReader reader, Adjacencies adjacencies, GraphRef graph, long at) {
    this.reader = reader;
    this.adjacencies = adjacencies;
    this.graph = graph;
    this.at = at;
  }

  private <T> T walk(boolean weighted, Function<Hops, T> question) {
    var ready = adjacencies.ready(graph, at, weighted);
    if (ready.isPresent()) {
      return question.apply(new ArrayHops(ready.get()));
    }
    var stored = new StoredHops(reader, graph, at, adjacencies.allowance(graph, at, weighted));
    T answer = question.apply(stored);
    return stored.isSpent()
        ? question.apply(new ArrayHops(adjacencies.get(graph, at, weighted)))
        : answer;
  }

  /** How many hops away each node is that is at most {@code depth} away. */
  Map<NodeId, Integer> distances(
      Collection<NodeId> starts, int depth, Direction direction, Set<EdgeType> types) {
    return walk(false, hops -> hops.within(starts, depth, direction, types));
  }

  Neighborhood neighbors(FindNeighbors query) {
    var center = reader.nodes(graph, List.of(query.node()), at).get(query.node());
    if (center == null) {
      throw new RejectedException(new Rejection.NotFound("node", query.node().toString()));
    }
    var distances =
        distances(List.of(query.node()), query.depth(), query.direction(), query.types());
    distances.remove(query.node());
    var shown = nearestFirst(distances, query.limit());
    var neighbors = new ArrayList<Neighbor>();
    for (var node : inOrder(shown)) {
      neighbors.add(new Neighbor(node, distances.getOrDefault(node.id(), 0)));
    }
    return new Neighborhood(center, query.depth(), distances.size(), List.copyOf(neighbors));
  }

  Traversed traverse(Traverse query) {
    var starts = reader.nodes(graph, query.traversal().starts(), at).keySet();
    Set<NodeId> found = starts;
    for (Traversal.Step step : query.traversal().steps()) {
      found = after(step, found, starts);
    }
    var shown = found.stream().sorted().limit(query.limit()).toList();
    return new Traversed(found.size(), inOrder(shown));
  }

  private Set<NodeId> after(Traversal.Step step, Set<NodeId> nodes, Set<NodeId> starts) {
    return switch (step) {
      case Traversal.Go go ->
          distances(nodes, go.most(), go.direction(), go.types()).entrySet().stream()
              .filter(reached -> reached.getValue() >= go.least())
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      case Traversal.Keep keep ->
          reader.nodes(graph, nodes, at).values().stream()
              .filter(keep.filter()::matches)
              .map(Node::id)
              .collect(Collectors.toSet());
      case Traversal.WithoutStarts without ->
          nodes.stream().filter(node -> !starts.contains(node)).collect(Collectors.toSet());
    };
  }

  Subgraph subgraph(FindSubgraph query) {
    var starts = reader.nodes(graph, query.nodes(), at).keySet();
    var reached = distances(starts, query.depth(), Direction.BOTH, query.types());
    var shown = nearestFirst(reached, query.limit());
    var shapes = walk(false, hops -> hops.among(Set.copyOf(shown), query.types()));
    return new Subgraph(
        inOrder(shown), reader.edgesOfShape(graph, shapes, at), shown.size() == reached.size());
  }

  Optional<Route> path(FindPath query) {
    Optional<Hops.Way> way =
        query.weighted()
            ? walk(
                true,
                hops ->
                    hops.lightest(query.source(), query.target(), query.direction(), query.types()))
            : walk(
                false,
                hops ->
                    hops.shortest(
                        query.source(),
                        query.target(),
                        query.direction(),
                        query.types(),
                        query.maxHops()));
    return routes(way.stream().toList(), query.direction(), 1, 1).stream().findFirst();
  }

  List<Route> allShortestPaths(FindAllShortestPaths query) {
    var ways =
        walk(
            false,
            hops ->
                hops.allShortest(
                    query.source(),
                    query.target(),
                    query.direction(),
                    query.types(),
                    query.limit()));
    return routes(ways, query.direction(), query.limit(), query.limit());
  }

  /** Looks at so many hops that it is always worth having the arrays. */
  List<Route> shortestPaths(FindShortestPaths query) {
    var ways =
        new ArrayHops(adjacencies.get(graph, at, query.weighted()))
            .shortest(
                query.source(),
                query.target(),
                query.direction(),
                query.types(),
                query.weighted(),
                query.k());
    return routes(ways, query.direction(), 1, query.k());
  }

  /**
   * The paths along these ways: for each of them one for each choice among parallel edges, the
   * lightest first, but not more than {@code choices}.
   */
  private List<Route> routes(List<Hops.Way> ways, Direction direction, int choices, int limit) {
    var ids = new LinkedHashSet<NodeId>();
    var shapes = new HashSet<EdgeShape>();
    for (var way : ways) {
      ids.addAll(way.nodes());
      way.hops().forEach(shapes::addAll);
    }
    var nodes = reader.nodes(graph, ids, at);
    if (!nodes.keySet().containsAll(ids)) {
      // Only the source, asked for by an id that is no node's, can be missing.
      return List.of();
    }
    var edges = reader.edgesOfShape(graph, shapes, at);
    var routes = new ArrayList<Route>();
    for (var way : ways) {
      for (var choice : choices(way, edges, direction, Math.min(choices, limit - routes.size()))) {
        double weight = choice.stream().mapToDouble(Edge::weight).sum();
        routes.add(new Route(Lookups.inOrder(way.nodes(), nodes), choice, weight));
      }
    }
    return List.copyOf(routes);
  }

  private static List<List<Edge>> choices(
      Hops.Way way, List<Edge> edges, Direction direction, int limit) {
    List<List<Edge>> begun = List.of(List.of());
    for (int hop = 0; hop < way.hops().size(); hop++) {
      var shapes = way.hops().get(hop);
      var from = way.nodes().get(hop);
      var parallel =
          edges.stream()
              .filter(
                  edge -> shapes.contains(new EdgeShape(edge.source(), edge.type(), edge.target())))
              .filter(
                  edge ->
                      (edge.source().equals(from) && direction.counts(true, edge.directed()))
                          || (edge.target().equals(from)
                              && direction.counts(false, edge.directed())))
              .sorted(LIGHTEST_FIRST)
              .toList();
      begun =
          begun.stream()
              .flatMap(edgesSoFar -> parallel.stream().map(edge -> extended(edgesSoFar, edge)))
              .limit(limit)
              .toList();
    }
    return begun;
  }

  private static List<Edge> extended(List<Edge> edges, Edge next) {
    var extended = new ArrayList<>(edges);
    extended.add(next);
    return List.copyOf(extended);
  }

  private static List<NodeId> nearestFirst(Map<NodeId, Integer> distances, int limit) {
    return distances.entrySet().stream()
        .sorted(
            Map.Entry.<NodeId, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .limit(limit)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Node> inOrder(List<NodeId> ids) {
    return Lookups.inOrder(ids, reader.nodes(graph, ids, at));
  }
}
