package dev.knowledgegraph.query;

import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which edges count. All conditions must hold.
 *
 * @param node is an edge of this node that counts in {@code direction}; null for any
 * @param types one of these; empty for any
 */
public record EdgeFilter(@Nullable NodeId node, Direction direction, List<EdgeType> types) {
  private static final EdgeFilter ALL = new EdgeFilter(null, Direction.BOTH, List.of());

  public EdgeFilter {
    types = List.copyOf(types);
  }

  /** Whether all conditions hold for {@code edge}. */
  public boolean matches(Edge edge) {
    return (types.isEmpty() || types.contains(edge.type())) && (node == null || isEnd(node, edge));
  }

  private boolean isEnd(NodeId end, Edge edge) {
    return (end.equals(edge.source()) && direction.counts(true, edge.directed()))
        || (end.equals(edge.target()) && direction.counts(false, edge.directed()));
  }

  /** Every edge. */
  public static EdgeFilter all() {
    return ALL;
  }
}
