package dev.knowledgegraph.tck.publishing;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.DeadLetters;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.command.NodeCommand.Tag;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.StreamId;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.spi.Delivery;
import dev.knowledgegraph.spi.HeldStreams;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.Seeds;
import dev.knowledgegraph.tck.publishing.Receiver.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The laws of {@link dev.knowledgegraph.spi.ElementPublisher}, and what follows from them. */
public abstract class ElementPublisherContract {
  private static final int ALL = 100_000;

  /** As long as it may take until a receiver that is well again has everything. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Receiver receiver;
  private final Storage storage = new InMemoryStorage();
  private final KnowledgeGraph store;
  private final GraphView notes;
  private final DeadLetters letters;
  private final List<NodeId> nodes = new ArrayList<>();

  /** A suite for publishers to such a receiver. */
  protected ElementPublisherContract(Supplier<? extends Receiver> receivers) {
    receiver = receivers.get();
    store =
        KnowledgeGraph.builder()
            .storage(storage)
            .clock(new ManualClock())
            .publisher("mail", receiver.publisher())
            .build();
    notes = store.as(UserId.of("ada")).graph("notes");
    letters = store.deadLetters(notes.ref());
  }

  @AfterEach
  void close() {
    receiver.comeUp();
    store.close();
    receiver.close();
  }

  @Test
  void every_event_arrives_in_the_order_of_its_stream() {
    write(new Random(1), 60);
    store.drainPublishers();

    assertThatAllArrivedInOrder();
    assertThat(receiver.taken()).doesNotHaveDuplicates();
  }

  @Test
  void a_receiver_that_fails_gets_every_event_in_order() {
    everythingArrivesDespite(Trouble.FAIL);
  }

  @Test
  void a_receiver_that_hangs_gets_every_event_in_order() {
    everythingArrivesDespite(Trouble.HANG);
  }

  @Test
  void a_receiver_whose_answers_are_lost_gets_every_event_in_order() {
    everythingArrivesDespite(Trouble.LOSE_THE_ANSWER);
  }

  @Test
  void a_receiver_that_takes_a_part_gets_every_event_in_order() {
    everythingArrivesDespite(Trouble.TAKE_A_PART);
  }

  private void everythingArrivesDespite(Trouble trouble) {
    write(new Random(2), 5);
    // Hanging takes as long as the time-out does.
    receiver.will(Collections.nCopies(trouble == Trouble.HANG ? 1 : 3, trouble));
    write(new Random(3), 15);
    drainUntilAllArrived();

    assertThatAllArrivedInOrder();
    assertThat(letters.subscribers()).isEmpty();
  }

  @Test
  void a_receiver_that_was_down_gets_every_event_in_order() {
    write(new Random(4), 5);
    receiver.goDown();
    write(new Random(5), 40);
    for (int i = 0; i < 3; i++) {
      store.drainPublishers();
    }
    assertThat(receiver.taken()).hasSizeLessThan(log().size());

    receiver.comeUp();
    drainUntilAllArrived();
    assertThatAllArrivedInOrder();
    assertThat(letters.subscribers()).isEmpty();
  }

  @Test
  void what_is_refused_is_parked_and_arrives_in_order_when_it_is_replayed() {
    write(new Random(6), 10);
    store.drainPublishers();
    String bad = "/" + nodes.getFirst();
    receiver.refuses(id -> streamOf(id).value().endsWith(bad));
    write(new Random(7), 30);
    tag(nodes.getFirst(), "at least one");
    store.drainPublishers();

    var parked = letters.list("mail", null, ALL);
    assertThat(parked).isNotEmpty().allMatch(letter -> letter.stream().value().endsWith(bad));
    assertThat(parked.getFirst().attempts()).isEqualTo(1);
    assertThat(parked.subList(1, parked.size()))
        .allMatch(letter -> letter.reason().equals(DeadLetter.BEHIND));

    assertThat(letters.replay("mail").delivered()).isZero();
    receiver.refuses(id -> false);
    assertThat(letters.replay("mail")).isEqualTo(new DeadLetters.Replay(parked.size(), 0));
    assertThatAllArrivedInOrder();
    assertThat(receiver.taken()).doesNotHaveDuplicates();
  }

