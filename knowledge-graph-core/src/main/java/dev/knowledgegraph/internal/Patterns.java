package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Views.Pattern;
import dev.knowledgegraph.query.Views.PatternKind;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Finds shapes; works on numbers and fetches the nodes of what is shown at the end. */
final class Patterns {
  private static final int NONE = -1;
  private static final int MANY = -2;

  private final Topology topology;

  private Patterns(Topology topology) {
    this.topology = topology;
  }

  private record Found(List<Integer> nodes, double score) {}

  static List<Pattern> find(
      GraphReader reader, GraphRef graph, PatternKind kind, int limit, long at) {
    var patterns = new Patterns(Topology.read(reader, graph, at));
    var found = patterns.find(kind).stream().limit(limit).toList();
    var ids =
        found.stream().flatMap(each -> each.nodes().stream()).distinct().map(patterns::id).toList();
    var nodes = reader.nodes(graph, ids, at);
    return found.stream()
        .map(
            each ->
                new Pattern(
                    kind,
                    Lookups.inOrder(each.nodes().stream().map(patterns::id).toList(), nodes),
                    each.score()))
        .toList();
  }

  private NodeId id(int number) {
    return topology.nodes.get(number);
  }

  private List<Found> find(PatternKind kind) {
    return switch (kind) {
      case HUB -> hubs();
      case CHAIN -> chains();
      case CLUSTER -> clusters();
      case ORPHAN -> orphans();
      case BRIDGE -> bridges();
    };
  }

  private static List<Found> highestFirst(List<Found> found) {
    // The sort is stable, so ties stay in the order of the nodes.
    return found.stream().sorted(Comparator.comparingDouble(Found::score).reversed()).toList();
  }

  private List<Found> hubs() {
    int[] degrees = topology.degrees();
    return highestFirst(
        IntStream.range(0, degrees.length)
            .filter(node -> degrees[node] > 0)
            .mapToObj(node -> new Found(List.of(node), degrees[node]))
            .toList());
  }

  private List<Found> orphans() {
    int[] degrees = topology.degrees();
    return IntStream.range(0, degrees.length)
        .filter(node -> degrees[node] == 0)
        .mapToObj(node -> new Found(List.of(node), 0))
        .toList();
  }

  private List<Found> clusters() {
    int[] components = topology.components();
    var members = new TreeMap<Integer, List<Integer>>();
    for (int node = 0; node < components.length; node++) {
      members.computeIfAbsent(components[node], id -> new ArrayList<>()).add(node);
    }
    return highestFirst(
        members.values().stream().map(nodes -> new Found(nodes, nodes.size())).toList());
  }

  /** A node follows another if each is the other's only way: on and back. */
  private List<Found> chains() {
    int[] next = only(true);
    int[] previous = only(false);
    var chains = new ArrayList<Found>();
    boolean[] taken = new boolean[next.length];
    for (int node = 0; node < next.length; node++) {
      int before = previous[node];
      if (before < 0 || next[before] != node) {
        addChain(node, next, previous, taken, chains);
      }
    }
    // What is left are rings: they start at their first node.
    for (int node = 0; node < next.length; node++) {
      addChain(node, next, previous, taken, chains);
    }
    return highestFirst(chains);
  }

  private static void addChain(
      int start, int[] next, int[] previous, boolean[] taken, List<Found> chains) {
    var chain = new ArrayList<Integer>();
    int node = start;
    while (!taken[node]) {
      taken[node] = true;
      chain.add(node);
      if (next[node] >= 0 && previous[next[node]] == node) {
        node = next[node];
      }
    }
    if (chain.size() > 1) {
      chains.add(new Found(chain, chain.size()));
    }
  }

  /** For each node the only node it leads to, or is led to from; below 0 if there is not one. */
  private int[] only(boolean onward) {
    int[] only = new int[topology.nodes.size()];
    Arrays.fill(only, NONE);
    for (var link : topology.links) {
      if (onward || !link.directed()) {
        note(only, link.source(), link.target());
      }
      if (!onward || !link.directed()) {
        note(only, link.target(), link.source());
      }
    }
    return only;
  }

  private static void note(int[] only, int from, int to) {
    if (from != to) {
      only[from] = only[from] == NONE || only[from] == to ? to : MANY;
    }
  }

  /** Tarjan's algorithm, without recursion. */
  private List<Found> bridges() {
    int size = topology.nodes.size();
    var linksOf = new ArrayList<List<Integer>>();
    for (int node = 0; node < size; node++) {
      linksOf.add(new ArrayList<>());
    }
    for (int i = 0; i < topology.links.size(); i++) {
      linksOf.get(topology.links.get(i).source()).add(i);
      linksOf.get(topology.links.get(i).target()).add(i);
    }
    int[] order = new int[size];
    int[] low = new int[size];
    int[] tried = new int[size];
    int[] cameBy = new int[size];
    Arrays.fill(cameBy, NONE);
    var isBridge = new boolean[topology.links.size()];
    int clock = 0;
    for (int start = 0; start < size; start++) {
      if (order[start] != 0) {
        continue;
      }
      var path = new ArrayDeque<Integer>();
      path.push(start);
      order[start] = low[start] = ++clock;
      while (!path.isEmpty()) {
        int node = path.element();
        if (tried[node] < linksOf.get(node).size()) {
          int link = linksOf.get(node).get(tried[node]++);
          int other = otherEnd(link, node);
          if (order[other] == 0) {
            cameBy[other] = link;
            order[other] = low[other] = ++clock;
            path.push(other);
          } else if (link != cameBy[node]) {
            low[node] = Math.min(low[node], order[other]);
          }
        } else {
          path.pop();
          if (cameBy[node] != NONE) {
            int parent = otherEnd(cameBy[node], node);
            low[parent] = Math.min(low[parent], low[node]);
            isBridge[cameBy[node]] = low[node] > order[parent];
          }
        }
      }
    }
    return IntStream.range(0, isBridge.length)
        .filter(i -> isBridge[i])
        .mapToObj(topology.links::get)
        .map(link -> new Found(List.of(link.source(), link.target()), 0))
        .toList();
  }

  private int otherEnd(int link, int node) {
    var ends = topology.links.get(link);
    return ends.source() == node ? ends.target() : ends.source();
  }
}
