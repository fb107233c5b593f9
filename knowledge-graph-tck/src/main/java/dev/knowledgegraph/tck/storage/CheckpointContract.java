package dev.knowledgegraph.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.SettingsCommand.DescribeGraph;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The laws of {@link dev.knowledgegraph.spi.CheckpointStore}. */
public abstract class CheckpointContract extends StorageContract {
  /** A suite for stores of such a fixture. */
  protected CheckpointContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void a_checkpoint_is_what_was_saved_last_and_0_before() {
    append(scribe.create("notes"));
    assertThat(storage.checkpoint("mail", ref)).isZero();
    for (long sequence : new long[] {7, 9, 2}) {
      storage.saveCheckpoint("mail", ref, sequence);
      assertThat(storage.checkpoint("mail", ref)).isEqualTo(sequence);
    }
  }

  @Test
  void subscribers_and_graphs_have_checkpoints_of_their_own() {
    var other = new Scribe("ada", 2);
    append(scribe.create("notes"), other.create("other"));
    storage.saveCheckpoint("mail", ref, 1);
    storage.saveCheckpoint("Mail", ref, 2);
    storage.saveCheckpoint("mail", other.ref(), 3);

    assertThat(storage.checkpoint("mail", ref)).isEqualTo(1);
    assertThat(storage.checkpoint("Mail", ref)).isEqualTo(2);
    assertThat(storage.checkpoint("mail", other.ref())).isEqualTo(3);
    assertThat(storage.checkpoint("search", ref)).isZero();
  }

  @Test
  void another_owner_neither_sees_nor_moves_a_checkpoint() {
    append(scribe.create("notes"));
    storage.saveCheckpoint("mail", ref, 1);
    var foreign = new GraphRef(UserId.of("eve"), ref.id());
    assertThat(storage.checkpoint("mail", foreign)).isZero();
    storage.saveCheckpoint("mail", foreign, 5);

    assertThat(storage.checkpoint("mail", ref)).isEqualTo(1);
  }

  @Test
  void a_publisher_goes_on_where_it_was() {
    append(scribe.create("notes"), scribe.node(1, "Ada"));

    assertThat(publishedAfter("more")).isEqualTo(log()).hasSize(3);
    assertThat(publishedAfter("still more")).isEqualTo(storage.read(ref, 3, ALL)).hasSize(1);
    assertThat(storage.checkpoint("mail", ref)).isEqualTo(4);
  }

  private List<Committed> publishedAfter(String description) {
    var seen = new CopyOnWriteArrayList<Committed>();
    var engine =
        KnowledgeGraph.builder()
            .storage(new Kept(storage))
            .publisher("mail", (graph, commit) -> seen.add(commit))
            .build();
    engine
        .commands()
        .send(ref.owner(), new DescribeGraph(ref.id(), description), CommandOptions.none())
        .orThrow();
    engine.drainPublishers();
    engine.close();
    return seen;
  }

  /** Stays open when what uses it is closed. */
  private static final class Kept extends StorageDecorator {
    Kept(Storage storage) {
      super(storage);
    }

    @Override
    public void close() {
      // Others go on with it.
    }
  }
}
