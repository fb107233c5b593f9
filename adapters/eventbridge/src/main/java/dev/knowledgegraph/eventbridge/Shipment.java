package dev.knowledgegraph.eventbridge;

import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.spi.Delivery;
import dev.knowledgegraph.spi.HeldStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * Events on their way, and what has become of each. It gives them out in calls of at most ten, no
 * two of one stream in a call, for what a call holds may be taken in part.
 */
final class Shipment {
  static final int MOST_ENTRIES = 10;
  static final String TOO_LARGE = "TOO_LARGE";

  /** One event, and what has become of it; null while it is under way. */
  static final class Item {
    final EventEnvelope event;
    final PutEventsRequestEntry entry;
    private @Nullable Delivery delivery;

    Item(EventEnvelope event, Optional<PutEventsRequestEntry> entry) {
      this.event = event;
      this.entry = entry.orElseGet(() -> PutEventsRequestEntry.builder().build());
      this.delivery = entry.isPresent() ? null : new Delivery.Refused(TOO_LARGE);
    }

    boolean isUnderWay() {
      return delivery == null;
    }

    void ended(Delivery end) {
      delivery = end;
    }

    private Delivery end() {
      return delivery == null ? new Delivery.Failed(HeldStreams.WAITS, null) : delivery;
    }
  }

  private final List<Item> items;
  private final int maxBytes;

  Shipment(List<EventEnvelope> events, Entries entries, int maxBytes) {
    this.items = events.stream().map(event -> new Item(event, entries.of(event))).toList();
    this.maxBytes = maxBytes;
  }

  /** What the next call is to hold; nothing if all has ended, or waits for what did not go well. */
  List<Item> nextCall() {
    var held = new HeldStreams();
    var call = new ArrayList<Item>();
    int bytes = 0;
    for (Item item : items) {
      if (item.delivery instanceof Delivery.Delivered) {
        continue;
      }
      int size = item.isUnderWay() ? Entries.size(item.entry) : 0;
      if (item.isUnderWay()
          && !held.holds(item.event.graph(), item.event.stream())
          && bytes + size <= maxBytes) {
        call.add(item);
        bytes += size;
      }
      held.hold(item.event.graph(), item.event.stream());
      if (call.size() == MOST_ENTRIES) {
        break;
      }
    }
    return call;
  }

  List<Delivery> deliveries() {
    return items.stream().map(Item::end).toList();
  }
}
