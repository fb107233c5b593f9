package dev.knowledgegraph.embeddings.http;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the service is, which model it has, and how long to put up with it.
 *
 * @param baseUrl to which {@code /v1/embeddings} is added; without user, query and fragment
 * @param model as the service calls it
 * @param dimension how many components its vectors have
 * @param apiKey asked before each request; an empty one is not sent. It is never logged, and is in
 *     no message
 * @param connectTimeout for the connection
 * @param requestTimeout for a whole answer, its body included; each try has as much
 * @param batchSize how many texts one request has at most
 * @param maxChars how much of a text is sent; the rest is cut. Vectors depend on it, so it is part
 *     of the embedder's name
 * @param maxResponseBytes more than this is not read of an answer
 * @param retries how often a request is sent again that failed for now: with a status of 429 or
 *     from 500 on, or because the network did
 * @param firstWait before the first of them at most; twice as long before each one that follows.
 *     The time waited is random up to that, so that many callers do not come back together
 * @param longestWait the most that is waited, also when the service asks for more in {@code
 *     Retry-After}: then the request fails at once
 * @param breakerFailures after so many failures in a row the service is left alone
 * @param breakerRest for so long; then one request tries it
 * @param clock by which the rest is measured
 */
public record HttpEmbedderConfig(
    URI baseUrl,
    String model,
    int dimension,
    Supplier<String> apiKey,
    Duration connectTimeout,
    Duration requestTimeout,
    int batchSize,
    int maxChars,
    int maxResponseBytes,
    int retries,
    Duration firstWait,
    Duration longestWait,
    int breakerFailures,
    Duration breakerRest,
    Clock clock) {

  /** Checks each value; the message names it, what was expected and what was found. */
  public HttpEmbedderConfig {
    String scheme = String.valueOf(baseUrl.getScheme());
    require(scheme.equals("http") || scheme.equals("https"), "baseUrl: expected http or https");
    require(baseUrl.getHost() != null, "baseUrl: expected a host");
    require(
        baseUrl.getRawUserInfo() == null
            && baseUrl.getRawQuery() == null
            && baseUrl.getRawFragment() == null,
        "baseUrl: expected no user, query or fragment; a key goes into apiKey");
    require(!model.isBlank() && model.length() <= 150, "model: expected 1 to 150 characters");
    between("dimension", dimension, 1, 4_096);
    between("batchSize", batchSize, 1, 2_048);
    between("maxChars", maxChars, 2, 1_000_000);
    between("maxResponseBytes", maxResponseBytes, 1_024, 1 << 30);
    between("retries", retries, 0, 20);
    between("breakerFailures", breakerFailures, 1, 1_000);
    positive("connectTimeout", connectTimeout);
    positive("requestTimeout", requestTimeout);
    positive("firstWait", firstWait);
    positive("longestWait", longestWait);
    positive("breakerRest", breakerRest);
  }

  /** A configuration of which only what must be is given, and the rest may be. */
  public static Builder builder(URI baseUrl, String model, int dimension) {
    return new Builder(baseUrl, model, dimension);
  }

  /** Without the key, and whatever gives it. */
  @Override
  public String toString() {
    return "HttpEmbedderConfig[baseUrl=%s, model=%s, dimension=%d]"
        .formatted(baseUrl, model, dimension);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  private static void between(String name, int value, int least, int most) {
    require(
        value >= least && value <= most,
        "%s: expected %d to %d, found %d".formatted(name, least, most, value));
  }

  private static void positive(String name, Duration value) {
    require(
        value.isPositive() && value.compareTo(Duration.ofDays(1)) <= 0,
        "%s: expected more than nothing and at most a day, found %s".formatted(name, value));
  }

  /** Collects a configuration; what is not said has the value named here. */
  public static final class Builder {
    private final URI baseUrl;
    private final String model;
    private final int dimension;
    private Supplier<String> apiKey = () -> "";
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(60);
    private int batchSize = 64;
    private int maxChars = 8_000;
    private int maxResponseBytes = 32 << 20;
    private int retries = 3;
    private Duration firstWait = Duration.ofMillis(500);
    private Duration longestWait = Duration.ofSeconds(30);
    private int breakerFailures = 5;
    private Duration breakerRest = Duration.ofSeconds(30);
    private Clock clock = Clock.systemUTC();

    private Builder(URI baseUrl, String model, int dimension) {
      this.baseUrl = baseUrl;
      this.model = model;
      this.dimension = dimension;
    }

    /** None. */
    public Builder apiKey(Supplier<String> newApiKey) {
      apiKey = newApiKey;
      return this;
    }

    /** 10 and 60 seconds. */
    public Builder timeouts(Duration connect, Duration request) {
      connectTimeout = connect;
      requestTimeout = request;
      return this;
    }

    /** 64 texts. */
    public Builder batchSize(int newBatchSize) {
      batchSize = newBatchSize;
      return this;
    }

    /** 8,000 characters: what models of 8,191 tokens can read, whatever the language. */
    public Builder maxChars(int newMaxChars) {
      maxChars = newMaxChars;
      return this;
    }

    /** 32 MB. */
    public Builder maxResponseBytes(int newMaxResponseBytes) {
      maxResponseBytes = newMaxResponseBytes;
      return this;
    }

    /** 3 retries, half a second before the first, 30 seconds before any. */
    public Builder retries(int count, Duration first, Duration longest) {
      retries = count;
      firstWait = first;
      longestWait = longest;
      return this;
    }

    /** 30 seconds after 5 failures. */
    public Builder breaker(int failures, Duration rest) {
      breakerFailures = failures;
      breakerRest = rest;
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
    public HttpEmbedderConfig build() {
      return new HttpEmbedderConfig(
          baseUrl,
          model,
          dimension,
          apiKey,
          connectTimeout,
          requestTimeout,
          batchSize,
          maxChars,
          maxResponseBytes,
          retries,
          firstWait,
          longestWait,
          breakerFailures,
          breakerRest,
          clock);
    }
  }
}
