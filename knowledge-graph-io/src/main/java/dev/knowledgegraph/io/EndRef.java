package dev.knowledgegraph.io;

import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;

/** How an edge that is read names one of its ends. */
public sealed interface EndRef {
  /** By the id of the node. */
  record ById(NodeId id) implements EndRef {}

  /** By the natural key of the node. */
  record ByKey(NodeKey key) implements EndRef {}
}
