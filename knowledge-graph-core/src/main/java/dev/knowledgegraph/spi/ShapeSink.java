package dev.knowledgegraph.spi;

import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;

/** Takes the shape of a graph as a storage reads it: every node first, then every edge. */
public interface ShapeSink {
  /**
   * A node.
   *
   * @param number what {@link #edge} names it by: 0 or more, its own in this read, and not much
   *     larger than the number of nodes there ever were
   */
  void node(int number, NodeId id);

  /** An edge between nodes that were named before. */
  void edge(int source, int target, EdgeType type, boolean directed, double weight);
}
