package dev.knowledgegraph.io;

import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.NodeId;

/**
 * Takes what a format reads, in the order of the file. A source is read twice, once for its nodes
 * and once for its edges: a format may save itself the work of what is not wanted, or pass it all.
 */
public interface RecordSink {
  /** Takes a node. */
  void node(NodeRecord node);

  /** Takes an edge. */
  void edge(EdgeRecord edge);

  /** Takes a category; one that is above it comes before it. */
  default void category(CategoryId id, CategoryData data, Place place) {}

  /** Takes that a node belongs to a category. */
  default void categorize(NodeId node, Categorization categorization, Place place) {}

  /** Notes a part of the input that cannot be used; the format goes on after it if this returns. */
  void reject(Place place, String reason);

  /** Notes a reference to something the source does not have, which is not an error. */
  void unresolved(Place place, String reference);

  /** Notes how far the reading is. */
  default void progress(Place place) {}

  /** Whether this pass uses nodes. */
  default boolean wantsNodes() {
    return true;
  }

  /** Whether this pass uses edges. */
  default boolean wantsEdges() {
    return true;
  }
}
