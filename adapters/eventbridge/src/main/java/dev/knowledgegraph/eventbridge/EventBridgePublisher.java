package dev.knowledgegraph.eventbridge;

import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.eventbridge.Shipment.Item;
import dev.knowledgegraph.resilience.Health;
import dev.knowledgegraph.resilience.Resilience;
import dev.knowledgegraph.spi.Delivery;
import dev.knowledgegraph.spi.ElementPublisher;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Puts events on a bus, up to ten in a call, as {@link EventBridgeConfig} and {@link
 * EventBridgeNames} say. A call that is taken in part is sent again with the rest of it, and later
 * events of a stream wait until the earlier one was taken. An event that is too large goes as a
 * summary that says where to fetch it. May be shared between threads.
 *
 * <p>Only what EventBridge says of one entry refuses an event, as a malformed detail does. A call
 * that is refused as a whole, as for a bus that is not there or a permission that is missing, holds
 * the log position until somebody mends that.
 *
 * <p>Make the client without tries of its own, {@code overrideConfiguration(o ->
 * o.retryStrategy(DefaultRetryStrategy.doNotRetry()))}, or each try here becomes several. How long
 * a try may take is told to the client with each call.
 */
public final class EventBridgePublisher implements ElementPublisher {
  /** What is said of an entry that no other try would change. */
  private static final Set<String> NEVER =
      Set.of(
          "MalformedDetail", "MalformedDetailException", "InvalidArgument", "ValidationException");

  private static final String INVALID = "EVENTBRIDGE_INVALID";

  private final EventBridgeClient client;
  private final EventBridgeConfig config;
  private final Entries entries;
  private final Resilience resilience;
  private final Duration timeout;

  private EventBridgePublisher(EventBridgeClient client, EventBridgeConfig config) {
    this.client = client;
    this.config = config;
    this.entries = new Entries(config);
    this.timeout = config.resilience().timeout();
    this.resilience =
        Resilience.builder("the event bus " + config.bus())
            .settings(config.resilience().withTimeout(Duration.ZERO))
            .metrics(config.metrics())
            .build();
  }

  /** A publisher that sends nothing yet; who made the client closes it. */
  public static EventBridgePublisher create(EventBridgeClient client, EventBridgeConfig config) {
    return new EventBridgePublisher(client, config);
  }

  /** How the bus has been doing. */
  public Health health() {
    return resilience.health();
  }

  @Override
  public List<Delivery> publish(List<EventEnvelope> events) {
    var shipment = new Shipment(events, entries, config.maxBytes());
    for (List<Item> call = shipment.nextCall(); !call.isEmpty(); call = shipment.nextCall()) {
      deliver(call);
    }
    return shipment.deliveries();
  }

  private void deliver(List<Item> call) {
    try {
      resilience.run(() -> put(call));
    } catch (KnowledgeGraphException e) {
      if (e.code().equals(INVALID) && call.size() > 1) {
        // One of them is the matter, and nobody says which.
        call.forEach(item -> deliver(List.of(item)));
      } else {
        Delivery end =
            e.code().equals(INVALID) ? new Delivery.Refused(INVALID) : Delivery.failed(e);
        call.stream().filter(Item::isUnderWay).forEach(item -> item.ended(end));
      }
    }
  }

  /** One try with what of the call was not taken yet. */
  private void put(List<Item> call) {
    var left = call.stream().filter(Item::isUnderWay).toList();
    List<PutEventsResultEntry> results = send(left).entries();
    if (results.size() != left.size()) {
      throw UnavailableException.notAnswered(
          "EVENTBRIDGE_ANSWER_INVALID",
          "the event bus answered for " + results.size() + " of " + left.size() + " entries",
          null);
    }
    for (int i = 0; i < left.size(); i++) {
      String error = results.get(i).errorCode();
      if (error == null) {
        left.get(i).ended(new Delivery.Delivered());
      } else if (NEVER.contains(error)) {
        left.get(i).ended(new Delivery.Refused(code(error)));
      }
    }
    long failed = left.stream().filter(Item::isUnderWay).count();
    if (failed > 0) {
      throw UnavailableException.refusedForNow(
          "EVENTBRIDGE_ENTRIES_FAILED",
          "the event bus did not take %d of %d entries".formatted(failed, left.size()),
          null);
    }
  }

  private PutEventsResponse send(List<Item> items) {
    var request = PutEventsRequest.builder().entries(items.stream().map(i -> i.entry).toList());
    if (!timeout.isZero()) {
      request.overrideConfiguration(
          override -> override.apiCallTimeout(timeout).apiCallAttemptTimeout(timeout));
    }
    try {
      return client.putEvents(request.build());
    } catch (AwsServiceException e) {
      throw refused(e);
    } catch (SdkClientException e) {
      throw UnavailableException.notAnswered(
          "EVENTBRIDGE_UNREACHABLE", "the event bus gave no answer", e);
    }
  }

  private static KnowledgeGraphException refused(AwsServiceException e) {
    String error = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    if (e.statusCode() >= 500 || e.isThrottlingException()) {
      return UnavailableException.refusedForNow(
          "EVENTBRIDGE_" + e.statusCode(),
          "the event bus answered with status " + e.statusCode(),
          null);
    }
    // Not as the cause: its message may quote what was sent.
    return new StorageException(
        NEVER.contains(String.valueOf(error)) ? INVALID : "EVENTBRIDGE_REFUSED",
        "the event bus refused a call with status "
            + e.statusCode()
            + "; look at the bus, the region and the permissions",
        false,
        null);
  }

  /** {@code MalformedDetail} as {@code MALFORMED_DETAIL}. */
  private static String code(String error) {
    return error.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
