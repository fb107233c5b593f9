package dev.knowledgegraph.storage.dynamodb;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Tries again what failed for now: twice as long is waited each time, up to a limit, at random. */
final class Patience {
  private static final int MOST_DOUBLINGS = 30;

  private final DynamoDbStorageConfig config;

  Patience(DynamoDbStorageConfig config) {
    this.config = config;
  }

  /**
   * What a request that may be sent any number of times answers in the end.
   *
   * @throws dev.knowledgegraph.error.StorageException if it does not
   */
  <T> T ask(Supplier<T> request) {
    for (int tries = 1; ; tries++) {
      try {
        return request.get();
      } catch (SdkException e) {
        if (!Failures.isForNow(e) || isOver(tries)) {
          throw Failures.translate(e);
        }
        pause(tries);
      }
    }
  }

  /** Whether so many tries are enough. */
  boolean isOver(int tries) {
    return tries > config.retries();
  }

  /** Waits after so many tries, from nothing to the most. */
  void pause(int tries) {
    config.pause().accept(Duration.ofNanos(config.random().nextLong(most(tries).toNanos() + 1)));
  }

  private Duration most(int tries) {
    int doublings = Math.clamp(tries - 1L, 0, MOST_DOUBLINGS);
    Duration most = config.firstWait().multipliedBy(1L << doublings);
    return most.compareTo(config.longestWait()) < 0 ? most : config.longestWait();
  }
}
