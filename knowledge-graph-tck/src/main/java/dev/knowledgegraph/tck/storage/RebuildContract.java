package dev.knowledgegraph.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.Answers;
import dev.knowledgegraph.tck.GraphSamples;
import dev.knowledgegraph.tck.RandomCommands;
import dev.knowledgegraph.tck.Seeds;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Law 8 of {@link dev.knowledgegraph.spi.EventStore}: the log is the whole truth. */
public abstract class RebuildContract extends StorageContract {
  private static final int COMMANDS = 150;
  private static final int CHUNK = 17;

  /** A suite for stores of such a fixture. */
  protected RebuildContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void a_store_made_from_the_log_alone_answers_everything_alike() {
    storage.append(GraphSamples.life(scribe));
    var copy = fixture.create();
    replay(storage, copy, ref);

    assertSame(storage, copy, ref);
    assertThat(copy.head(ref).sequence()).isEqualTo(scribe.head());
  }

  @Test
  void so_does_one_made_from_the_log_of_random_commands() {
    long seed = Seeds.seed("rebuild");
    var random = new RandomCommands(seed, 0);
    var engine = engine(storage);
    for (var step : random.take(COMMANDS)) {
      engine.commands().send(step.caller(), step.command(), step.options());
    }
    var copy = fixture.create();
    assertThat(storage.head(random.graphs().getFirst()).sequence()).isPositive();
    for (GraphRef graph : random.graphs()) {
      replay(storage, copy, graph);
      assertSame(storage, copy, graph);
    }
  }

  @Test
  void a_log_with_a_gap_is_refused() {
    storage.append(GraphSamples.life(scribe));
    var copy = engine(fixture.create());

    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> copy.replay(ref, storage.read(ref, 1, ALL)));
    assertThat(copy.storage().head(ref).sequence()).isZero();
    assertThat(storage.read(ref, 1, ALL)).isNotEmpty();
  }

  private static void replay(Storage from, Storage to, GraphRef graph) {
    var engine = engine(to);
    var chunk = from.read(graph, 0, CHUNK);
    while (!chunk.isEmpty()) {
      engine.replay(graph, chunk);
      chunk = from.read(graph, chunk.getLast().position().sequence(), CHUNK);
    }
  }

  private static void assertSame(Storage expected, Storage found, GraphRef graph) {
    long head = expected.head(graph).sequence();
    assertThat(found.head(graph)).isEqualTo(expected.head(graph));
    assertThat(found.read(graph, 0, ALL)).isEqualTo(expected.read(graph, 0, ALL));
    for (long at : new long[] {head / 3, head / 2, head - 1, NOW}) {
      assertThat(Answers.of(found, graph, at).differenceFrom(Answers.of(expected, graph, at)))
          .as("as of %s", at)
          .isEmpty();
    }
  }
}
