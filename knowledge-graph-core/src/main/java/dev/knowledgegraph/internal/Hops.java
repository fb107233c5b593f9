package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.EdgeShape;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ways along the edges of one state of a graph, as ids and shapes of edges; no types of edges means
 * all of them. There are two kinds: {@link StoredHops} and {@link ArrayHops}.
 */
interface Hops {
  /** How many hops away each node is that is at most {@code depth} away, the starts at 0. */
  Map<NodeId, Integer> within(
      Collection<NodeId> starts, int depth, Direction direction, Set<EdgeType> types);

  /** The shapes of all edges between these nodes. */
  Set<EdgeShape> among(Set<NodeId> nodes, Set<EdgeType> types);

  /** A way with the fewest hops, if there is one with at most {@code maxHops}. */
  Optional<Way> shortest(
      NodeId source, NodeId target, Direction direction, Set<EdgeType> types, int maxHops);

  /** The ways with the fewest hops, by the ids on the way; at most {@code limit}. */
  List<Way> allShortest(
      NodeId source, NodeId target, Direction direction, Set<EdgeType> types, int limit);

  /** A way with the least sum of weights. */
  Optional<Way> lightest(NodeId source, NodeId target, Direction direction, Set<EdgeType> types);

  /**
   * Some nodes one after the other.
   *
   * @param hops for each two nodes side by side the shapes of edges that lead from the one to the
   *     other
   */
  record Way(List<NodeId> nodes, List<Set<EdgeShape>> hops) {}
}
