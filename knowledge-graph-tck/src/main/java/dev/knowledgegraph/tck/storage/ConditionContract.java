package dev.knowledgegraph.tck.storage;

import static dev.knowledgegraph.tck.Scribe.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knowledgegraph.command.SettingsCommand.RenameGraph;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.tck.GraphSamples;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Law 2 of {@link dev.knowledgegraph.spi.EventStore}: what does not hold any more is refused. */
public abstract class ConditionContract extends StorageContract {
  /** A suite for stores of such a fixture. */
  protected ConditionContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void a_commit_decided_before_the_last_one_is_a_conflict() {
    var late = new Scribe("ada", 1);
    append(scribe.create("notes"), scribe.node(1, "Ada"));
    late.create("notes");

    assertRefused(late.node(2, "Late"));
  }

  @Test
  void a_commit_ahead_of_the_log_is_a_conflict() {
    append(scribe.create("notes"));
    scribe.node(1, "never appended");

    assertRefused(scribe.node(2, "Early"));
  }

  @Test
  void a_second_beginning_is_a_conflict() {
    append(scribe.create("notes"));

    assertRefused(new Scribe("ada", 1).create("other"));
  }

  @Test
  void two_commits_at_one_head_in_one_call_are_a_conflict() {
    var twin = new Scribe("ada", 1);
    append(scribe.create("notes"));
    twin.create("notes");

    assertRefused(scribe.node(1, "Ada"), twin.node(2, "Twin"));
  }

  @Test
  void nothing_of_the_call_is_written_in_any_graph() {
    var late = new Scribe("ada", 1);
    var bob = new Scribe("bob", 2);
    append(scribe.create("notes"), scribe.node(1, "Ada"));
    late.create("notes");

    assertRefused(bob.create("mine"), bob.node(1, "Bob"), late.node(2, "Late"));
    assertThat(storage.head(bob.ref())).isEqualTo(GraphHead.EMPTY);
    assertThat(storage.findGraph(bob.ref().id())).isEmpty();
    assertThat(storage.read(bob.ref(), 0, ALL)).isEmpty();
  }

  @Test
  void after_a_conflict_the_right_commit_is_taken() {
    var late = new Scribe("ada", 1);
    append(scribe.create("notes"), scribe.node(1, "Ada"));
    late.create("notes");
    assertRefused(late.node(2, "Late"));
    append(scribe.node(2, "Bob"));

    assertThat(storage.head(ref).nodes()).isEqualTo(2);
    assertThat(storage.nodesByTitle(ref, "Bob", 5, NOW)).hasSize(1);
  }

  @Test
  void a_second_graph_of_one_owner_and_name_is_a_conflict() {
    append(scribe.create("notes"));

    assertRefused(new Scribe("ada", 2).create("notes"));
    append(new Scribe("bob", 3).create("notes"));
    assertThat(storage.graphs(ref.owner())).hasSize(1);
  }

  @Test
  void two_graphs_of_one_name_in_one_call_are_a_conflict() {
    append(scribe.create("notes"));

    assertRefused(new Scribe("ada", 2).create("twins"), new Scribe("ada", 3).create("twins"));
    assertThat(storage.graphs(ref.owner())).hasSize(1);
  }

  @Test
  void a_graph_cannot_take_the_name_of_another() {
    var other = new Scribe("ada", 2);
    append(scribe.create("notes"), other.create("other"));

    assertRefused(other.write(new RenameGraph(other.ref().id(), "notes")));
    assertThat(storage.graphs(ref.owner())).extracting(Graph::name).contains("other");
  }

  @Test
  void names_can_be_passed_on_in_one_call() {
    var other = new Scribe("ada", 2);
    append(scribe.create("notes"));
    append(scribe.write(new RenameGraph(ref.id(), "old")), other.create("notes"));

    assertThat(storage.graphs(ref.owner())).extracting(Graph::name).containsExactly("notes", "old");
  }

  @Test
  void the_id_of_another_owners_graph_is_a_conflict() {
    append(scribe.create("notes"));

    assertRefused(new Scribe("eve", 1).create("mine"));
    assertThat(storage.findGraph(ref.id())).map(Graph::owner).contains(ref.owner());
  }

  @Test
  void the_id_of_a_removed_graph_is_a_conflict_for_everybody() {
    append(scribe.create("notes"), scribe.remove());

    assertRefused(new Scribe("eve", 1).create("mine"));
    assertRefused(new Scribe("ada", 1).create("again"));
  }

  @Test
  void a_lost_sample_leaves_the_winner_as_it_is() {
    appendOneByOne(GraphSamples.triangle(scribe));

    var late = GraphSamples.life(new Scribe("ada", 1));
    assertRefused(late.toArray(Commit[]::new));
    assertThat(storage.head(ref).edges()).isEqualTo(3);
  }

  private void assertRefused(Commit... commits) {
    var before = answers(NOW);
    var head = storage.head(ref);
    var log = log();

    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> append(commits))
        .matches(ConflictException::retryable);
    assertThat(answers(NOW).differenceFrom(before)).isEmpty();
    assertThat(storage.head(ref)).isEqualTo(head);
    assertThat(log()).isEqualTo(log);
    for (Commit commit : commits) {
      var receipt = commit.receipt();
      if (receipt != null) {
        assertThat(storage.findReceipt(commit.graph(), receipt.idempotencyKey(), day(0))).isEmpty();
      }
    }
  }
}
