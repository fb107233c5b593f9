package dev.knowledgegraph.event;

import dev.knowledgegraph.model.GraphId;
import java.util.Objects;

/**
 * A place in the log of a graph: after its {@code sequence}-th commit. Sequence numbers of a graph
 * are gapless from 1; positions of different graphs have no order.
 */
public record Position(GraphId graph, long sequence) {
  public Position {
    Objects.requireNonNull(graph, "graph");
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence: expected 0 or more, found " + sequence);
    }
  }
}
