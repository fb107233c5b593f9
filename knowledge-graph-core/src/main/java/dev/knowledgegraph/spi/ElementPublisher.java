package dev.knowledgegraph.spi;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.event.EventEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands events to the outside one by one: at least once, in order within a {@linkplain
 * dev.knowledgegraph.event.StreamId stream}. What it fails at comes again; what it refuses becomes
 * a dead letter, and later events of the same stream wait behind it. Called outside any
 * transaction, by one thread at a time, with events that follow each other in the log.
 *
 * <p>Laws for who implements it:
 *
 * <ol>
 *   <li>The answer has as many deliveries as there were events, in the same order.
 *   <li>An event is not handed on before an earlier one of its stream, nor after one that was not
 *       delivered; {@link HeldStreams} tells that.
 *   <li>{@link Delivery.Refused} is for what the receiver will never take, {@link Delivery.Failed}
 *       for all else. What it throws counts as a failure of all.
 * </ol>
 *
 * Contract: {@code ElementPublisherContract} in the TCK. {@link #each} makes one of something that
 * takes one event.
 */
@FunctionalInterface
public interface ElementPublisher {
  /** Tries to deliver these events, and says what became of each. */
  List<Delivery> publish(List<EventEnvelope> events);

  /**
   * Delivers each event with a call of {@code receiver}: an {@link UndeliverableException} refuses
   * it, as does one that says that it cannot be read; anything else that is thrown fails it.
   */
  static ElementPublisher each(Consumer<EventEnvelope> receiver) {
    return events -> {
      var held = new HeldStreams();
      var deliveries = new ArrayList<Delivery>();
      for (EventEnvelope event : events) {
        Delivery delivery =
            held.holds(event.graph(), event.stream())
                ? new Delivery.Failed(HeldStreams.WAITS, null)
                : attempt(receiver, event);
        if (!(delivery instanceof Delivery.Delivered)) {
          held.hold(event.graph(), event.stream());
        }
        deliveries.add(delivery);
      }
      return deliveries;
    };
  }

  private static Delivery attempt(Consumer<EventEnvelope> receiver, EventEnvelope event) {
    try {
      receiver.accept(event);
      return new Delivery.Delivered();
    } catch (UndeliverableException | IntegrityException e) {
      return new Delivery.Refused(e.code());
    } catch (RuntimeException e) {
      return Delivery.failed(e);
    }
  }
}
