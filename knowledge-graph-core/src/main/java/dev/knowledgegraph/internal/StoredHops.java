package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.internal.adjacency.Adjacencies.Allowance;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads edges from the storage: one call for each hop of all nodes it has come to. It stops where
 * its allowance is spent; what it answers then is worth nothing.
 */
final class StoredHops implements Hops {
  private final GraphReader reader;
  private final GraphRef graph;
  private final long at;
  private final Allowance allowance;
  private boolean isSpent;

  StoredHops(GraphReader reader, GraphRef graph, long at, Allowance allowance) {
    this.reader = reader;
    this.graph = graph;
    this.at = at;
    this.allowance = allowance;
  }

  /** One way to go. */
  private record Step(NodeId from, Edge edge, NodeId to) {}

  /** Whether it stopped before its end. */
  boolean isSpent() {
    return isSpent;
  }

  @Override
  public Map<NodeId, Integer> within(
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

  @Override
  public Set<EdgeShape> among(Set<NodeId> nodes, Set<EdgeType> types) {
    var shapes = new HashSet<EdgeShape>();
    for (Edge edge : read(nodes, Direction.BOTH, types)) {
      if (nodes.contains(edge.source()) && nodes.contains(edge.target())) {
        shapes.add(shape(edge));
      }
    }
    return shapes;
  }

  @Override
  public Optional<Way> shortest(
      NodeId source, NodeId target, Direction direction, Set<EdgeType> types, int maxHops) {
    var lastStep = new HashMap<NodeId, Step>();
    var seen = new HashSet<>(Set.of(source));
    Set<NodeId> frontier = Set.of(source);
    int hops = 0;
    while (!frontier.isEmpty() && !seen.contains(target) && hops++ < maxHops) {
      var next = new LinkedHashSet<NodeId>();
      for (var step : steps(frontier, direction, types)) {
        if (seen.add(step.to())) {
          next.add(step.to());
          lastStep.put(step.to(), step);
        }
      }
      frontier = next;
    }
    return seen.contains(target) ? Optional.of(way(target, lastStep)) : Optional.empty();
  }

  @Override
  public List<Way> allShortest(
      NodeId source, NodeId target, Direction direction, Set<EdgeType> types, int limit) {
    // Backwards from the target: for each node the next ones on all shortest ways, by id.
    var onward = new HashMap<NodeId, NavigableMap<NodeId, Set<EdgeShape>>>();
    var seen = new HashSet<>(Set.of(target));
    Set<NodeId> frontier = Set.of(target);
    while (!frontier.isEmpty() && !seen.contains(source)) {
      var next = new LinkedHashSet<NodeId>();
      for (var step : steps(frontier, direction.reversed(), types)) {
        if (!seen.contains(step.to())) {
          next.add(step.to());
          onward
              .computeIfAbsent(step.to(), id -> new TreeMap<>())
              .computeIfAbsent(step.from(), id -> new LinkedHashSet<>())
              .add(shape(step.edge()));
        }
      }
      seen.addAll(next);
      frontier = next;
    }
    var ways = new ArrayList<Way>();
    if (seen.contains(source)) {
      collect(new Way(List.of(source), List.of()), target, onward, limit, ways);
    }
    return ways;
  }

  private static void collect(
      Way begun,
      NodeId target,
      Map<NodeId, NavigableMap<NodeId, Set<EdgeShape>>> onward,
      int limit,
      List<Way> ways) {
    var open = new ArrayDeque<Way>();
    open.push(begun);
    while (!open.isEmpty() && ways.size() < limit) {
      Way way = open.pop();
      NodeId last = way.nodes().getLast();
      if (last.equals(target)) {
        ways.add(way);
      } else {
        onward
            .getOrDefault(last, Collections.emptyNavigableMap())
            .descendingMap()
            .forEach((next, shapes) -> open.push(longer(way, next, shapes)));
      }
    }
  }

  private static Way longer(Way way, NodeId next, Set<EdgeShape> shapes) {
    var nodes = new ArrayList<>(way.nodes());
    nodes.add(next);
    var hops = new ArrayList<>(way.hops());
    hops.add(shapes);
    return new Way(nodes, hops);
  }

  /** Dijkstra's algorithm; it fetches the edges of all nodes in the queue at once. */
  @Override
  public Optional<Way> lightest(
      NodeId source, NodeId target, Direction direction, Set<EdgeType> types) {
    record Entry(NodeId node, double weight) {}
    var lastStep = new HashMap<NodeId, Step>();
    var best = new HashMap<>(Map.of(source, 0.0));
    var stepsFrom = new HashMap<NodeId, List<Step>>();
    var done = new HashSet<NodeId>();
    var queue =
        new PriorityQueue<>(Comparator.comparingDouble(Entry::weight).thenComparing(Entry::node));
    queue.add(new Entry(source, 0));
    while (!queue.isEmpty()) {
      var entry = queue.remove();
      if (!done.add(entry.node())) {
        continue;
      }
      if (entry.node().equals(target)) {
        return Optional.of(way(target, lastStep));
      }
      if (!stepsFrom.containsKey(entry.node())) {
        var wanted = new LinkedHashSet<>(Set.of(entry.node()));
        queue.forEach(waiting -> wanted.add(waiting.node()));
        wanted.removeAll(stepsFrom.keySet());
        wanted.forEach(id -> stepsFrom.put(id, new ArrayList<>()));
        for (var step : steps(wanted, direction, types)) {
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
    return Optional.empty();
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

  private static Way way(NodeId target, Map<NodeId, Step> lastStep) {
    var nodes = new ArrayDeque<NodeId>(List.of(target));
    var hops = new ArrayDeque<Set<EdgeShape>>();
    for (var step = lastStep.get(target); step != null; step = lastStep.get(step.from())) {
      nodes.addFirst(step.from());
      hops.addFirst(Set.of(shape(step.edge())));
    }
    return new Way(List.copyOf(nodes), List.copyOf(hops));
  }

  private static EdgeShape shape(Edge edge) {
    return new EdgeShape(edge.source(), edge.type(), edge.target());
  }

  private List<Step> steps(Set<NodeId> from, Direction direction, Set<EdgeType> types) {
    var steps = new ArrayList<Step>();
    for (var edge : read(from, direction, types)) {
      if (from.contains(edge.source()) && direction.counts(true, edge.directed())) {
        steps.add(new Step(edge.source(), edge, edge.target()));
      }
      if (from.contains(edge.target()) && direction.counts(false, edge.directed())) {
        steps.add(new Step(edge.target(), edge, edge.source()));
      }
    }
    return steps;
  }

  private List<Edge> read(Set<NodeId> nodes, Direction direction, Set<EdgeType> types) {
    if (isSpent) {
      return List.of();
    }
    List<Edge> edges = reader.edgesOf(graph, nodes, direction, types, at);
    isSpent = !allowance.spend(edges.size());
    return edges;
  }
}
