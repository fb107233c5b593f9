package dev.knowledgegraph.resilience;

/** Whether a breaker lets calls pass. Closed until the next major version. */
public enum BreakerState {
  /** All pass. */
  CLOSED,
  /** None passes. */
  OPEN,
  /** Some pass, to see whether it goes well again. */
  HALF_OPEN
}
