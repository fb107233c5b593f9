package dev.knowledgegraph.spi;

import dev.knowledgegraph.model.GraphRef;

/**
 * How far each subscriber has come in each graph's log. Laws:
 *
 * <ol>
 *   <li>A checkpoint is what was saved last, smaller or greater; 0 before.
 *   <li>Each subscriber has its own in each graph, and nobody but the graph's owner sees or moves
 *       it.
 *   <li>It outlives the process wherever the log does.
 * </ol>
 *
 * May be shared between threads. Contract: {@code CheckpointContract} in the TCK; law 3 in {@code
 * AppendContract}.
 */
public interface CheckpointStore {
  /** The last sequence number {@code subscriber} has dealt with; 0 if none. */
  long checkpoint(String subscriber, GraphRef graph);

  /** Notes, durably, that {@code subscriber} has dealt with all up to {@code sequence}. */
  void saveCheckpoint(String subscriber, GraphRef graph, long sequence);
}
