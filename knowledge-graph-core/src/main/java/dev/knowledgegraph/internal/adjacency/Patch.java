package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the next state of an {@link Adjacency} out of what was touched since: only rows with an
 * edge that came or went are written anew. Costs the entries of those rows, and 12 bytes a node of
 * the graph to be copied.
 */
final class Patch {
  private final Adjacency before;
  private final BitSet ended;
  private final List<EdgeType> types;
  private final Map<Integer, Entries> out = new HashMap<>();
  private final Map<Integer, Entries> in = new HashMap<>();
  private NodeIndex index;
  private long edges;

  private Patch(Adjacency before) {
    this.before = before;
    this.index = before.index();
    this.ended = (BitSet) before.ended().clone();
    this.types = new ArrayList<>(before.types());
    this.edges = before.edges();
  }

  /**
   * The state at {@code position}.
   *
   * @param before the latest state there is of these arrays
   * @param then the touched edges as they were at the position of {@code before}
   * @param now the touched edges as they are
   */
  static Adjacency apply(
      Adjacency before,
      long position,
      Touched touched,
      Map<EdgeId, Edge> then,
      Map<EdgeId, Edge> now) {
    var patch = new Patch(before);
    patch.add(touched.nodes);
    patch.endEdgesOf(touched.nodes);
    for (EdgeId id : touched.edges) {
      Edge edge = then.get(id);
      if (edge != null && patch.isLive(edge.source()) && patch.isLive(edge.target())) {
        patch.remove(edge);
      }
    }
    for (EdgeId id : touched.edges) {
      Edge edge = now.get(id);
      if (edge != null) {
        patch.add(edge);
      }
    }
    return patch.build(position);
  }

  private void add(Map<NodeId, Boolean> nodes) {
    var added = new ArrayList<NodeId>();
    nodes.forEach(
        (node, isThere) -> {
          int number = index.find(node);
          if (isThere && number < 0) {
            added.add(node);
          } else if (isThere) {
            ended.clear(number);
          }
        });
    index = index.with(added);
  }

  /** By rule the edges of a node go with it. */
  private void endEdgesOf(Map<NodeId, Boolean> nodes) {
    for (int node : gone(nodes)) {
      edges -= edgesOf(node);
      Entries outgoing = row(out, before.out(), node);
      Entries incoming = row(in, before.in(), node);
      for (int i = 0; i < outgoing.size; i++) {
        if (outgoing.ends[i] != node) {
          row(in, before.in(), outgoing.ends[i]).removeAll(node);
        }
      }
      for (int i = 0; i < incoming.size; i++) {
        if (incoming.ends[i] != node) {
          row(out, before.out(), incoming.ends[i]).removeAll(node);
        }
      }
      outgoing.size = 0;
      incoming.size = 0;
      ended.set(node);
    }
  }

  /** How many edges a node has, a self loop counted once. */
  private long edgesOf(int node) {
    Entries outgoing = row(out, before.out(), node);
    Entries incoming = row(in, before.in(), node);
    long count = 0;
    for (int i = 0; i < outgoing.size; i++) {
      count += Kind.isMirror(outgoing.kinds[i]) ? 0 : 1;
    }
    for (int i = 0; i < incoming.size; i++) {
      count += Kind.isMirror(incoming.kinds[i]) || incoming.ends[i] == node ? 0 : 1;
    }
    return count;
  }

  private List<Integer> gone(Map<NodeId, Boolean> nodes) {
    return nodes.entrySet().stream()
        .filter(node -> !node.getValue())
        .map(node -> index.find(node.getKey()))
        .filter(number -> number >= 0)
        .toList();
  }

  private boolean isLive(NodeId node) {
    int number = index.find(node);
    return number >= 0 && !ended.get(number);
  }

  private Entries row(Map<Integer, Entries> changed, Rows rows, int node) {
    return changed.computeIfAbsent(
        node,
        number -> number < before.size() ? rows.row(number) : new Entries(4, before.hasWeights()));
  }

  private void remove(Edge edge) {
    int source = index.find(edge.source());
    int target = index.find(edge.target());
    int kind = Kind.of(code(edge.type()), false);
    // An edge that was in no state of these arrays cannot be taken out of them.
    if (!row(out, before.out(), source).remove(target, kind, edge.weight())) {
      throw new IllegalStateException("expected an edge that is in the log");
    }
    row(in, before.in(), target).remove(source, kind, edge.weight());
    if (isTwoWay(edge)) {
      int mirror = Kind.of(code(edge.type()), true);
      row(out, before.out(), target).remove(source, mirror, edge.weight());
      row(in, before.in(), source).remove(target, mirror, edge.weight());
    }
    edges--;
  }

  private void add(Edge edge) {
    int source = index.find(edge.source());
    int target = index.find(edge.target());
    int kind = Kind.of(code(edge.type()), false);
    row(out, before.out(), source).add(target, kind, edge.weight());
    row(in, before.in(), target).add(source, kind, edge.weight());
    if (isTwoWay(edge)) {
      int mirror = Kind.of(code(edge.type()), true);
      row(out, before.out(), target).add(source, mirror, edge.weight());
      row(in, before.in(), source).add(target, mirror, edge.weight());
    }
    edges++;
  }

  private static boolean isTwoWay(Edge edge) {
    return !edge.directed() && !edge.source().equals(edge.target());
  }

  private int code(EdgeType type) {
    int code = types.indexOf(type);
    if (code < 0) {
      code = types.size();
      types.add(type);
    }
    return code;
  }

  private Adjacency build(long position) {
    return new Adjacency(
        position,
        index,
        ended,
        types,
        before.table().with(out, in, index.size()),
        edges,
        before.workspaces());
  }
}
