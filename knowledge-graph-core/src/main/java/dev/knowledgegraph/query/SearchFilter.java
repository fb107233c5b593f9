package dev.knowledgegraph.query;

import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeId;
import java.util.List;
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
 * @param graphs in one of these, the caller's own or such as everybody may read, or in the graph of
 *     the query; at most 100 besides that. Empty for the graph of the query only. The other
 *     conditions hold in each graph, but for {@code near} and {@code communities}, which are of one
 *     graph and refused together with others
 */
public record SearchFilter(
    NodeFilter nodes,
    Set<EdgeType> edgeTypes,
    @Nullable Near near,
    Set<Long> communities,
    Set<GraphId> graphs) {
  private static final SearchFilter ALL =
      new SearchFilter(NodeFilter.all(), Set.of(), null, Set.of(), Set.of());

  public SearchFilter {
    Objects.requireNonNull(nodes, "nodes");
    edgeTypes = Set.copyOf(edgeTypes);
    communities = Set.copyOf(communities);
    graphs = Set.copyOf(graphs);
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
    return new SearchFilter(newNodes, edgeTypes, near, communities, graphs);
  }

  public SearchFilter withEdgeTypes(Set<EdgeType> newEdgeTypes) {
    return new SearchFilter(nodes, newEdgeTypes, near, communities, graphs);
  }

  public SearchFilter withNear(@Nullable Near newNear) {
    return new SearchFilter(nodes, edgeTypes, newNear, communities, graphs);
  }

  public SearchFilter withCommunities(Set<Long> newCommunities) {
    return new SearchFilter(nodes, edgeTypes, near, newCommunities, graphs);
  }

  public SearchFilter withGraphs(Set<GraphId> newGraphs) {
    return new SearchFilter(nodes, edgeTypes, near, communities, newGraphs);
  }

  /** The graphs besides that of the query, by id. */
  public List<GraphId> besides(GraphId own) {
    return graphs.stream().filter(graph -> !graph.equals(own)).sorted().toList();
  }
}
