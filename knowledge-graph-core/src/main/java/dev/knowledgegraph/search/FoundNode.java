package dev.knowledgegraph.search;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which node was found. A graph that was restored under another id has nodes with the ids of the
 * first, so a node's id alone does not say. Ordered by the node, then by the graph.
 */
public record FoundNode(GraphId graph, NodeId node) implements Comparable<FoundNode> {
  public FoundNode {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(node, "node");
  }

  /** Which node this is. */
  public static FoundNode of(Node node) {
    return new FoundNode(node.graph(), node.id());
  }

  @Override
  public int compareTo(FoundNode other) {
    int order = node.compareTo(other.node);
    return order != 0 ? order : graph.compareTo(other.graph);
  }

  // Written out because a process that asks once waits for the generated forms to be linked.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FoundNode that && node.equals(that.node) && graph.equals(that.graph);
  }

  @Override
  public int hashCode() {
    return 31 * graph.value().hashCode() + node.hashCode();
  }
}
