package dev.knowledgegraph.command;

import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.Tags;
import org.jspecify.annotations.Nullable;

/** Wishes about a node. */
public sealed interface NodeCommand extends GraphCommand {
  /** The node it is about. */
  NodeId node();

  record AddNode(GraphId graph, NodeId node, NodeData data) implements NodeCommand {}

  /** Makes the node hold {@code data}, whatever it held; one event per part that differs. */
  record SetNode(GraphId graph, NodeId node, NodeData data) implements NodeCommand {}

  record ChangeContent(GraphId graph, NodeId node, Content content) implements NodeCommand {}

  record Relabel(GraphId graph, NodeId node, Labels labels) implements NodeCommand {}

  record Tag(GraphId graph, NodeId node, Tags tags) implements NodeCommand {}

  record Untag(GraphId graph, NodeId node, Tags tags) implements NodeCommand {}

  record Move(GraphId graph, NodeId node, @Nullable Coordinates position) implements NodeCommand {}

  record ChangeProperties(GraphId graph, NodeId node, Properties properties)
      implements NodeCommand {}

  record Publish(GraphId graph, NodeId node) implements NodeCommand {}

  record Archive(GraphId graph, NodeId node) implements NodeCommand {}

  record Restore(GraphId graph, NodeId node) implements NodeCommand {}

  record SetKey(GraphId graph, NodeId node, @Nullable NodeKey key) implements NodeCommand {}

  /** Ends the node and all its edges. */
  record RemoveNode(GraphId graph, NodeId node) implements NodeCommand {}

  record Categorize(
      GraphId graph, NodeId node, CategoryId category, double confidence, Origin origin)
      implements NodeCommand {}

  record Uncategorize(GraphId graph, NodeId node, CategoryId category) implements NodeCommand {}

  /**
   * Lets {@code node} absorb another: it gets its labels, tags, missing properties and edges; edges
   * between the two, and those that would double one, end.
   */
  record MergeNodes(GraphId graph, NodeId node, NodeId absorbed) implements NodeCommand {}

  /** Takes back the merge that ended {@code absorbed}, exactly; refused if either has changed. */
  record UnmergeNode(GraphId graph, NodeId node, NodeId absorbed) implements NodeCommand {}
}
