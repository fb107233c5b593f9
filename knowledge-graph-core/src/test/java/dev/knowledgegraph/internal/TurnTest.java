package dev.knowledgegraph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Lease;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Of processes with a subscriber of one name, one delivers to it. */
class TurnTest {
  private static final UserId ADA = UserId.of("ada");
  private static final Duration ALMOST = Turn.LENGTH.minusMillis(1);

  private final InMemoryStorage kept = new InMemoryStorage();
  private final Network storage = new Network(kept);
  private final AtomicReference<Instant> here = time("2026-01-01T00:00:00Z");

  /** Far ahead of the other: clocks of processes are not compared. */
  private final AtomicReference<Instant> there = time("2031-07-01T00:00:00Z");

  private final Turn mine = new Turn(storage, "mail", "me", clock(here));
  private final Turn yours = new Turn(storage, "mail", "you", clock(there));

  private static AtomicReference<Instant> time(String now) {
    return new AtomicReference<>(Instant.parse(now));
  }

  private static void pass(AtomicReference<Instant> time, Duration duration) {
    time.updateAndGet(now -> now.plus(duration));
  }

  private static Clock clock(AtomicReference<Instant> time) {
    InstantSource source = time::get;
    return source.withZone(ZoneOffset.UTC);
  }

  @Test
  void who_comes_first_has_it_and_keeps_it() {
    assertThat(mine.take()).isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(yours.take()).isFalse();
      pass(here, Turn.RENEWED_AFTER);
      pass(there, Turn.RENEWED_AFTER);
      mine.renew();
      assertThat(mine.isHeld()).isTrue();
    }
    assertThat(yours.isHeld()).isFalse();
  }

  @Test
  void a_lease_that_stood_still_for_its_length_is_taken() {
    mine.take();
    assertThat(yours.take()).isFalse();
    pass(there, ALMOST);
    assertThat(yours.take()).isFalse();
    pass(there, Duration.ofMillis(1));

    assertThat(yours.take()).isTrue();
    assertThat(yours.isHeld()).isTrue();
  }

  @Test
  void who_lost_it_knows_when_it_looks_and_does_not_take_it_back() {
    mine.take();
    yours.take();
    pass(there, Turn.LENGTH);
    yours.take();
    pass(here, Turn.LENGTH);

    assertThat(mine.isHeld()).isFalse();
    assertThat(mine.take()).isFalse();
    assertThat(yours.take()).isTrue();
  }

  @Test
  void who_cannot_renew_it_stops_before_another_may_begin() {
    mine.take();
    yours.take();
    storage.isDown.set(true);
    pass(here, ALMOST);
    mine.renew();
    assertThat(mine.isHeld()).isTrue();
    pass(here, Duration.ofMillis(1));

    assertThat(mine.isHeld()).isFalse();
    storage.isDown.set(false);
    assertThat(mine.take()).isTrue();
  }

  @Test
  void a_lease_whose_renewal_was_carried_out_but_not_answered_is_kept() {
    mine.take();
    pass(here, Turn.RENEWED_AFTER);
    Lease last = kept.lease("mail");
    kept.replaceLease("mail", last, last.passedTo("me"));

    assertThat(mine.take()).isTrue();
    assertThat(kept.lease("mail")).isEqualTo(new Lease("me", 3));
  }

  @Test
  void a_lease_that_was_given_back_is_taken_at_once() {
    mine.take();
    yours.take();
    mine.release();
    mine.renew();

    assertThat(mine.isHeld()).isFalse();
    assertThat(yours.take()).isTrue();
    mine.release();
    assertThat(yours.isHeld()).isTrue();
    assertThat(kept.lease("mail").holder()).isEqualTo("you");
  }

  @Test
  void where_one_process_writes_nobody_asks() {
    var alone = new Turn(kept, "mail", "me", clock(here));

    assertThat(alone.isHeld()).isTrue();
    assertThat(alone.take()).isTrue();
    alone.release();
    assertThat(kept.lease("mail")).isEqualTo(Lease.NONE);
  }

  @Test
  void one_of_two_processes_delivers_and_the_other_goes_on_when_it_has_closed() {
    var first = new ArrayList<Long>();
    var second = new ArrayList<Long>();
    var one = open(storage, clock(here), first);
    one.drainPublishers();
    var two = open(storage, clock(there), second);
    two.as(ADA).graph("notes").add(NodeData.node("Ada"));
    two.drainPublishers();
    one.drainPublishers();
    assertThat(first).containsExactly(1L, 2L);

    one.close();
    two.as(ADA).graph("notes").add(NodeData.node("Bob"));
    two.drainPublishers();
    assertThat(second).containsExactly(3L);
    assertThat(first).hasSize(2);
    two.close();
  }

  @Test
  void who_loses_it_in_the_middle_of_a_delivery_stops_there() throws Exception {
    var stuck = new CountDownLatch(1);
    var goesOn = new CountDownLatch(1);
    var first = new ArrayList<Long>();
    var second = new ArrayList<Long>();
    var one =
        KnowledgeGraph.builder()
            .storage(storage)
            .clock(clock(here))
            .publisher(
                "mail",
                (graph, commit) -> {
                  first.add(commit.position().sequence());
                  stuck.countDown();
                  await(goesOn);
                })
            .build();
    one.drainPublishers();
    var two = open(storage, clock(there), second);
    two.drainPublishers();
    var notes = two.as(ADA).graph("notes");
    notes.add(NodeData.node("Ada"));
    var delivering = Thread.ofVirtual().start(one::drainPublishers);
    await(stuck);
    // The process stands still meanwhile: it renews nothing.
    pass(here, Turn.LENGTH);
    pass(there, Turn.LENGTH);
    two.drainPublishers();
    goesOn.countDown();
    delivering.join();

    assertThat(second).containsExactly(1L, 2L);
    assertThat(first).containsExactly(1L);
    notes.add(NodeData.node("Bob"));
    two.drainPublishers();
    assertThat(second).as("nothing comes again").containsExactly(1L, 2L, 3L);
    two.close();
    one.close();
  }

  private static KnowledgeGraph open(Storage storage, Clock clock, List<Long> seen) {
    return KnowledgeGraph.builder()
        .storage(storage)
        .clock(clock)
        .publisher("mail", (graph, commit) -> seen.add(commit.position().sequence()))
        .build();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A storage that several processes reach, or not; it stays when one of them closes it. */
  private static final class Network extends StorageDecorator {
    final AtomicBoolean isDown = new AtomicBoolean();

    Network(Storage storage) {
      super(storage);
    }

    @Override
    protected <R> R call(String method, java.util.function.Supplier<R> work) {
      if (isDown.get()) {
        throw new StorageException("STORE_UNAVAILABLE", "not now", true, null);
      }
      return work.get();
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public void close() {
      // Others go on with it.
    }
  }
}
