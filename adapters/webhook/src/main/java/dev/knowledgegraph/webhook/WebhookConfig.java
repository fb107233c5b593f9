package dev.knowledgegraph.webhook;

import dev.knowledgegraph.resilience.Resilience;
import dev.knowledgegraph.resilience.ResilienceMetrics;
import dev.knowledgegraph.resilience.ResilienceSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where events are sent, and how long to put up with the receiver.
 *
 * @param address to which each event is posted; https, unless it is on this machine or plain http
 *     was allowed; without user and fragment
 * @param secret asked before each request, so that it can be changed; never logged
 * @param connectTimeout for the connection; how long a whole request may take is in {@code
 *     resilience}
 * @param resilience how often and how long to try, and when to leave the receiver alone; a {@code
 *     Retry-After} beyond {@link ResilienceSettings#longestWait} is not waited for
 * @param metrics is told of every try
 * @param clock for timestamps, and dates in {@code Retry-After}
 */
public record WebhookConfig(
    URI address,
    Supplier<WebhookSecret> secret,
    Duration connectTimeout,
    ResilienceSettings resilience,
    ResilienceMetrics metrics,
    Clock clock) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(0*:)*0*1]");

  /** Checks each value; the message names it, what was expected and what was found. */
  public WebhookConfig {
    String scheme = String.valueOf(address.getScheme());
    require(scheme.equals("http") || scheme.equals("https"), "address: expected https");
    require(address.getHost() != null, "address: expected a host");
    require(
        address.getRawUserInfo() == null && address.getRawFragment() == null,
        "address: expected no user and no fragment");
    require(
        connectTimeout.isPositive() && connectTimeout.compareTo(Duration.ofDays(1)) <= 0,
        "connectTimeout: expected more than nothing and at most a day, found " + connectTimeout);
  }

  /** A configuration of which only what must be is given, and the rest may be. */
  public static Builder builder(URI address, Supplier<WebhookSecret> secret) {
    return new Builder(address, secret);
  }

  /** Where it is, without what follows a question mark, which may be a secret. */
  String shownAddress() {
    return address.getScheme()
        + "://"
        + address.getHost()
        + (address.getPort() < 0 ? "" : ":" + address.getPort())
        + address.getRawPath();
  }

  Resilience newResilience() {
    return Resilience.builder("the webhook at " + shownAddress())
        .settings(resilience)
        .metrics(metrics)
        .build();
  }

  /** Without the secret, and whatever gives it. */
  @Override
  public String toString() {
    return "WebhookConfig[address=" + shownAddress() + "]";
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Collects a configuration; what is not said has the value named here. */
  public static final class Builder {
    private final URI address;
    private final Supplier<WebhookSecret> secret;
    private boolean plain;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private ResilienceSettings resilience =
        ResilienceSettings.defaults().withBulkhead(1, Duration.ofMinutes(1));
    private ResilienceMetrics metrics = ResilienceMetrics.NONE;
    private Clock clock = Clock.systemUTC();

    private Builder(URI address, Supplier<WebhookSecret> secret) {
      this.address = address;
      this.secret = secret;
    }

    /** Lets events go over http to another machine, where others may read and change them. */
    public Builder allowPlainHttp() {
      plain = true;
      return this;
    }

    /** 10 seconds. */
    public Builder connectTimeout(Duration newConnectTimeout) {
      connectTimeout = newConnectTimeout;
      return this;
    }

    /** {@link ResilienceSettings#defaults}, one request at a time. */
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
    public WebhookConfig build() {
      var config = new WebhookConfig(address, secret, connectTimeout, resilience, metrics, clock);
      require(
          plain
              || address.getScheme().equals("https")
              || LOOPBACK.matcher(address.getHost()).matches(),
          "address: expected https, found http to another machine; allow it, if nobody listens"
              + " there");
      return config;
    }
  }
}
