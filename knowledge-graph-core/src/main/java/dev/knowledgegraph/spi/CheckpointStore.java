package dev.knowledgegraph.spi;

import dev.knowledgegraph.model.GraphRef;

/** How far each subscriber has come in each graph's log. */
public interface CheckpointStore {
  /** The last sequence number {@code subscriber} has dealt with; 0 if none. */
  long checkpoint(String subscriber, GraphRef graph);

  /** Notes, durably, that {@code subscriber} has dealt with all up to {@code sequence}. */
  void saveCheckpoint(String subscriber, GraphRef graph, long sequence);
}
