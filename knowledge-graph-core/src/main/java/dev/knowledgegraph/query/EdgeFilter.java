package dev.knowledgegraph.query;

import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which edges count. All conditions must hold.
 *
 * @param node has this node as an end, on the side {@code direction} says; null for any
 * @param types one of these; empty for any
 */
public record EdgeFilter(@Nullable NodeId node, Direction direction, List<EdgeType> types) {
  private static final EdgeFilter ALL = new EdgeFilter(null, Direction.BOTH, List.of());

  public EdgeFilter {
    types = List.copyOf(types);
  }

  /** Every edge. */
  public static EdgeFilter all() {
    return ALL;
  }
}
