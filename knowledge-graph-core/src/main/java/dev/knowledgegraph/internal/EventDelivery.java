package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.event.StreamId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.spi.Delivery;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers event by event, in order within a stream. What fails for now holds the log position and
 * comes again; what is refused is parked, and later events of its stream behind it. Letters are
 * kept before the checkpoint moves past them: a crash between the two parks them again.
 */
public final class EventDelivery implements Subscriber {
  private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);
  private static final int COMMITS = 100;
  private static final int EVENTS = 100;
  private static final Set<String> UNREADABLE = Set.of("EVENT_UNKNOWN", "EVENT_DAMAGED");

  private final String name;
  private final Storage storage;
  private final Clock clock;
  private final ElementPublisher publisher;

  /** What is beyond the checkpoint and yet delivered or parked; a crash forgets it. */
  private final Map<GraphRef, Set<EventPlace>> settled = new HashMap<>();

  /** To {@code publisher}, from the checkpoints kept under {@code name}. */
  public EventDelivery(String name, Storage storage, Clock clock, ElementPublisher publisher) {
    this.name = name;
    this.storage = storage;
    this.clock = clock;
    this.publisher = publisher;
  }

  @Override
  public Optional<ElementPublisher> elementPublisher() {
    return Optional.of(publisher);
  }

  @Override
  public boolean deliver(GraphRef graph, BooleanSupplier mayGoOn) {
    long done = storage.checkpoint(name, graph);
    if (storage.head(graph).sequence() <= done) {
      return true;
    }
    var round = new Round(graph, done, mayGoOn);
    boolean isDone = round.run();
    if (round.ahead.isEmpty()) {
      settled.remove(graph);
    }
    return isDone;
  }

  /** Many, or those before one that cannot be read; that one alone throws. */
  private List<Committed> read(GraphRef graph, long after) {
    try {
      return storage.read(graph, after, COMMITS);
    } catch (IntegrityException e) {
      return storage.read(graph, after, 1);
    }
  }

  static List<EventEnvelope> envelopes(GraphRef graph, Committed commit) {
    return IntStream.range(0, commit.events().size())
        .mapToObj(index -> new EventEnvelope(graph, commit, index))
        .toList();
  }

  /** The delivery of what a graph has now. */
  private final class Round {
    private final GraphRef graph;
    private final BooleanSupplier mayGoOn;
    private final ParkedStreams parked;
    private final Set<EventPlace> ahead;
    private final List<DeadLetter> letters = new ArrayList<>();
    private long done;
    private boolean held;

    Round(GraphRef graph, long done, BooleanSupplier mayGoOn) {
      this.graph = graph;
      this.done = done;
      this.mayGoOn = mayGoOn;
      this.parked = ParkedStreams.of(storage, name, graph);
      this.ahead = settled.computeIfAbsent(graph, any -> new HashSet<>());
      // Another process may have gone on meanwhile.
      ahead.removeIf(place -> place.sequence() <= done);
    }

    /** Whether nothing is left. */
    boolean run() {
      while (!held) {
        List<Committed> commits;
        try {
          commits = read(graph, done);
        } catch (IntegrityException e) {
          if (!UNREADABLE.contains(e.code())) {
            throw e;
          }
          parkCommit(done + 1, e.code());
          continue;
        }
        if (commits.isEmpty()) {
          return true;
        }
        deliver(commits);
      }
      return false;
    }

    /** Parks a commit that cannot be read, and so all that follows in the graph. */
    private void parkCommit(long sequence, String code) {
      LOG.warn("commit {} of graph {} cannot be read: {}", sequence, graph.id(), code);
      park(DeadLetter.refused(EventPlace.commit(sequence), StreamId.WHOLE, clock.instant(), code));
      keepLetters();
      if (!held) {
        ahead.remove(EventPlace.commit(sequence));
        done = sequence;
        storage.saveCheckpoint(name, graph, done);
      }
    }

    private void deliver(List<Committed> commits) {
      var events = commits.stream().flatMap(c -> envelopes(graph, c).stream()).toList();
      for (int from = 0; from < events.size() && !held; from += EVENTS) {
        slice(events.subList(from, Math.min(events.size(), from + EVENTS)));
        if (!mayGoOn.getAsBoolean()) {
          // Another process goes on from the checkpoint: what is to be kept is for that to say.
          held = true;
          return;
        }
        keepLetters();
        moveOn(commits);
      }
      if (!held) {
        // Also over commits that hold no event.
        moveOn(commits);
      }
    }

    private void slice(List<EventEnvelope> events) {
      var wanted = new ArrayList<EventEnvelope>();
      for (EventEnvelope event : events) {
        if (ahead.contains(event.place())) {
          continue;
        }
        if (parked.beginsAt(event.stream(), event.place())) {
          ahead.add(event.place());
        } else if (parked.blocks(event.stream(), event.place())) {
          parkBehind(event);
        } else {
          wanted.add(event);
        }
      }
      List<Delivery> deliveries = publish(wanted);
      for (int i = 0; i < wanted.size(); i++) {
        take(wanted.get(i), deliveries.get(i));
      }
    }

    private List<Delivery> publish(List<EventEnvelope> events) {
      if (events.isEmpty()) {
        return List.of();
      }
      try {
        List<Delivery> deliveries = publisher.publish(List.copyOf(events));
        if (deliveries.size() == events.size()) {
          return deliveries;
        }
        throw new IllegalStateException(
            "expected " + events.size() + " deliveries, found " + deliveries.size());
      } catch (RuntimeException e) {
        Delivery failed = Delivery.failed(e);
        return events.stream().map(event -> failed).toList();
      }
    }

    private void take(EventEnvelope event, Delivery delivery) {
      switch (delivery) {
        case Delivery.Delivered delivered -> ahead.add(event.place());
        case Delivery.Refused refused -> {
          LOG.warn(
              "publisher {} refused event {}: {}; it is parked", name, event.id(), refused.code());
          park(DeadLetter.refused(event.place(), event.stream(), clock.instant(), refused.code()));
        }
        case Delivery.Failed failed -> {
          // What waits behind a refused event is not late but parked.
          if (parked.blocks(event.stream(), event.place())) {
            parkBehind(event);
          } else if (!held) {
            held = true;
            LOG.warn(
                "publisher {} failed at event {}: {}; it gets it again",
                name,
                event.id(),
                failed.code(),
                failed.cause());
          }
        }
      }
    }

    private void parkBehind(EventEnvelope event) {
      park(DeadLetter.behind(event.place(), event.stream(), clock.instant()));
    }

    private void park(DeadLetter letter) {
      if (parked.hasRoom(letter.stream())) {
        parked.add(letter);
        letters.add(letter);
        ahead.add(letter.place());
      } else if (!held) {
        held = true;
        LOG.warn(
            "publisher {} pauses at {} of graph {}: {} streams are parked; replay or discard some",
            name,
            letter.place(),
            graph.id(),
            ParkedStreams.MOST);
      }
    }

    private void keepLetters() {
      if (!letters.isEmpty()) {
        storage.park(name, graph, letters);
        letters.clear();
      }
    }

    /** Moves the checkpoint over all commits of which nothing is left. */
    private void moveOn(List<Committed> commits) {
      long before = done;
      for (Committed commit : commits) {
        long sequence = commit.position().sequence();
        if (sequence <= done) {
          continue;
        }
        var places = envelopes(graph, commit).stream().map(EventEnvelope::place).toList();
        if (!ahead.containsAll(places)) {
          break;
        }
        places.forEach(ahead::remove);
        done = sequence;
      }
      if (done > before) {
        storage.saveCheckpoint(name, graph, done);
      }
    }
  }
}
