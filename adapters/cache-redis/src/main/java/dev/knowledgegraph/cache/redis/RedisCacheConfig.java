package dev.knowledgegraph.cache.redis;

import dev.knowledgegraph.resilience.Resilience;
import dev.knowledgegraph.resilience.ResilienceMetrics;
import dev.knowledgegraph.resilience.ResilienceSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where the server is, and how long to put up with it.
 *
 * @param address {@code redis://USER:PASSWORD@HOST:PORT/DATABASE}, or {@code rediss://…} for TLS,
 *     of which only the host must be; anything but TLS shows password and answers to who listens
 * @param prefix what all keys on the server begin with; 1 to 100 printable characters of ASCII
 *     without spaces
 * @param connectTimeout how long to wait for a connection; 1 ms to a minute
 * @param timeout how long to wait for an answer, and for a free connection; 1 ms to a minute
 * @param connections how many there are at most; 1 to 1,000
 * @param fallbackEntries how many values that the server did not take are kept in memory; 1 or more
 * @param longestLife how long a value lives at most, whatever {@code put} says; 1 ms to a year
 * @param resilience when to leave the server alone and for how long; its bulkhead is not used,
 *     since {@code connections} and {@code timeout} say it
 * @param metrics is told of every call, and of the breaker
 * @param clock what lives are measured by; processes that share a server should agree on the time
 */
public record RedisCacheConfig(
    URI address,
    String prefix,
    Duration connectTimeout,
    Duration timeout,
    int connections,
    int fallbackEntries,
    Duration longestLife,
    ResilienceSettings resilience,
    ResilienceMetrics metrics,
    Clock clock) {
  private static final int USUAL_PORT = 6379;
  private static final Pattern PREFIX = Pattern.compile("[!-~]{1,100}");
  private static final Pattern DATABASE = Pattern.compile("/?|/\\d{1,4}");

  /** Checks each value; the message names it, and never holds a password. */
  public RedisCacheConfig {
    String scheme = String.valueOf(address.getScheme());
    require(scheme.equals("redis") || scheme.equals("rediss"), "address: expected redis or rediss");
    require(address.getHost() != null, "address: expected a host");
    require(
        address.getRawQuery() == null && address.getRawFragment() == null,
        "address: expected nothing after the database");
    require(
        DATABASE.matcher(address.getRawPath()).matches(), "address: expected a number as database");
    String user = address.getRawUserInfo();
    require(user == null || user.contains(":"), "address: expected USER:PASSWORD before the host");
    require(
        PREFIX.matcher(prefix).matches(),
        "prefix: expected 1 to 100 printable characters of ASCII without spaces");
    within("connectTimeout", connectTimeout, Duration.ofMinutes(1));
    within("timeout", timeout, Duration.ofMinutes(1));
    within("longestLife", longestLife, Duration.ofDays(365));
    require(
        connections >= 1 && connections <= 1_000,
        "connections: expected 1 to 1,000, found " + connections);
    require(fallbackEntries >= 1, "fallbackEntries: expected 1 or more, found " + fallbackEntries);
  }

  /** A configuration of which only the address must be given. */
  public static Builder builder(URI address) {
    return new Builder(address);
  }

  boolean isEncrypted() {
    return address.getScheme().equals("rediss");
  }

  int port() {
    return address.getPort() < 0 ? USUAL_PORT : address.getPort();
  }

  int database() {
    String path = address.getRawPath();
    return path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
  }

  /** Where it is, without user and password. */
  String shownAddress() {
    return address.getScheme() + "://" + address.getHost() + ":" + port() + "/" + database();
  }

  Resilience newResilience() {
    return Resilience.builder("the cache at " + shownAddress())
        .settings(resilience.withBulkhead(connections, timeout))
        .metrics(metrics)
        .build();
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "RedisCacheConfig[address=" + shownAddress() + ", prefix=" + prefix + "]";
  }

  private static void within(String name, Duration value, Duration most) {
    require(
        value.compareTo(Duration.ofMillis(1)) >= 0 && value.compareTo(most) <= 0,
        "%s: expected 1 ms to %s, found %s".formatted(name, most, value));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Collects a configuration; what is not said has the value named here. For one thread. */
  public static final class Builder {
    private final URI address;
    private String prefix = "kg:";
    private Duration connectTimeout = Duration.ofMillis(200);
    private Duration timeout = Duration.ofMillis(200);
    private int connections = 8;
    private int fallbackEntries = 1_000;
    private Duration longestLife = Duration.ofDays(1);
    private ResilienceSettings resilience =
        ResilienceSettings.defaults()
            .withTries(1, Duration.ofMillis(1), Duration.ofMillis(1))
            .withBreaker(50, 4, Duration.ofSeconds(5), 1)
            .withTimeout(Duration.ZERO);
    private ResilienceMetrics metrics = ResilienceMetrics.NONE;
    private Clock clock = Clock.systemUTC();

    private Builder(URI address) {
      this.address = address;
    }

    /** {@code kg:}. */
    public Builder prefix(String newPrefix) {
      prefix = newPrefix;
      return this;
    }

    /** 200 milliseconds. */
    public Builder connectTimeout(Duration newConnectTimeout) {
      connectTimeout = newConnectTimeout;
      return this;
    }

    /** 200 milliseconds. */
    public Builder timeout(Duration newTimeout) {
      timeout = newTimeout;
      return this;
    }

    /** 8. */
    public Builder connections(int newConnections) {
      connections = newConnections;
      return this;
    }

    /** 1,000. */
    public Builder fallbackEntries(int newFallbackEntries) {
      fallbackEntries = newFallbackEntries;
      return this;
    }

    /** A day. */
    public Builder longestLife(Duration newLongestLife) {
      longestLife = newLongestLife;
      return this;
    }

    /** One try; left alone for 5 seconds when half of four calls failed, then one probe. */
    public Builder resilience(ResilienceSettings newResilience) {
      resilience = newResilience;
      return this;
    }

    /** None. */
    public Builder metrics(ResilienceMetrics newMetrics) {
      metrics = newMetrics;
      return this;
    }

    /** The system's. */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /**
     * What was said.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public RedisCacheConfig build() {
      return new RedisCacheConfig(
          address,
          prefix,
          connectTimeout,
          timeout,
          connections,
          fallbackEntries,
          longestLife,
          resilience,
          metrics,
          clock);
    }
  }
}
