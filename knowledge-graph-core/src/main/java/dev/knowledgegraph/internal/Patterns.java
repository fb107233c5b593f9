package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.analytics.Arcs;
import dev.knowledgegraph.internal.analytics.Components;
import dev.knowledgegraph.internal.analytics.Cuts;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Views.Pattern;
import dev.knowledgegraph.query.Views.PatternKind;
import dev.knowledgegraph.spi.GraphReader;
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

  private final Adjacency adjacency;

  private Patterns(Adjacency adjacency) {
    this.adjacency = adjacency;
  }

  private record Found(List<Integer> nodes, double score) {}

  /** In arrays in the order of the ids. */
  static List<Pattern> find(
      GraphReader reader, GraphRef graph, PatternKind kind, int limit, Adjacency adjacency) {
    var patterns = new Patterns(adjacency);
    var found = patterns.find(kind).stream().limit(limit).toList();
    var ids =
        found.stream().flatMap(each -> each.nodes().stream()).distinct().map(patterns::id).toList();
    var nodes = reader.nodes(graph, ids, adjacency.position());
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
    return adjacency.id(number);
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

  private int[] degrees() {
    return IntStream.range(0, adjacency.size())
        .map(node -> adjacency.degree(node, Direction.BOTH))
        .toArray();
  }

  private List<Found> hubs() {
    int[] degrees = degrees();
    return highestFirst(
        IntStream.range(0, degrees.length)
            .filter(node -> degrees[node] > 0)
            .mapToObj(node -> new Found(List.of(node), degrees[node]))
            .toList());
  }

  private List<Found> orphans() {
    int[] degrees = degrees();
    return IntStream.range(0, degrees.length)
        .filter(node -> degrees[node] == 0)
        .mapToObj(node -> new Found(List.of(node), 0))
        .toList();
  }

  private List<Found> clusters() {
    int[] components = Components.of(adjacency.arcs()).labels();
    var members = new TreeMap<Integer, List<Integer>>();
    for (int node = 0; node < components.length; node++) {
      members.computeIfAbsent(components[node], id -> new ArrayList<>()).add(node);
    }
    return highestFirst(
        members.values().stream().map(nodes -> new Found(nodes, nodes.size())).toList());
  }

  /** A node follows another if each is the other's only way: on and back. */
  private List<Found> chains() {
    Arcs onward = adjacency.arcs();
    int[] next = only(onward);
    int[] previous = only(onward.transposed());
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

  /** For each node the only node its arcs lead to; below 0 if there is not one. */
  private static int[] only(Arcs arcs) {
    int[] only = new int[arcs.nodes()];
    Arrays.fill(only, NONE);
    for (int node = 0; node < only.length; node++) {
      for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
        note(only, node, arcs.targets()[arc]);
      }
    }
    return only;
  }

  private static void note(int[] only, int from, int to) {
    if (from != to) {
      only[from] = only[from] == NONE || only[from] == to ? to : MANY;
    }
  }

  private List<Found> bridges() {
    var cuts = Cuts.of(adjacency.edgeArcs().undirected());
    return IntStream.range(0, cuts.bridgeSources().length)
        .mapToObj(i -> new Found(List.of(cuts.bridgeSources()[i], cuts.bridgeTargets()[i]), 0))
        .toList();
  }
}
