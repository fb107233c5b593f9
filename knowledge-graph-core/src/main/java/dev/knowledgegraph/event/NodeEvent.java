package dev.knowledgegraph.event;

import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a node. */
public sealed interface NodeEvent extends GraphEvent {
  /** The node it happened to. */
  NodeId node();

  record NodeAdded(NodeId node, NodeData data) implements NodeEvent {}

  record NodeContentChanged(NodeId node, Content content) implements NodeEvent {}

  /** It has these labels now. */
  record NodeRelabelled(NodeId node, Labels labels) implements NodeEvent {}

  /** It got these tags in addition. */
  record NodeTagged(NodeId node, Tags tags) implements NodeEvent {}

  /** It lost these tags. */
  record NodeUntagged(NodeId node, Tags tags) implements NodeEvent {}

  /** It stands there now; null if nowhere. */
  record NodeMoved(NodeId node, @Nullable Coordinates position) implements NodeEvent {}

  /** It has these properties now. */
  record NodePropertiesChanged(NodeId node, Properties properties) implements NodeEvent {}

  record NodePublished(NodeId node) implements NodeEvent {}

  record NodeArchived(NodeId node) implements NodeEvent {}

  /** It is a draft again. */
  record NodeRestored(NodeId node) implements NodeEvent {}

  /** It has this natural key now; null if none. */
  record NodeKeyed(NodeId node, @Nullable NodeKey key) implements NodeEvent {}

  /** It ended, and by rule all its edges with it. */
  record NodeRemoved(NodeId node) implements NodeEvent {}

  record NodeCategorized(NodeId node, CategoryId category, double confidence, Origin origin)
      implements NodeEvent {}

  record NodeUncategorized(NodeId node, CategoryId category) implements NodeEvent {}

  /**
   * {@code absorbed} ended and lives on in {@code node}.
   *
   * @param data what the surviving node holds now
   * @param moved edges of the absorbed node that now start or end at the surviving one; its other
   *     edges ended
   */
  record NodeMerged(NodeId node, NodeId absorbed, NodeData data, List<EdgeId> moved)
      implements NodeEvent {
    public NodeMerged {
      moved = List.copyOf(moved);
    }
  }

  /**
   * The merge of {@code absorbed} was taken back: both nodes and their edges are as they were at
   * {@code before}, the sequence number just before the merge.
   */
  record NodeUnmerged(NodeId node, NodeId absorbed, Restored restored) implements NodeEvent {}

  /** What an unmerge brings back. */
  record Restored(
      NodeData survivor,
      NodeData absorbed,
      List<EdgeEvent.EdgeAdded> moved,
      List<EdgeEvent.EdgeAdded> ended) {
    public Restored {
      moved = List.copyOf(moved);
      ended = List.copyOf(ended);
    }
  }
}
