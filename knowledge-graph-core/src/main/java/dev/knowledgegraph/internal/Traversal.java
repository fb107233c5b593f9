package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.GraphQuery.FindAllShortestPaths;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.GraphQuery.FindPath;
import dev.knowledgegraph.query.GraphQuery.FindSubgraph;
import dev.knowledgegraph.query.Views.Neighbor;
import dev.knowledgegraph.query.Views.Neighborhood;
import dev.knowledgegraph.query.Views.Route;
import dev.knowledgegraph.query.Views.Subgraph;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks along edges: one storage call for each hop of all nodes it has come to, one for the nodes
 * in the end.
 */
final class Traversal {
  private final GraphReader reader;
  private final GraphRef graph;
  private final long at;

  Traversal(GraphReader reader, GraphRef graph, long at) {
    this.reader = reader;
    this.graph = graph;
    this.at = at;
  }

  /** One way to go. */
  private record Step(NodeId from, Edge edge, NodeId to) {}

  /** The way from a node to the target. */
  private record Trail(NodeId node, @Nullable Edge edge, @Nullable Trail next) {}

  Neighborhood neighbors(FindNeighbors query) {
    var center = reader.nodes(graph, List.of(query.node()), at).get(query.node());
    if (center == null) {
      throw new RejectedException(new Rejection.NotFound("node", query.node().toString()));
    }
    var distances =
        distances(List.of(query.node()), query.depth(), query.direction(), query.types());
    var reached = nearestFirst(distances).stream().filter(id -> !id.equals(query.node())).toList();
    var shown = reached.subList(0, Math.min(query.limit(), reached.size()));
    var nodes = reader.nodes(graph, shown, at);
    var neighbors = new ArrayList<Neighbor>();
    for (var id : shown) {
      var node = nodes.get(id);
      if (node != null) {
        neighbors.add(new Neighbor(node, distances.getOrDefault(id, 0)));
      }
    }
    return new Neighborhood(center, query.depth(), reached.size(), List.copyOf(neighbors));
  }

  Subgraph subgraph(FindSubgraph query) {
    var starts = reader.nodes(graph, query.nodes(), at).keySet();
    var reached = nearestFirst(distances(starts, query.depth(), Direction.BOTH, query.types()));
    var shown = Set.copyOf(reached.subList(0, Math.min(query.limit(), reached.size())));
    var edges =
        reader.edgesOf(graph, shown, Direction.BOTH, query.types(), at).stream()
            .filter(edge -> shown.contains(edge.source()) && shown.contains(edge.target()))
            .toList();
    var nodes = inOrder(reached.stream().filter(shown::contains).toList());
    return new Subgraph(nodes, edges, shown.size() == reached.size());
  }

  Optional<Route> path(FindPath query) {
    var trail = query.weighted() ? lightest(query) : shortest(query);
    return trail == null ? Optional.empty() : routes(List.of(trail)).stream().findFirst();
  }

  List<Route> allShortestPaths(FindAllShortestPaths query) {
    // For each node the last steps of all shortest ways to it.
    var lastSteps = new HashMap<NodeId, List<Step>>();
    var seen = new HashSet<>(Set.of(query.source()));
    Set<NodeId> frontier = Set.of(query.source());
    while (!frontier.isEmpty() && !seen.contains(query.target())) {
      var next = new LinkedHashSet<NodeId>();
      for (var step : steps(frontier, query.direction(), query.types())) {
        if (!seen.contains(step.to())) {
          next.add(step.to());
          lastSteps.computeIfAbsent(step.to(), id -> new ArrayList<>()).add(step);
        }
      }
      seen.addAll(next);
      frontier = next;
    }
    return seen.contains(query.target()) ? routes(trails(query, lastSteps)) : List.of();
  }

  private static List<Trail> trails(FindAllShortestPaths query, Map<NodeId, List<Step>> lastSteps) {
    var found = new ArrayList<Trail>();
    var open = new ArrayDeque<Trail>();
    open.push(new Trail(query.target(), null, null));
    while (!open.isEmpty() && found.size() < query.limit()) {
      var trail = open.pop();
      if (trail.node().equals(query.source())) {
        found.add(trail);
      } else {
        for (var step : lastSteps.getOrDefault(trail.node(), List.of()).reversed()) {
          open.push(new Trail(step.from(), step.edge(), trail));
        }
      }
    }
    return found;
  }

  private @Nullable Trail shortest(FindPath query) {
    var lastStep = new HashMap<NodeId, Step>();
    var seen = new HashSet<>(Set.of(query.source()));
    Set<NodeId> frontier = Set.of(query.source());
    int hops = 0;
    while (!frontier.isEmpty() && !seen.contains(query.target()) && hops++ < query.maxHops()) {
      var next = new LinkedHashSet<NodeId>();
      for (var step : steps(frontier, query.direction(), query.types())) {
        if (seen.add(step.to())) {
          next.add(step.to());
          lastStep.put(step.to(), step);
        }
      }
      frontier = next;
    }
    return seen.contains(query.target()) ? trail(query.target(), lastStep) : null;
  }

