package dev.knowledgegraph.resilience;

/**
 * How what is called has been doing.
 *
 * @param name as it was given to {@link Resilience#builder}
 * @param failures of the calls the breaker looks back at
 * @param successes of the same calls
 * @param tries all there ever were, those not asked left out
 * @param notAsked how many calls found the breaker open or the bulkhead full
 */
public record Health(
    String name, BreakerState state, int failures, int successes, long tries, long notAsked) {}
