package dev.knowledgegraph.resilience;

import java.time.Duration;

/**
 * How often, how long and how many at once.
 *
 * @param tries how often a call is tried at most, the first one included; 1 to 100
 * @param firstWait the most that is waited after the first failed try; twice as much after each one
 *     that follows. How long it is, is random from nothing up to that
 * @param longestWait the most that is waited in any case. A service that wants more is not waited
 *     for
 * @param failurePercent the breaker opens when so many of the last {@code calls} failed; 1 to 100
 * @param calls how many calls the breaker looks back at; 1 to 10,000
 * @param rest how long an open breaker lets nobody pass
 * @param probes how many calls must then go well until it closes; 1 to 1,000
 * @param timeout the longest that one try may take; zero for no limit. What takes longer is
 *     interrupted
 * @param concurrent how many calls there are at once at most; 1 to 100,000
 * @param longestQueue how long a call waits for its turn; zero for not at all
 */
public record ResilienceSettings(
    int tries,
    Duration firstWait,
    Duration longestWait,
    int failurePercent,
    int calls,
    Duration rest,
    int probes,
    Duration timeout,
    int concurrent,
    Duration longestQueue) {
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final ResilienceSettings DEFAULTS =
      new ResilienceSettings(
          5,
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          50,
          20,
          Duration.ofSeconds(10),
          3,
          Duration.ofSeconds(30),
          64,
          Duration.ofSeconds(1));

  /** Checks each value; the message names it, what was expected and what was found. */
  public ResilienceSettings {
    between("tries", tries, 1, 100);
    between("failurePercent", failurePercent, 1, 100);
    between("calls", calls, 1, 10_000);
    between("probes", probes, 1, 1_000);
    between("concurrent", concurrent, 1, 100_000);
    positive("firstWait", firstWait);
    positive("longestWait", longestWait);
    positive("rest", rest);
    notNegative("timeout", timeout);
    notNegative("longestQueue", longestQueue);
  }

  /**
   * Five tries, up to 50 ms after the first and up to 5 s after any; a breaker that opens at half
   * of 20 calls for 10 s and wants 3 probes; 30 s for a try; 64 calls at once, the next waiting 1
   * s.
   */
  public static ResilienceSettings defaults() {
    return DEFAULTS;
  }

  /** The same with other tries. */
  public ResilienceSettings withTries(int count, Duration first, Duration longest) {
    return new ResilienceSettings(
        count,
        first,
        longest,
        failurePercent,
        calls,
        rest,
        probes,
        timeout,
        concurrent,
        longestQueue);
  }

  /** The same with another breaker. */
  public ResilienceSettings withBreaker(int percent, int of, Duration resting, int wanted) {
    return new ResilienceSettings(
        tries,
        firstWait,
        longestWait,
        percent,
        of,
        resting,
        wanted,
        timeout,
        concurrent,
        longestQueue);
  }

  /** The same with another time for a try; zero for no limit. */
  public ResilienceSettings withTimeout(Duration longest) {
    return new ResilienceSettings(
        tries,
        firstWait,
        longestWait,
        failurePercent,
        calls,
        rest,
        probes,
        longest,
        concurrent,
        longestQueue);
  }

  /** The same with another bulkhead. */
  public ResilienceSettings withBulkhead(int atOnce, Duration longest) {
    return new ResilienceSettings(
        tries,
        firstWait,
        longestWait,
        failurePercent,
        calls,
        rest,
        probes,
        timeout,
        atOnce,
        longest);
  }

  /** How many of {@link #calls} must fail until the breaker opens. */
  int failures() {
    return Math.max(1, Math.ceilDiv(failurePercent * calls, 100));
  }

  private static void between(String name, int value, int least, int most) {
    require(
        value >= least && value <= most,
        "%s: expected %d to %d, found %d".formatted(name, least, most, value));
  }

  private static void positive(String name, Duration value) {
    require(
        value.isPositive() && value.compareTo(LONGEST) <= 0,
        "%s: expected more than nothing and at most a day, found %s".formatted(name, value));
  }

  private static void notNegative(String name, Duration value) {
    require(
        !value.isNegative() && value.compareTo(LONGEST) <= 0,
        "%s: expected nothing up to a day, found %s".formatted(name, value));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
