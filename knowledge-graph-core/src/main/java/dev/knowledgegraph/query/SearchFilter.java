package dev.knowledgegraph.query;

import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes a search is about. All conditions must hold.
 *
 * @param nodes what the nodes themselves must be
 * @param edgeTypes has an edge of one of these types; empty for any
 * @param near null for anywhere
 */
public record SearchFilter(NodeFilter nodes, Set<EdgeType> edgeTypes, @Nullable Near near) {
  private static final SearchFilter ALL = new SearchFilter(NodeFilter.all(), Set.of(), null);

  public SearchFilter {
    Objects.requireNonNull(nodes, "nodes");
    edgeTypes = Set.copyOf(edgeTypes);
  }

  /**
   * Within so many hops of a node, whatever the direction; the node itself counts too.
   *
   * @param hops 0 to 10
   */
  public record Near(NodeId node, int hops) {
    public Near {
      Objects.requireNonNull(node, "node");
    }
  }

  /** Every node. */
  public static SearchFilter all() {
    return ALL;
  }

  public SearchFilter withNodes(NodeFilter newNodes) {
    return new SearchFilter(newNodes, edgeTypes, near);
  }

  public SearchFilter withEdgeTypes(Set<EdgeType> newEdgeTypes) {
    return new SearchFilter(nodes, newEdgeTypes, near);
  }

  public SearchFilter withNear(@Nullable Near newNear) {
    return new SearchFilter(nodes, edgeTypes, newNear);
  }
}
