package dev.knowledgegraph.internal;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.DeadLetters;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.command.NodeCommand.Tag;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.error.UnsupportedCapabilityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.event.StreamId;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.spi.Delivery;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.spi.StorageDecorator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of an event that its receiver does not take. */
class DeadLettersTest {
  private static final UserId ADA = UserId.of("ada");
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00.123456Z");
  private static final int ALL = 10_000;

  private final Log storage = new Log();
  private final List<EventEnvelope> received = new CopyOnWriteArrayList<>();
  private volatile Predicate<EventEnvelope> refuses = event -> false;
  private volatile Predicate<EventEnvelope> fails = event -> false;
  private KnowledgeGraph store = open();
  private final GraphView notes = store.as(ADA).graph("notes");
  private final DeadLetters letters = store.deadLetters(notes.ref());

  /** A log of which some entries cannot be read. */
  private static final class Log extends StorageDecorator {
    final List<Long> unreadable = new CopyOnWriteArrayList<>();

    Log() {
      super(new InMemoryStorage());
    }

    @Override
    public List<Committed> read(GraphRef graph, long after, int limit) {
      var found = super.read(graph, after, limit);
      if (found.stream().anyMatch(c -> unreadable.contains(c.position().sequence()))) {
        throw new IntegrityException("EVENT_UNKNOWN", "a newer release wrote it", null);
      }
      return found;
    }
  }

  private KnowledgeGraph open() {
    return KnowledgeGraph.builder()
        .storage(storage)
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .publisher("mail", ElementPublisher.each(this::receive))
        .build();
  }

  private synchronized void receive(EventEnvelope event) {
    if (refuses.test(event)) {
      throw new UndeliverableException("REFUSED_400", "never", null);
    }
    if (fails.test(event)) {
      throw new StorageException("DOWN", "not now", true, null);
    }
    received.add(event);
  }

  /** What is not stopped tries again by itself after a while, which no test should wait for. */
  @AfterEach
  void stop() {
    refuses = event -> false;
    fails = event -> false;
    storage.unreadable.clear();
    store.close();
  }

  private static Predicate<EventEnvelope> about(NodeId node) {
    return event -> event.stream().element().equals(node.toString());
  }

  private List<DeadLetter> parked() {
    return letters.list("mail", null, ALL);
  }

  private List<EventPlace> places() {
    return received.stream().map(EventEnvelope::place).toList();
  }

  private void tag(NodeId node, String tag) {
    notes.send(new Tag(notes.id(), node, Tags.of(tag))).orThrow();
  }

  private static EventPlace place(long sequence) {
    return new EventPlace(sequence, 0);
  }

  @Nested
  class An_event_that_is_refused {
    private final NodeId bad = notes.add(node("Bad"));
    private final NodeId good;

    An_event_that_is_refused() {
      store.drainPublishers();
      refuses = about(bad);
      tag(bad, "one");
      good = notes.add(node("Good"));
      tag(bad, "two");
      tag(good, "one");
      store.drainPublishers();
    }

    @Test
    void is_parked_with_its_reason_and_later_events_of_its_stream_behind_it() {
      var stream = new StreamId("node/" + bad);
      assertThat(parked())
          .containsExactly(
              new DeadLetter(place(3), stream, 1, NOW, NOW, "REFUSED_400", ""),
              new DeadLetter(place(5), stream, 0, NOW, NOW, DeadLetter.BEHIND, ""));
      assertThat(letters.subscribers()).containsExactly("mail");
    }

    @Test
    void holds_nothing_else_up() {
      assertThat(places()).containsExactly(place(1), place(2), place(4), place(6));
      assertThat(storage.checkpoint("mail", notes.ref())).isEqualTo(6);
    }

    @Test
    void keeps_events_behind_it_after_the_store_was_opened_anew() {
      var other = open();
      var same = other.as(ADA).graph("notes");
      same.send(new Tag(same.id(), bad, Tags.of("three"))).orThrow();
      other.drainPublishers();
      assertThat(parked()).extracting(DeadLetter::place).contains(place(7));
    }

