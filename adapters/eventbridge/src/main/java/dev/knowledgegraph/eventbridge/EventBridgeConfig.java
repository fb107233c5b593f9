package dev.knowledgegraph.eventbridge;

import dev.knowledgegraph.resilience.ResilienceMetrics;
import dev.knowledgegraph.resilience.ResilienceSettings;
import java.time.Duration;

/**
 * To which bus, how much at once, and how long to put up with it.
 *
 * @param bus its name or ARN
 * @param maxBytes how much the entries of one call may take together, by the formula of AWS; 1,024
 *     to 1,048,575. What is larger alone goes as a summary
 * @param resilience how often and how long to try, and when to leave the bus alone
 * @param metrics is told of every try
 */
public record EventBridgeConfig(
    String bus, int maxBytes, ResilienceSettings resilience, ResilienceMetrics metrics) {
  /** Less than 256 KiB, which every region takes. */
  private static final int USUAL_BYTES = (256 << 10) - 1;

  private static final EventBridgeConfig DEFAULTS =
      new EventBridgeConfig(
          EventBridgeNames.DEFAULT_BUS,
          USUAL_BYTES,
          ResilienceSettings.defaults().withBulkhead(1, Duration.ofMinutes(1)),
          ResilienceMetrics.NONE);

  /** Checks each value; the message names it, what was expected and what was found. */
  public EventBridgeConfig {
    if (bus.isBlank() || bus.length() > 1_600) {
      throw new IllegalArgumentException("bus: expected a name or an ARN");
    }
    if (maxBytes < 1_024 || maxBytes >= 1 << 20) {
      throw new IllegalArgumentException("maxBytes: expected 1024 to 1048575, found " + maxBytes);
    }
  }

  /** The default bus, 256 KiB less one byte, and the defaults of resilience, one call at a time. */
  public static EventBridgeConfig defaults() {
    return DEFAULTS;
  }

  /** The same on another bus. */
  public EventBridgeConfig onBus(String newBus) {
    return new EventBridgeConfig(newBus, maxBytes, resilience, metrics);
  }

  /** The same with calls of another size. */
  public EventBridgeConfig withMaxBytes(int bytes) {
    return new EventBridgeConfig(bus, bytes, resilience, metrics);
  }

  /** The same with other settings of resilience. */
  public EventBridgeConfig withResilience(ResilienceSettings settings) {
    return new EventBridgeConfig(bus, maxBytes, settings, metrics);
  }

  /** The same, measured. */
  public EventBridgeConfig withMetrics(ResilienceMetrics newMetrics) {
    return new EventBridgeConfig(bus, maxBytes, resilience, newMetrics);
  }
}
