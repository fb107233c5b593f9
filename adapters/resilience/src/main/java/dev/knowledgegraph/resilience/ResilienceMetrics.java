package dev.knowledgegraph.resilience;

import java.time.Duration;

/**
 * Is told what becomes of calls, to count and time them. Called in the thread of the caller, so it
 * must be quick; what it throws is logged and changes nothing. Must be safe to share between
 * threads.
 */
public interface ResilienceMetrics {
  /** Nobody measures. */
  ResilienceMetrics NONE = new ResilienceMetrics() {};

  /** One try has ended. */
  default void tried(Try tried) {}

  /** A breaker has changed its state. */
  default void changed(Change change) {}

  /**
   * One try of a call.
   *
   * @param name of what is called, as it was given to {@link Resilience#builder}
   * @param number 1 for the first try of a call
   * @param duration zero if it was not asked
   */
  record Try(String name, int number, Outcome outcome, Duration duration) {}

  /** What became of a try. Closed until the next major version. */
  sealed interface Outcome {
    /** It was answered, be it with a refusal that no other try would change. */
    record Answered() implements Outcome {}

    /**
     * It failed, and the breaker counts it.
     *
     * @param code of the {@link dev.knowledgegraph.error.KnowledgeGraphException}, or the name of
     *     the JDK's exception
     */
    record Failed(String code) implements Outcome {}

    /**
     * It was not asked at all.
     *
     * @param code CIRCUIT_OPEN or BULKHEAD_FULL
     */
    record NotAsked(String code) implements Outcome {}
  }

  /** A breaker's step from one state to another. */
  record Change(String name, BreakerState from, BreakerState to) {}
}
