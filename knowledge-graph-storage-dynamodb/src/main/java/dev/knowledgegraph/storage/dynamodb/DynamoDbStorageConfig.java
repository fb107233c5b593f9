package dev.knowledgegraph.storage.dynamodb;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Which table, and how to put up with it.
 *
 * @param table its name
 * @param buckets over how many partitions each family of items of a graph is spread, for graphs
 *     that begin here; others keep what they have. More take more writes a second (about 1,000
 *     units each until the service splits them) and cost a request each to list a graph
 * @param threads how many requests of one call run at the same time
 * @param retries how often a request is sent again that failed for now
 * @param firstWait before the first of them at most; twice as long before each one that follows.
 *     The time waited is random up to that, so that many writers do not come back together
 * @param longestWait the most that is waited
 * @param clock by which items expire
 * @param random for waits and for the ids of attempts, which must differ between all processes
 * @param pause waits
 */
public record DynamoDbStorageConfig(
    String table,
    int buckets,
    int threads,
    int retries,
    Duration firstWait,
    Duration longestWait,
    Clock clock,
    RandomGenerator random,
    Consumer<Duration> pause) {

  /** Checks each value; the message names it, what was expected and what was found. */
  public DynamoDbStorageConfig {
    if (!table.matches("[A-Za-z0-9_.-]{3,255}")) {
      throw new IllegalArgumentException(
          "table: expected 3 to 255 of the characters a-z A-Z 0-9 _ - .");
    }
    between("buckets", buckets, 1, 256);
    between("threads", threads, 1, 256);
    between("retries", retries, 0, 50);
    positive("firstWait", firstWait);
    positive("longestWait", longestWait);
  }

  private static void between(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: expected %d to %d, found %d".formatted(name, least, most, value));
    }
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive() || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "%s: expected more than nothing and at most a day, found %s".formatted(name, value));
    }
  }

  /** The usual, for a table. */
  public static DynamoDbStorageConfig of(String table) {
    return builder(table).build();
  }

  /** A configuration of which only the table must be said. */
  public static Builder builder(String table) {
    return new Builder(table);
  }

  /** Collects a configuration; what is not said has the value named here. */
  public static final class Builder {
    private final String table;
    private int buckets = 8;
    private int threads = 16;
    private int retries = 10;
    private Duration firstWait = Duration.ofMillis(25);
    private Duration longestWait = Duration.ofSeconds(5);
    private Clock clock = Clock.systemUTC();
    private RandomGenerator random = new SecureRandom();
    private Consumer<Duration> pause = wait -> LockSupport.parkNanos(wait.toNanos());

    private Builder(String table) {
      this.table = table;
    }

    /** 8. */
    public Builder buckets(int newBuckets) {
      buckets = newBuckets;
      return this;
    }

    /** 16. */
    public Builder threads(int newThreads) {
      threads = newThreads;
      return this;
    }

    /** 10 retries, 25 milliseconds before the first, 5 seconds before any. */
    public Builder retries(int count, Duration first, Duration longest) {
      retries = count;
      firstWait = first;
      longestWait = longest;
      return this;
    }

    /** The system's. */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /** A secure one; another must be fit for many threads. */
    public Builder random(RandomGenerator newRandom) {
      random = newRandom;
      return this;
    }

    /** Lets the thread sleep. */
    public Builder pause(Consumer<Duration> newPause) {
      pause = newPause;
      return this;
    }

    /**
     * What was said.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public DynamoDbStorageConfig build() {
      return new DynamoDbStorageConfig(
          table, buckets, threads, retries, firstWait, longestWait, clock, random, pause);
    }
  }
}
