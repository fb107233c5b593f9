package dev.knowledgegraph.embeddings.http;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Tries again what failed for now, and leaves alone for a while what fails again and again. Many
 * callers share one, as they share the service.
 *
 * <p>The breaker is Failsafe's; but how long it stays open is measured by the clock that was given,
 * which Failsafe's own cannot be.
 */
final class Patience {
  private final RetryPolicy<Answer> retry;
  private final CircuitBreaker<Answer> breaker;
  private final Clock clock;
  private final Duration firstWait;
  private final Duration longestWait;

  private volatile Instant end = Instant.MAX;

  Patience(HttpEmbedderConfig config) {
    clock = config.clock();
    firstWait = config.firstWait();
    longestWait = config.longestWait();
    breaker =
        CircuitBreaker.<Answer>builder()
            .handleResultIf(Answer::isForNow)
            .withFailureThreshold(config.breakerFailures())
            .withSuccessThreshold(1)
            .withDelay(Duration.ofNanos(Long.MAX_VALUE))
            .onOpen(opened -> end = clock.instant().plus(config.breakerRest()))
            .onHalfOpen(tried -> end = Instant.MAX)
            .build();
    retry =
        RetryPolicy.<Answer>builder()
            .handleIf(e -> false)
            .handleResultIf(this::isWorthWaiting)
            .abortIf((answer, e) -> breaker.isOpen())
            .withMaxRetries(config.retries())
            .withDelayFn(tried -> wait(tried.getAttemptCount(), tried.getLastResult()))
            .build();
  }

  /**
   * The last answer, or none if the service is left alone.
   *
   * @throws InterruptedException if the caller was interrupted while it waited
   */
  Optional<Answer> ask(Supplier<Answer> question) throws InterruptedException {
    if (breaker.isOpen() && !clock.instant().isBefore(end)) {
      breaker.halfOpen();
    }
    try {
      return Optional.of(Failsafe.with(retry, breaker).get(question::get));
    } catch (CircuitBreakerOpenException e) {
      return Optional.empty();
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw e;
    }
  }

  private boolean isWorthWaiting(Answer answer) {
    return answer.isForNow()
        && answer.wish().map(wish -> wish.compareTo(longestWait) <= 0).orElse(true);
  }

  private Duration wait(int tries, Answer answer) {
    return answer
        .wish()
        .orElseGet(
            () -> {
              Duration most = longest(tries, firstWait, longestWait);
              return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most.toNanos() + 1));
            });
  }

  /** The most that is waited after so many tries: twice as long each time, up to a limit. */
  static Duration longest(int tries, Duration first, Duration limit) {
    int doublings = Math.clamp(tries - 1, 0, 20);
    Duration wait = first.multipliedBy(1L << doublings);
    return wait.compareTo(limit) < 0 ? wait : limit;
  }
}
