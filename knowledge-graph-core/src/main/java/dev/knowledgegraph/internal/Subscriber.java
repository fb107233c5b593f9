package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What follows the logs of all graphs from its checkpoints. For one thread at a time. */
public interface Subscriber {
  /**
   * Takes what it has not seen of a graph.
   *
   * @param mayGoOn asked after each piece of it: whether this is still the process that delivers;
   *     if not, nothing is noted and the rest is left
   * @return whether it has seen all of it now; false if the log position is held
   */
  boolean deliver(GraphRef graph, BooleanSupplier mayGoOn);

  /** What its dead letters are replayed to; empty if it has none. */
  Optional<ElementPublisher> elementPublisher();

  /** Makes one for an open store. */
  @FunctionalInterface
  interface Factory {
    /** The subscriber that keeps its checkpoints under {@code name}. */
    Subscriber on(String name, Storage storage, Clock clock);
  }
}
