package dev.knowledgegraph.resilience;

import dev.knowledgegraph.error.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long to wait before another try: by chance, up to twice as long each time. */
final class Backoff {
  private static final int MOST_DOUBLINGS = 30;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;

  Backoff(ResilienceSettings settings, RandomGenerator random) {
    this.first = settings.firstWait();
    this.longest = settings.longestWait();
    this.random = random;
  }

  /** After so many failed tries; what failed may have said itself how long. */
  Duration after(int tries, @Nullable Throwable failure) {
    return wish(failure)
        .orElseGet(() -> Duration.ofNanos(random.nextLong(most(tries).toNanos() + 1)));
  }

  /** Whether it wants to be left alone for longer than anybody waits. */
  boolean isTooLong(Throwable failure) {
    return wish(failure).map(wish -> wish.compareTo(longest) > 0).orElse(false);
  }

  private Duration most(int tries) {
    Duration wait = first.multipliedBy(1L << Math.clamp(tries - 1, 0, MOST_DOUBLINGS));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  private static Optional<Duration> wish(@Nullable Throwable failure) {
    return failure instanceof UnavailableException unavailable
        ? unavailable.retryAfter()
        : Optional.empty();
  }
}
