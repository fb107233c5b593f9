package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The shape of a graph: its nodes as numbers from 0, ordered by id, and its edges' ends in order.
 * Storages show elements in an order of their own; an answer must not depend on it.
 */
final class Topology {
  /** An edge by the numbers of its ends. */
  record Link(int source, int target, boolean directed) {}

  final List<NodeId> nodes = new ArrayList<>();
  final List<Link> links = new ArrayList<>();
  private final Map<NodeId, Integer> numbers = new HashMap<>();

  private Topology() {}

  static Topology read(GraphReader reader, GraphRef graph, long at) {
    var topology = new Topology();
    reader.forEachNode(graph, at, node -> topology.nodes.add(node.id()));
    topology.nodes.sort(Comparator.naturalOrder());
    topology.nodes.forEach(node -> topology.numbers.put(node, topology.numbers.size()));
    reader.forEachEdge(graph, at, topology::add);
    topology.links.sort(Comparator.comparingInt(Link::source).thenComparingInt(Link::target));
    return topology;
  }

  private void add(Edge edge) {
    links.add(new Link(number(edge.source()), number(edge.target()), edge.directed()));
  }

  private int number(NodeId node) {
    return Objects.requireNonNull(numbers.get(node), "no edge is without an end at any moment");
  }

  /** How many edges each node has; a self loop counts twice. */
  int[] degrees() {
    int[] degrees = new int[nodes.size()];
    for (var link : links) {
      degrees[link.source()]++;
      degrees[link.target()]++;
    }
    return degrees;
  }

  /** For each node the smallest number of its connected component, by union and find. */
  int[] components() {
    int[] parent = new int[nodes.size()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
    for (var link : links) {
      int a = root(parent, link.source());
      int b = root(parent, link.target());
      parent[Math.max(a, b)] = Math.min(a, b);
    }
    for (int i = 0; i < parent.length; i++) {
      parent[i] = root(parent, i);
    }
    return parent;
  }

  private static int root(int[] parent, int node) {
    int current = node;
    while (parent[current] != current) {
      parent[current] = parent[parent[current]];
      current = parent[current];
    }
    return current;
  }
}
