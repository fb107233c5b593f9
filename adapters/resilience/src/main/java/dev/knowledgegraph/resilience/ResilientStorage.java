package dev.knowledgegraph.resilience;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A storage on a server, asked through two {@link Resilience}s: reads may go on while writes are
 * left alone, and the other way round.
 *
 * <p>A read is tried again. A write is not, unless it is certain that nothing was written: the
 * breaker was open, the bulkhead full, or the storage itself says so with an {@link
 * dev.knowledgegraph.error.UnavailableException} that {@linkplain
 * dev.knowledgegraph.error.UnavailableException#isUntouched is untouched}, as when it got no
 * connection. An append whose answer was lost is resolved by its idempotency key, not here. A read
 * that shows its answer piece by piece is not tried again either, for the pieces would come twice,
 * and has no limit of time.
 */
public final class ResilientStorage extends StorageDecorator {
  static final Set<String> WRITES =
      Set.of("append", "saveCheckpoint", "replaceLease", "park", "unpark");
  static final Set<String> STREAMS = Set.of("forEachNode", "forEachEdge", "readShape");

  private final Resilience reads;
  private final Resilience writes;

  private ResilientStorage(Storage storage, Resilience reads, Resilience writes) {
    super(storage);
    this.reads = reads;
    this.writes = writes;
  }

  /**
   * Around {@code storage}, which it closes with itself.
   *
   * @throws IllegalArgumentException if the storage is in a directory of this machine, or both are
   *     the same
   */
  public static ResilientStorage of(Storage storage, Resilience reads, Resilience writes) {
    if (storage.directory().isPresent()) {
      throw new IllegalArgumentException(
          "storage: expected one on a server, found one in a directory, which no waiting helps");
    }
    if (reads == writes) {
      throw new IllegalArgumentException("expected a breaker for reads and another for writes");
    }
    return new ResilientStorage(storage, reads, writes);
  }

  @Override
  protected <R> R call(String method, Supplier<R> work) {
    if (WRITES.contains(method)) {
      return writes.callOnce(work);
    }
    return STREAMS.contains(method) ? reads.stream(work) : reads.call(work);
  }
}
