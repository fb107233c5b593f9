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
 * @param communities is in one of these, by the ids that {@link GraphQuery.FindCommunities} gives
 *     them at resolution 1, seed 0; empty for any or none
 */
public record SearchFilter(
    NodeFilter nodes, Set<EdgeType> edgeTypes, @Nullable Near near, Set<Long> communities) {
  private static final SearchFilter ALL =
      new SearchFilter(NodeFilter.all(), Set.of(), null, Set.of());

  public SearchFilter {
    Objects.requireNonNull(nodes, "nodes");
    edgeTypes = Set.copyOf(edgeTypes);
    communities = Set.copyOf(communities);
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
    return new SearchFilter(newNodes, edgeTypes, near, communities);
  }

  public SearchFilter withEdgeTypes(Set<EdgeType> newEdgeTypes) {
    return new SearchFilter(nodes, newEdgeTypes, near, communities);
  }

  public SearchFilter withNear(@Nullable Near newNear) {
    return new SearchFilter(nodes, edgeTypes, newNear, communities);
  }

  public SearchFilter withCommunities(Set<Long> newCommunities) {
    return new SearchFilter(nodes, edgeTypes, near, newCommunities);
  }
}
