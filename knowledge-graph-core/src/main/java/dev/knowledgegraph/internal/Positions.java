package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.Heads.Known;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the logs stand now: from memory if only this process writes, else as the storage says, or
 * as it said not longer ago than the settings allow.
 */
final class Positions {
  private final Storage storage;
  private final Heads heads;
  private final Clock clock;
  private final Duration headAge;
  private final boolean isAlone;

  Positions(Storage storage, Heads heads, Clock clock, Duration headAge) {
    this.storage = storage;
    this.heads = heads;
    this.clock = clock;
    this.headAge = headAge;
    // Who may only read sits beside a process that writes.
    this.isAlone = !storage.isShared() && !storage.isReadOnly();
  }

  /** The graph and its head, looked up anew if what is known is below {@code least}. */
  Optional<Known> now(GraphId graph, long least) {
    var known = heads.known(graph).filter(this::counts);
    return known.isPresent() && known.get().head().sequence() >= least ? known : read(graph);
  }

  /** Whether the log has not moved since; costs a small read if others write, too. */
  boolean isStill(Known known) {
    return isAlone
        ? heads.known(known.graph().id()).equals(Optional.of(known))
        : storage.head(known.graph().ref()).equals(known.head());
  }

  private boolean counts(Known known) {
    if (isAlone) {
      return true;
    }
    var age = Duration.between(known.readAt(), clock.instant());
    return !age.isNegative() && age.compareTo(headAge) < 0;
  }

  private Optional<Known> read(GraphId id) {
    long epoch = heads.epoch(id);
    var readAt = clock.instant();
    var known =
        storage.findGraph(id).map(graph -> new Known(graph, storage.head(graph.ref()), readAt));
    if (isAlone || headAge.isPositive()) {
      known.ifPresent(found -> heads.learn(id, epoch, found));
    }
    return known;
  }
}
