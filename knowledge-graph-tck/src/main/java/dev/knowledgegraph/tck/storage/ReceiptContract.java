package dev.knowledgegraph.tck.storage;

import static dev.knowledgegraph.tck.Scribe.day;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.CommandResult.Accepted;
import dev.knowledgegraph.command.CommandResult.Rejected;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import dev.knowledgegraph.tck.Together;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Law 7 of {@link dev.knowledgegraph.spi.EventStore}: receipts, and what they are for. */
public abstract class ReceiptContract extends StorageContract {
  /** A suite for stores of such a fixture. */
  protected ReceiptContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void a_receipt_comes_back_as_it_was_written_while_it_is_young_enough() {
    append(scribe.create("notes"));
    var commit = add(1, "key");
    append(commit);

    assertThat(storage.findReceipt(ref, "key", day(0))).contains(receipt(commit));
    assertThat(storage.findReceipt(ref, "key", day(2))).contains(receipt(commit));
    assertThat(storage.findReceipt(ref, "key", day(2).plusNanos(1_000))).isEmpty();
    assertThat(storage.findReceipt(ref, "other", day(0))).isEmpty();
  }

  @Test
  void keys_are_told_apart_by_case_and_by_code_point() {
    append(scribe.create("notes"));
    var keys = List.of("key", "KEY", "caf\u00e9", "cafe\u0301", "key ", "%", "_", "'");
    for (int i = 0; i < keys.size(); i++) {
      append(add(1 + i, keys.get(i)));
    }

    for (int i = 0; i < keys.size(); i++) {
      assertThat(storage.findReceipt(ref, keys.get(i), day(0)))
          .map(receipt -> receipt.sequence())
          .contains(2L + i);
    }
  }

  @Test
  void a_receipt_is_found_in_its_graph_only() {
    var bob = new Scribe("bob", 2);
    append(scribe.create("notes"), add(1, "key"), bob.create("notes"));

    assertThat(storage.findReceipt(ref, "key", day(0))).isPresent();
    assertThat(storage.findReceipt(bob.ref(), "key", day(0))).isEmpty();
    assertThat(
            storage.findReceipt(
                new dev.knowledgegraph.model.GraphRef(bob.ref().owner(), ref.id()), "key", day(0)))
        .isEmpty();
  }

  @Test
  void a_key_that_is_used_again_after_its_time_has_the_new_receipt() {
    append(scribe.create("notes"), add(1, "key"), scribe.node(2, "two days later"));
    var again = add(3, "key");
    append(again);

    assertThat(storage.findReceipt(ref, "key", day(0))).contains(receipt(again));
  }

  @Test
  void a_repeated_command_gets_the_same_answer_and_changes_nothing() {
    append(scribe.create("notes"));
    var first = send(1, "Ada");
    var again = send(1, "Ada");

    assertThat(again).isEqualTo(first).isInstanceOf(Accepted.class);
    assertThat(log()).hasSize(2);
  }

  @Test
  void a_key_that_comes_with_another_command_is_refused() {
    append(scribe.create("notes"));
    send(1, "Ada").orThrow();

    assertThat(send(2, "Bob")).isEqualTo(new Rejected(new Rejection.CommandIdReused("key")));
    assertThat(log()).hasSize(2);
  }

  @Test
  void one_command_sent_by_many_threads_has_one_effect_and_one_answer() {
    append(scribe.create("notes"));
    var bus = engine(storage);
    var answers =
        Together.run(
            8,
            i ->
                () ->
                    bus.commands()
                        .send(
                            ref.owner(),
                            new AddNode(ref.id(), nodeId(1), NodeData.node("Ada")),
                            CommandOptions.none().withIdempotencyKey("key")));

    assertThat(new HashSet<>(answers)).hasSize(1).allMatch(Accepted.class::isInstance);
    assertThat(log()).hasSize(2);
  }

  private Commit add(long number, String key) {
    return scribe.write(
        new AddNode(ref.id(), nodeId(number), NodeData.node("node " + number)),
        CommandOptions.none().withIdempotencyKey(key));
  }

  private CommandResult send(long number, String title) {
    return engine(storage)
        .commands()
        .send(
            ref.owner(),
            new AddNode(ref.id(), nodeId(number), NodeData.node(title)),
            CommandOptions.none().withIdempotencyKey("key"));
  }

  private static dev.knowledgegraph.spi.Receipt receipt(Commit commit) {
    return Objects.requireNonNull(commit.receipt());
  }
}