    @Test
    void is_delivered_in_order_by_a_replay() {
      refuses = event -> false;
      received.clear();

      assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(2, 0));
      assertThat(places()).containsExactly(place(3), place(5));
      assertThat(parked()).isEmpty();
      tag(bad, "three");
      store.drainPublishers();
      assertThat(places()).endsWith(place(7));
    }

    @Test
    void stays_with_one_more_attempt_when_a_replay_does_not_succeed() {
      assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(0, 2));

      assertThat(parked()).extracting(DeadLetter::attempts).containsExactly(2, 0);
      refuses = event -> false;
      fails = about(bad);
      letters.replay("mail");
      assertThat(parked()).extracting(DeadLetter::attempts).containsExactly(3, 0);
      assertThat(parked()).extracting(DeadLetter::reason).containsExactly("DOWN", "BEHIND");
    }

    @Test
    void leaves_what_succeeds_and_keeps_the_rest() {
      refuses = event -> event.place().equals(place(5));

      assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(1, 1));
      assertThat(parked()).extracting(DeadLetter::reason).containsExactly("REFUSED_400");
      tag(bad, "three");
      store.drainPublishers();
      assertThat(parked()).extracting(DeadLetter::place).containsExactly(place(5), place(7));
    }

    @Test
    void is_read_from_the_log_again_to_be_shown() {
      assertThat(letters.events(place(3)))
          .containsExactly(
              new EventEnvelope(notes.ref(), storage.read(notes.ref(), 2, 1).getFirst(), 0));
      assertThat(letters.find("mail", place(3))).contains(parked().getFirst());
      assertThat(letters.find("mail", place(4))).isEmpty();
      assertThat(letters.events(place(99))).isEmpty();
    }

    @Test
    void can_be_given_up_with_a_reason() {
      assertThat(letters.discard("mail", List.of(place(3), place(4)), "wrong address"))
          .isEqualTo(1);
      assertThat(letters.discard("mail", List.of(place(3)), "again")).isZero();
      assertThat(parked().getFirst().discarded()).isEqualTo("wrong address");
      received.clear();
      refuses = event -> false;

      assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(1, 0));
      assertThat(places()).containsExactly(place(5));
      assertThat(parked()).extracting(DeadLetter::isDiscarded).containsExactly(true);
      tag(bad, "three");
      store.drainPublishers();
      assertThat(places()).containsExactly(place(5), place(7));
    }

    @Test
    void is_not_given_up_without_a_reason() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> letters.discard("mail", List.of(place(3)), " "));
    }

    @Test
    void is_shown_to_its_owner_only() {
      var foreign = store.deadLetters(new GraphRef(UserId.of("eve"), notes.id()));

      assertThat(foreign.subscribers()).isEmpty();
      assertThat(foreign.list("mail", null, ALL)).isEmpty();
      assertThat(foreign.events(place(3))).isEmpty();
      assertThat(foreign.discard("mail", List.of(place(3)), "mine")).isZero();
    }

    @Test
    void is_replayed_to_a_publisher_that_the_store_has() {
      assertThatThrownBy(() -> letters.replay("nobody"))
          .isInstanceOf(UnsupportedCapabilityException.class);
    }
  }

  @Nested
  class An_event_that_fails_for_now {
    private final NodeId slow = notes.add(node("Slow"));
    private final NodeId quick = notes.add(node("Quick"));

    An_event_that_fails_for_now() {
      store.drainPublishers();
      received.clear();
      fails = about(slow);
      tag(slow, "one");
      tag(quick, "one");
      tag(slow, "two");
      store.drainPublishers();
    }

    @Test
    void holds_the_log_position_and_is_no_dead_letter() {
      assertThat(parked()).isEmpty();
      assertThat(storage.checkpoint("mail", notes.ref())).isEqualTo(3);
      assertThat(received).allMatch(about(quick));
    }

    @Test
    void comes_again_in_order_and_what_was_delivered_does_not() {
      fails = event -> false;
      store.drainPublishers();

      assertThat(places()).containsOnlyOnce(place(4), place(5), place(6));
      assertThat(received.stream().filter(about(slow)).map(EventEnvelope::place))
          .containsExactly(place(4), place(6));
      assertThat(storage.checkpoint("mail", notes.ref())).isEqualTo(6);
    }

    @Test
    void is_not_passed_by_a_later_one_that_would_be_refused() {
      refuses = event -> event.place().equals(place(6));
      store.drainPublishers();
      assertThat(parked()).isEmpty();

      fails = event -> false;
      store.drainPublishers();
      assertThat(parked()).extracting(DeadLetter::place).containsExactly(place(6));
    }
  }

  @Test
  void what_failed_is_tried_again_by_itself() throws Exception {
    var seen = new CountDownLatch(1);
    var attempts = new AtomicInteger();
    var publishing =
        new Publishing(
            storage,
            Clock.systemUTC(),
            "here",
            Map.of(
                "other",
                (name, opened, clock) ->
                    new CommitDelivery(
                        name,
                        opened,
                        (graph, commit) -> {
                          if (attempts.incrementAndGet() < 4) {
                            throw new IllegalStateException("not now");
                          }
                          seen.countDown();
                        })),
            commit -> {},
            Duration.ofMillis(1));

    assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
    publishing.close();
  }

  @Test
  void an_entry_that_cannot_be_read_is_parked_and_all_that_follows_behind_it() {
    storage.unreadable.add(2L);
    var ada = notes.add(node("Ada"));
    tag(ada, "one");
    store.drainPublishers();

    assertThat(places()).contains(place(1)).doesNotContain(place(2), place(3));
    assertThat(parked())
        .extracting(DeadLetter::place)
        .containsExactly(EventPlace.commit(2), place(3));
    assertThat(parked().getFirst().reason()).isEqualTo("EVENT_UNKNOWN");
    assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(0, 2));

    storage.unreadable.clear();
    assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(2, 0));
    assertThat(places()).endsWith(place(2), place(3));
  }

  @Test
  void a_chunk_that_is_refused_holds_what_follows_in_the_graph_and_nothing_before() {
    var before = notes.add(node("Before"));
    store.drainPublishers();
    refuses = event -> event.stream().equals(StreamId.WHOLE) || about(before).test(event);
    tag(before, "parked");
    var id = NodeId.of(new UUID(7, 7));
    notes
        .send(new ImportNodes(notes.id(), List.of(new ImportedNode(id, node("Imported")))))
        .orThrow();
    refuses = about(before).or(event -> event.stream().equals(StreamId.WHOLE));
    tag(id, "one");
    store.drainPublishers();

    assertThat(parked()).extracting(DeadLetter::place).contains(place(3));
    assertThat(parked().getLast().reason()).isEqualTo(DeadLetter.BEHIND);
    refuses = about(before);
    received.clear();
    letters.replay("mail");
    assertThat(parked()).extracting(DeadLetter::place).containsExactly(place(3));
    assertThat(received.getFirst().stream()).isEqualTo(StreamId.WHOLE);
  }

  @Test
  void the_last_event_of_a_graph_can_be_refused_and_replayed() {
    store.drainPublishers();
    refuses = event -> event.place().equals(place(2));
    notes.send(new RemoveGraph(notes.id())).orThrow();
    store.drainPublishers();
    assertThat(parked()).extracting(DeadLetter::place).containsExactly(place(2));

    refuses = event -> false;
    assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(1, 0));
    assertThat(places()).containsExactly(place(1), place(2));
  }

  @Test
  void a_replay_does_not_pass_what_is_still_to_come() {
    var slow = notes.add(node("Slow"));
    store.drainPublishers();
    received.clear();
    fails = about(slow);
    refuses = event -> event.stream().equals(StreamId.WHOLE);
    tag(slow, "one");
    var imported = new ImportedNode(NodeId.of(new UUID(7, 7)), node("Imported"));
    notes.send(new ImportNodes(notes.id(), List.of(imported))).orThrow();
    tag(slow, "two");
    store.drainPublishers();
    assertThat(parked()).extracting(DeadLetter::place).containsExactly(place(4), place(5));

    refuses = event -> false;
    assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(0, 2));
    fails = event -> false;
    store.drainPublishers();
    assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(2, 0));
    assertThat(places()).containsExactly(place(3), place(4), place(5));
  }

  @Test
  void a_publisher_pauses_when_too_many_streams_are_parked() {
    store.drainPublishers();
    refuses = event -> true;
    for (int i = 0; i < ParkedStreams.MOST + 3; i++) {
      notes.add(node("node " + i));
    }
    store.drainPublishers();

    assertThat(parked()).hasSize(ParkedStreams.MOST);
    assertThat(letters.isFull("mail")).isTrue();
    assertThat(storage.checkpoint("mail", notes.ref())).isEqualTo(1 + ParkedStreams.MOST);

    refuses = event -> false;
    assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(ParkedStreams.MOST, 0));
    store.drainPublishers();
    assertThat(places()).doesNotHaveDuplicates().hasSize(ParkedStreams.MOST + 4);
  }

  @Test
  void a_publisher_that_throws_or_miscounts_delivered_nothing() {
    for (ElementPublisher wrong :
        List.<ElementPublisher>of(
            events -> {
              throw new IllegalStateException("defect");
            },
            events -> List.of())) {
      var other = KnowledgeGraph.builder().storage(storage).publisher("wrong", wrong).build();
      other.drainPublishers();

      assertThat(storage.checkpoint("wrong", notes.ref())).isZero();
      assertThat(letters.list("wrong", null, ALL)).isEmpty();
    }
  }

  @Test
  void a_crash_between_parking_and_the_checkpoint_parks_the_same_once() {
    var bad = notes.add(node("Bad"));
    store.drainPublishers();
    refuses = about(bad);
    tag(bad, "one");
    store.drainPublishers();
    var before = parked();
    storage.saveCheckpoint("mail", notes.ref(), 2);

    var again = open();
    again.drainPublishers();

    assertThat(parked()).isEqualTo(before);
    assertThat(storage.checkpoint("mail", notes.ref())).isEqualTo(3);
    assertThat(before).extracting(DeadLetter::place).containsExactly(place(3));
  }

  @Test
  void whatever_fails_every_event_arrives_in_order_of_its_stream() {
    var random = new Random(20_261_128);
    var nodes = IntStream.range(0, 6).mapToObj(i -> notes.add(node("node " + i))).toList();
    fails = event -> random.nextInt(3) == 0;
    refuses = event -> random.nextInt(8) == 0;
    for (int i = 0; i < 400; i++) {
      tag(nodes.get(random.nextInt(nodes.size())), "tag " + i);
      if (random.nextInt(20) == 0) {
        store.drainPublishers();
      }
      if (random.nextInt(60) == 0) {
        letters.replay("mail");
      }
    }
    fails = event -> false;
    refuses = event -> false;
    store.drainPublishers();
    letters.replay("mail");

    Map<StreamId, List<EventPlace>> expected = new HashMap<>();
    for (Committed commit : storage.read(notes.ref(), 0, ALL)) {
      EventDelivery.envelopes(notes.ref(), commit)
          .forEach(
              e -> expected.computeIfAbsent(e.stream(), s -> new ArrayList<>()).add(e.place()));
    }
    Map<StreamId, List<EventPlace>> first = new HashMap<>();
    received.forEach(
        e -> {
          var seen = first.computeIfAbsent(e.stream(), s -> new ArrayList<>());
          if (!seen.contains(e.place())) {
            seen.add(e.place());
          }
        });
    assertThat(first).isEqualTo(expected);
    assertThat(parked()).isEmpty();
  }

  @Test
  void a_code_that_is_none_becomes_unexpected() {
    assertThat(new Delivery.Refused("it's \"secret\"").code()).isEqualTo("UNEXPECTED");
    assertThat(new Delivery.Refused("REFUSED_404").code()).isEqualTo("REFUSED_404");
  }
}
