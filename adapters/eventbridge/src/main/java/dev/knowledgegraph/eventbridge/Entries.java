package dev.knowledgegraph.eventbridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.json.CloudEvents;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** Events as entries of a call. */
final class Entries {
  private static final int TIME_BYTES = 14;

  private final EventBridgeConfig config;

  Entries(EventBridgeConfig config) {
    this.config = config;
  }

  /** The event, or its summary if that is too large; empty if even that is. */
  Optional<PutEventsRequestEntry> of(EventEnvelope event) {
    byte[] whole = CloudEvents.encode(event);
    var entry = entry(event, whole);
    if (size(entry) > config.maxBytes()) {
      entry = entry(event, CloudEvents.summary(event, whole.length));
    }
    return size(entry) > config.maxBytes() ? Optional.empty() : Optional.of(entry);
  }

  private PutEventsRequestEntry entry(EventEnvelope event, byte[] detail) {
    return PutEventsRequestEntry.builder()
        .eventBusName(config.bus())
        .source(EventBridgeNames.SOURCE)
        .detailType(EventBridgeNames.detailType(event.event()))
        .time(event.commit().time())
        .detail(new String(detail, UTF_8))
        .build();
  }

  /**
   * What an entry counts for, as <a
   * href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html">AWS
   * says</a>: 14 bytes for the time, and the UTF-8 of source, detail type and detail.
   */
  static int size(PutEventsRequestEntry entry) {
    return TIME_BYTES
        + entry.source().getBytes(UTF_8).length
        + entry.detailType().getBytes(UTF_8).length
        + entry.detail().getBytes(UTF_8).length;
  }
}
