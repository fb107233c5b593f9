package dev.knowledgegraph.tck.storage;

import static dev.knowledgegraph.tck.Scribe.day;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.tck.GraphSamples;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import dev.knowledgegraph.tck.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Laws 3 and 6 of {@link dev.knowledgegraph.spi.EventStore}: sequence numbers, and those who follow
 * them.
 */
public abstract class PositionContract extends StorageContract {
  private static final int WRITERS = 3;
  private static final int POLLERS = 3;
  private static final int EACH = 40;

  /** A suite for stores of such a fixture. */
  protected PositionContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void sequence_numbers_are_1_2_3_in_each_graph() {
    var bob = new Scribe("bob", 2);
    append(scribe.create("notes"), bob.create("notes"), scribe.node(1, "Ada"), bob.node(1, "Bob"));

    for (var graph : List.of(ref, bob.ref())) {
      assertThat(storage.read(graph, 0, ALL))
          .extracting(Committed::position)
          .containsExactly(
              new dev.knowledgegraph.event.Position(graph.id(), 1),
              new dev.knowledgegraph.event.Position(graph.id(), 2));
    }
  }

  @Test
  void a_read_begins_after_the_given_number_and_ends_at_the_limit() {
    var commits = GraphSamples.life(scribe);
    storage.append(commits);
    var log = commits.stream().map(commit -> commit.entry()).toList();

    for (int after = 0; after <= log.size(); after++) {
      assertThat(storage.read(ref, after, ALL)).isEqualTo(log.subList(after, log.size()));
      assertThat(storage.read(ref, after, 2))
          .isEqualTo(log.subList(after, Math.min(after + 2, log.size())));
    }
    assertThat(storage.read(ref, log.size() + 5L, 2)).isEmpty();
  }

  @Test
  void pollers_see_every_commit_once_and_in_order_while_writers_race() {
    append(scribe.create("notes"));
    var bus = engine(storage).commands();
    var writing = new AtomicInteger(WRITERS);
    var seen =
        Together.<List<Committed>>run(
            WRITERS + POLLERS,
            i ->
                i < POLLERS
                    ? () -> poll(writing, 1 + 3 * i)
                    : () -> {
                      try {
                        for (int n = 0; n < EACH; n++) {
                          var node = nodeId(1_000L * i + n);
                          bus.send(
                                  ref.owner(),
                                  new AddNode(ref.id(), node, NodeData.node("node " + n)),
                                  CommandOptions.none())
                              .orThrow();
                        }
                      } finally {
                        writing.decrementAndGet();
                      }
                      return List.of();
                    });

    var log = log();
    assertThat(log).hasSize(1 + WRITERS * EACH);
    seen.subList(0, POLLERS).forEach(polled -> assertThat(polled).isEqualTo(log));
  }

  private List<Committed> poll(AtomicInteger writing, int limit) {
    var seen = new ArrayList<Committed>();
    boolean isLast = false;
    while (true) {
      long after = seen.isEmpty() ? 0 : seen.getLast().position().sequence();
      var next = storage.read(ref, after, limit);
      seen.addAll(next);
      boolean isTooMuch = seen.size() > 2 * (1 + WRITERS * EACH);
      if (isTooMuch || (next.isEmpty() && isLast)) {
        return seen;
      }
      isLast = writing.get() == 0;
    }
  }

  @Test
  void a_reader_who_saw_the_head_finds_every_commit_up_to_it() {
    append(scribe.create("notes"));
    var bus = engine(storage).commands();
    Together.run(
        2,
        i ->
            () -> {
              for (int n = 0; n < EACH; n++) {
                if (i == 0) {
                  bus.send(
                          ref.owner(),
                          new AddNode(ref.id(), nodeId(n), NodeData.empty()),
                          CommandOptions.none())
                      .orThrow();
                } else {
                  var head = storage.head(ref);
                  assertThat(storage.read(ref, 0, ALL))
                      .hasSizeGreaterThanOrEqualTo((int) head.sequence());
                  assertThat(storage.counts(ref, head.sequence()).nodes()).isEqualTo(head.nodes());
                }
              }
              return true;
            });

    assertThat(storage.head(ref).nodes()).isEqualTo(EACH);
  }

  @Test
  void a_time_names_the_last_commit_that_is_not_later() {
    append(scribe.create("notes"), scribe.node(1, "Ada"));

    assertThat(storage.sequenceAt(ref, day(0))).isZero();
    assertThat(storage.sequenceAt(ref, day(1))).isEqualTo(1);
    assertThat(storage.sequenceAt(ref, day(2).minusNanos(1_000))).isEqualTo(1);
    assertThat(storage.sequenceAt(ref, day(2))).isEqualTo(2);
    assertThat(storage.sequenceAt(ref, day(9))).isEqualTo(2);
    assertThat(storage.sequenceAt(new Scribe("ada", 7).ref(), day(9))).isZero();
  }
}
