package dev.knowledgegraph;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.adjacency.Paths;
import dev.knowledgegraph.internal.adjacency.Reach;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/**
 * The shape of a graph at one moment, in arrays: which nodes there are and how they are linked,
 * without what they hold. All its answers are about the same moment, whoever writes meanwhile, and
 * none of them reads from the store: a hop costs what it costs in an array. Immutable, may be
 * shared between threads; takes some ten bytes for each end of an edge.
 *
 * <p>No edge types given means all of them. A node that is not there has no neighbors and no paths.
 */
public final class GraphShape {
  private final Adjacency adjacency;

  GraphShape(Adjacency adjacency) {
    this.adjacency = adjacency;
  }

  /** The number of the last commit that is in it. */
  public long position() {
    return adjacency.position();
  }

  /** How many nodes there are. */
  public int nodes() {
    return adjacency.nodes();
  }

  /** How many edges there are. */
  public long edges() {
    return adjacency.edges();
  }

  /** How many bytes of the heap it takes. */
  public long bytes() {
    return adjacency.bytes();
  }

  public boolean contains(NodeId node) {
    return adjacency.find(node) >= 0;
  }

  /** How many edges of a node count; in {@link Direction#BOTH} a self loop counts twice. */
  public int degree(NodeId node, Direction direction) {
    int number = adjacency.find(node);
    return number < 0 ? 0 : adjacency.degree(number, direction);
  }

  /** The nodes one hop away, each once, in no order that can be relied on. */
  public List<NodeId> neighbors(NodeId node, Direction direction, EdgeType... types) {
    var neighbors = new ArrayList<NodeId>();
    within(node, 1, direction, Set.of(types), (neighbor, distance) -> neighbors.add(neighbor));
    return neighbors;
  }

  /** How many nodes there are within {@code depth} hops, the node itself left out. */
  public int countWithin(NodeId node, int depth, Direction direction, EdgeType... types) {
    int number = adjacency.find(node);
    return number < 0 ? 0 : Reach.count(adjacency, number, depth, direction, List.of(types)) - 1;
  }

  /**
   * Shows each node within {@code depth} hops with the number of hops, nearest first, the node
   * itself left out.
   *
   * @param types empty for all
   */
  public void within(
      NodeId node,
      int depth,
      Direction direction,
      Set<EdgeType> types,
      ObjIntConsumer<NodeId> action) {
    int number = adjacency.find(node);
    if (number < 0) {
      return;
    }
    var reach = Reach.within(adjacency, new int[] {number}, depth, direction, types);
    int place = 1;
    for (int hop = 1; hop < reach.levels().length; hop++) {
      for (; place < reach.levels()[hop]; place++) {
        action.accept(adjacency.id(reach.nodes()[place]), hop);
      }
    }
  }

  /** The nodes on a way with the fewest hops, both ends among them; empty if there is none. */
  public List<NodeId> path(NodeId source, NodeId target, Direction direction, EdgeType... types) {
    int from = adjacency.find(source);
    int to = adjacency.find(target);
    if (from < 0 || to < 0) {
      return List.of();
    }
    var wanted = new LinkedHashSet<>(Arrays.asList(types));
    int[] path = new Paths(adjacency, direction, wanted).shortest(from, to, Integer.MAX_VALUE);
    return path == null ? List.of() : Arrays.stream(path).mapToObj(adjacency::id).toList();
  }
}
