package dev.knowledgegraph.resilience;

import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Failsafe's circuit breaker. How long it stays open is measured by the time that was given, which
 * Failsafe's own cannot be: it is told to stay open for ever, and half-opened from here.
 */
final class Breaker {
  private final CircuitBreaker<Object> breaker;
  private final Time time;
  private volatile long end;

  Breaker(ResilienceSettings settings, Time time, BiConsumer<BreakerState, BreakerState> changed) {
    this.time = time;
    this.breaker =
        CircuitBreaker.builder()
            .withFailureThreshold(settings.failures(), settings.calls())
            .withSuccessThreshold(settings.probes())
            .withDelay(Duration.ofNanos(Long.MAX_VALUE))
            .onOpen(
                event -> {
                  end = time.nanos() + settings.rest().toNanos();
                  changed.accept(state(event.getPreviousState()), BreakerState.OPEN);
                })
            .onHalfOpen(
                event -> changed.accept(state(event.getPreviousState()), BreakerState.HALF_OPEN))
            .onClose(event -> changed.accept(state(event.getPreviousState()), BreakerState.CLOSED))
            .build();
  }

  /** Whether a call may pass; whoever may must say how it went. */
  boolean letsPass() {
    synchronized (this) {
      if (breaker.isOpen() && time.nanos() - end >= 0) {
        breaker.halfOpen();
      }
    }
    return breaker.tryAcquirePermit();
  }

  void succeeded() {
    breaker.recordSuccess();
  }

  void failed() {
    breaker.recordFailure();
  }

  BreakerState state() {
    return state(breaker.getState());
  }

  int failures() {
    return (int) breaker.getFailureCount();
  }

  int successes() {
    return breaker.getSuccessCount();
  }

  private static BreakerState state(CircuitBreaker.State state) {
    return switch (state) {
      case CLOSED -> BreakerState.CLOSED;
      case OPEN -> BreakerState.OPEN;
      case HALF_OPEN -> BreakerState.HALF_OPEN;
    };
  }
}
