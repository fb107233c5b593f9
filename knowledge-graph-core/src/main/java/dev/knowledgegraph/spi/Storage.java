package dev.knowledgegraph.spi;

import dev.knowledgegraph.model.GraphId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A place where graphs live: their logs, their state, and the checkpoints, dead letters and leases
 * of what follows them. Law:
 *
 * <ol>
 *   <li>A closed storage refuses every call; closing it again does nothing, and other storages stay
 *       open.
 * </ol>
 *
 * Contract: {@code CloseContract} in the TCK.
 */
public interface Storage
    extends EventStore, GraphReader, CheckpointStore, DeadLetterStore, LeaseStore, AutoCloseable {
  /** Whether this process may only read. */
  default boolean isReadOnly() {
    return false;
  }

  /**
   * Whether other processes may write, too: what follows the logs has to look for their commits
   * then.
   */
  default boolean isShared() {
    return false;
  }

  /** A directory beside the store, where what is derived from it may be kept; empty if none. */
  default Optional<Path> directory() {
    return Optional.empty();
  }

  /**
   * Does work during which no other process appends to a graph, if the storage can have them wait:
   * for a command that lost its race again and again, as one does who is slower than another that
   * writes all the time. Nothing depends on it, {@link #append} still refuses what comes too late.
   * Here the work is merely done.
   */
  default void undisturbed(GraphId graph, Runnable work) {
    work.run();
  }

  /** Releases what it holds; a closed storage throws {@link IllegalStateException}. */
  @Override
  void close();
}
