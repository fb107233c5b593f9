package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.spi.Delivery;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.spi.HeldStreams;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delivers dead letters once more, in the order of the log: what succeeds leaves, what does not
 * stays with one more attempt, and what stands behind it in its stream stays as it is.
 *
 * @param delivered how many left
 * @param stayed how many did not
 */
public record Redelivery(int delivered, int stayed) {
  private static final int PAGE = 100;

  static Redelivery run(
      Storage storage, Clock clock, String subscriber, GraphRef graph, ElementPublisher publisher) {
    var run = new Run(storage, clock, subscriber, graph, publisher);
    EventPlace last = null;
    List<DeadLetter> page;
    do {
      page = storage.parked(subscriber, graph, last, PAGE);
      for (DeadLetter letter : page) {
        run.take(letter);
        last = letter.place();
      }
    } while (page.size() == PAGE);
    return new Redelivery(run.delivered, run.stayed);
  }

  /** Gives up those of the letters that are there and were not given up; returns how many. */
  static int discard(
      Storage storage,
      Clock clock,
      String subscriber,
      GraphRef graph,
      Collection<EventPlace> places,
      String reason) {
    var givenUp = new ArrayList<DeadLetter>();
    for (EventPlace place : places) {
      find(storage, subscriber, graph, place)
          .filter(letter -> !letter.isDiscarded())
          .ifPresent(letter -> givenUp.add(letter.givenUp(clock.instant(), reason)));
    }
    storage.park(subscriber, graph, givenUp);
    return givenUp.size();
  }

  /** The letter at a place. */
  public static Optional<DeadLetter> find(
      Storage storage, String subscriber, GraphRef graph, EventPlace place) {
    return storage.parked(subscriber, graph, before(place), 1).stream()
        .filter(letter -> letter.place().equals(place))
        .findFirst();
  }

  private static @Nullable EventPlace before(EventPlace place) {
    if (!place.isCommit()) {
      return new EventPlace(place.sequence(), place.index() - 1);
    }
    return place.sequence() == 1 ? null : new EventPlace(place.sequence() - 1, Integer.MAX_VALUE);
  }

  /**
   * What a letter is about, read from the log.
   *
   * @throws IntegrityException if it cannot be read
   */
  public static List<EventEnvelope> events(Storage storage, GraphRef graph, EventPlace place) {
    var commits = storage.read(graph, place.sequence() - 1, 1);
    if (commits.isEmpty()) {
      return List.of();
    }
    var all = EventDelivery.envelopes(graph, commits.getFirst());
    if (place.isCommit()) {
      return all;
    }
    return place.index() < all.size() ? List.of(all.get(place.index())) : List.of();
  }

  private static final class Run {
    private final Storage storage;
    private final Clock clock;
    private final String subscriber;
    private final GraphRef graph;
    private final ElementPublisher publisher;
    private final HeldStreams held = new HeldStreams();
    private final long done;
    private int delivered;
    private int stayed;

    Run(
        Storage storage,
        Clock clock,
        String subscriber,
        GraphRef graph,
        ElementPublisher publisher) {
      this.storage = storage;
      this.clock = clock;
      this.subscriber = subscriber;
      this.graph = graph;
      this.publisher = publisher;
      this.done = storage.checkpoint(subscriber, graph);
    }

    void take(DeadLetter letter) {
      if (letter.isDiscarded()) {
        return;
      }
      String failure = HeldStreams.WAITS;
      // Before what is parked beyond the checkpoint there may be something that is still to come.
      if (letter.place().sequence() <= done && !held.holds(graph, letter.stream())) {
        failure = deliver(letter);
      }
      if (failure.isEmpty()) {
        storage.unpark(subscriber, graph, List.of(letter.place()));
        delivered++;
        return;
      }
      if (!failure.equals(HeldStreams.WAITS)) {
        storage.park(subscriber, graph, List.of(letter.triedAgain(clock.instant(), failure)));
      }
      held.hold(graph, letter.stream());
      stayed++;
    }

    /** Why it was not delivered; empty if it was. */
    private String deliver(DeadLetter letter) {
      List<EventEnvelope> events;
      try {
        events = events(storage, graph, letter.place());
      } catch (IntegrityException e) {
        return e.code();
      }
      if (events.stream().anyMatch(event -> held.holds(graph, event.stream()))) {
        return HeldStreams.WAITS;
      }
      for (Delivery delivery : publish(events)) {
        if (delivery instanceof Delivery.Refused refused) {
          return refused.code();
        }
        if (delivery instanceof Delivery.Failed failed) {
          return failed.code();
        }
      }
      return "";
    }

    private List<Delivery> publish(List<EventEnvelope> events) {
      try {
        return events.isEmpty() ? List.of() : publisher.publish(events);
      } catch (RuntimeException e) {
        return List.of(Delivery.failed(e));
      }
    }
  }
}