  /** Dijkstra's algorithm; it fetches the edges of all nodes in the queue at once. */
  private @Nullable Trail lightest(FindPath query) {
    record Entry(NodeId node, double weight) {}
    var lastStep = new HashMap<NodeId, Step>();
    var best = new HashMap<>(Map.of(query.source(), 0.0));
    var stepsFrom = new HashMap<NodeId, List<Step>>();
    var done = new HashSet<NodeId>();
    var queue =
        new PriorityQueue<>(Comparator.comparingDouble(Entry::weight).thenComparing(Entry::node));
    queue.add(new Entry(query.source(), 0));
    while (!queue.isEmpty()) {
      var entry = queue.remove();
      if (!done.add(entry.node())) {
        continue;
      }
      if (entry.node().equals(query.target())) {
        return trail(query.target(), lastStep);
      }
      if (!stepsFrom.containsKey(entry.node())) {
        var wanted = new LinkedHashSet<>(Set.of(entry.node()));
        queue.forEach(waiting -> wanted.add(waiting.node()));
        wanted.removeAll(stepsFrom.keySet());
        wanted.forEach(id -> stepsFrom.put(id, new ArrayList<>()));
        for (var step : steps(wanted, query.direction(), query.types())) {
          stepsFrom.computeIfAbsent(step.from(), id -> new ArrayList<>()).add(step);
        }
      }
      for (var step : stepsFrom.getOrDefault(entry.node(), List.of())) {
        double weight = entry.weight() + notNegative(step.edge().weight());
        if (weight < best.getOrDefault(step.to(), Double.POSITIVE_INFINITY)) {
          best.put(step.to(), weight);
          lastStep.put(step.to(), step);
          queue.add(new Entry(step.to(), weight));
        }
      }
    }
    return null;
  }

  private static double notNegative(double weight) {
    if (weight < 0) {
      throw new RejectedException(
          new Rejection.Invalid(
              List.of(
                  new FieldError(
                      "weighted",
                      "expected weights of 0 or more along the way, found a negative one"))));
    }
    return weight;
  }

  private static Trail trail(NodeId target, Map<NodeId, Step> lastStep) {
    var trail = new Trail(target, null, null);
    for (var step = lastStep.get(target); step != null; step = lastStep.get(step.from())) {
      trail = new Trail(step.from(), step.edge(), trail);
    }
    return trail;
  }

  private List<Route> routes(List<Trail> trails) {
    var ids = new LinkedHashSet<NodeId>();
    for (var start : trails) {
      for (Trail trail = start; trail != null; trail = trail.next()) {
        ids.add(trail.node());
      }
    }
    var nodes = reader.nodes(graph, ids, at);
    var routes = new ArrayList<Route>();
    for (var start : trails) {
      var onWay = new ArrayList<Node>();
      var edges = new ArrayList<Edge>();
      boolean isWhole = true;
      for (Trail trail = start; trail != null; trail = trail.next()) {
        var node = nodes.get(trail.node());
        var edge = trail.edge();
        if (node == null) {
          isWhole = false;
          break;
        }
        onWay.add(node);
        if (edge != null) {
          edges.add(edge);
        }
      }
      if (isWhole) {
        double weight = edges.stream().mapToDouble(Edge::weight).sum();
        routes.add(new Route(List.copyOf(onWay), List.copyOf(edges), weight));
      }
    }
    return List.copyOf(routes);
  }

  /** How many hops away each node is that is at most {@code depth} away. */
  Map<NodeId, Integer> distances(
      Collection<NodeId> starts, int depth, Direction direction, Set<EdgeType> types) {
    var distances = new LinkedHashMap<NodeId, Integer>();
    starts.forEach(id -> distances.put(id, 0));
    Set<NodeId> frontier = Set.copyOf(starts);
    for (int hop = 1; hop <= depth && !frontier.isEmpty(); hop++) {
      var next = new LinkedHashSet<NodeId>();
      for (var step : steps(frontier, direction, types)) {
        if (distances.putIfAbsent(step.to(), hop) == null) {
          next.add(step.to());
        }
      }
      frontier = next;
    }
    return distances;
  }

  private static List<NodeId> nearestFirst(Map<NodeId, Integer> distances) {
    return distances.entrySet().stream()
        .sorted(
            Map.Entry.<NodeId, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Step> steps(Set<NodeId> from, Direction direction, Set<EdgeType> types) {
    var steps = new ArrayList<Step>();
    for (var edge : reader.edgesOf(graph, from, direction, types, at)) {
      if (from.contains(edge.source()) && direction.counts(true, edge.directed())) {
        steps.add(new Step(edge.source(), edge, edge.target()));
      }
      if (from.contains(edge.target()) && direction.counts(false, edge.directed())) {
        steps.add(new Step(edge.target(), edge, edge.source()));
      }
    }
    return steps;
  }

  private List<Node> inOrder(List<NodeId> ids) {
    return Lookups.inOrder(ids, reader.nodes(graph, ids, at));
  }
}