  @Test
  void a_delivery_is_told_for_each_event_and_none_passes_an_earlier_one_of_its_stream() {
    write(new Random(8), 40);
    store.drainPublishers();
    String bad = "/" + nodes.getFirst();
    tag(nodes.getFirst(), "one");
    tag(nodes.getFirst(), "two");
    store.drainPublishers();
    int before = receiver.taken().size();
    receiver.refuses(id -> streamOf(id).value().endsWith(bad));
    var events = log().stream().filter(event -> !event.stream().equals(StreamId.WHOLE)).toList();

    List<Delivery> deliveries = receiver.publisher().publish(events);

    assertThat(deliveries).hasSameSizeAs(events);
    boolean isHeld = false;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).stream().value().endsWith(bad)) {
        assertThat(deliveries.get(i))
            .isInstanceOf(isHeld ? Delivery.Failed.class : Delivery.Refused.class);
        if (deliveries.get(i) instanceof Delivery.Failed failed) {
          assertThat(failed.code()).isEqualTo(HeldStreams.WAITS);
        }
        isHeld = true;
      } else {
        assertThat(deliveries.get(i)).isEqualTo(new Delivery.Delivered());
      }
    }
    assertThat(receiver.taken().subList(before, receiver.taken().size()))
        .noneMatch(id -> streamOf(id).value().endsWith(bad));
  }

  @Test
  void whatever_happens_every_event_arrives_in_the_order_of_its_stream() {
    long seed = Seeds.seed("publishing");
    var random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      var troubles = new ArrayList<Trouble>();
      for (int i = random.nextInt(5); i > 0; i--) {
        troubles.add(random.nextBoolean() ? Trouble.FAIL : Trouble.LOSE_THE_ANSWER);
        troubles.add(Trouble.TAKE_A_PART);
      }
      if (round == 5) {
        troubles.add(Trouble.HANG);
      }
      receiver.will(troubles);
      write(random, 10);
      store.drainPublishers();
    }
    drainUntilAllArrived();

    assertThatAllArrivedInOrder();
  }

  private void write(Random random, int commits) {
    for (int i = 0; i < commits; i++) {
      switch (nodes.isEmpty() ? 0 : random.nextInt(12)) {
        case 0, 1 -> nodes.add(notes.add(node("node " + nodes.size())));
        case 2 -> chunk(random);
        default -> tag(nodes.get(random.nextInt(nodes.size())), "tag " + random.nextLong());
      }
    }
  }

  private void chunk(Random random) {
    var chunk =
        IntStream.range(0, 3)
            .mapToObj(i -> NodeId.of(new UUID(random.nextLong(), random.nextLong())))
            .toList();
    notes
        .send(
            new ImportNodes(
                notes.id(),
                chunk.stream().map(id -> new ImportedNode(id, node("imported"))).toList()))
        .orThrow();
    nodes.addAll(chunk);
  }

  private void tag(NodeId node, String tag) {
    notes.send(new Tag(notes.id(), node, Tags.of(tag))).orThrow();
  }

  /** The events of the log. */
  private List<EventEnvelope> log() {
    var events = new ArrayList<EventEnvelope>();
    for (Committed commit : storage.read(notes.ref(), 0, ALL)) {
      for (int i = 0; i < commit.events().size(); i++) {
        events.add(new EventEnvelope(notes.ref(), commit, i));
      }
    }
    return events;
  }

  private StreamId streamOf(String id) {
    String[] parts = id.split("/", -1);
    var commit = storage.read(notes.ref(), Long.parseLong(parts[1]) - 1, 1).getFirst();
    return new EventEnvelope(notes.ref(), commit, Integer.parseInt(parts[2])).stream();
  }

  private void drainUntilAllArrived() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isAllDelivered() && System.nanoTime() < deadline) {
      store.drainPublishers();
      pause();
    }
    assertThat(isAllDelivered()).as("all is delivered").isTrue();
  }

  private boolean isAllDelivered() {
    return storage.checkpoint("mail", notes.ref()) == storage.head(notes.ref()).sequence();
  }

  /** A breaker rests by the machine's clock. */
  private static void pause() {
    LockSupport.parkNanos(2_000_000);
  }

  private void assertThatAllArrivedInOrder() {
    Map<StreamId, List<String>> expected = new LinkedHashMap<>();
    log().forEach(event -> add(expected, event.stream(), event.id()));
    Map<StreamId, List<String>> firstTime = new LinkedHashMap<>();
    receiver.taken().stream().distinct().forEach(id -> add(firstTime, streamOf(id), id));

    assertThat(firstTime).isEqualTo(expected);
    assertThatNothingPassedAChunk();
  }

  private void assertThatNothingPassedAChunk() {
    var arrived = receiver.taken().stream().distinct().toList();
    boolean isBehind = false;
    int chunk = 0;
    for (EventEnvelope event : log()) {
      if (isBehind) {
        assertThat(arrived.indexOf(event.id())).isGreaterThan(chunk);
      }
      if (event.stream().equals(StreamId.WHOLE)) {
        isBehind = true;
        chunk = arrived.indexOf(event.id());
      }
    }
  }

  private static void add(Map<StreamId, List<String>> streams, StreamId stream, String id) {
    streams.computeIfAbsent(stream, any -> new ArrayList<>()).add(id);
  }
}
