package dev.knowledgegraph.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.SearchIndex.Check;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.RandomCommands;
import dev.knowledgegraph.tck.Seeds;
import java.io.IOException;
import java.util.Random;
import org.apache.lucene.store.AlreadyClosedException;
import org.junit.jupiter.api.Test;

/**
 * The disk fails at any step, or the machine stops there: opened again, the index is exactly what
 * its checkpoint says, and goes on to the end of the logs. {@code -Dkg.search.faults=1000} for
 * long.
 */
class FaultTest {
  private static final int SEEDS = Integer.getInteger("kg.search.faults", 100);
  private static final int COMMANDS = 60;
  private static final int MOST_STEPS = 150;

  private final LuceneSearchConfig config = LuceneSearchConfig.standard();

  @Test
  void after_a_failure_anywhere_the_index_is_what_its_checkpoint_says_and_goes_on()
      throws IOException {
    long first = Seeds.seed("search faults");
    int failed = 0;
    for (long seed = first; seed < first + SEEDS; seed++) {
      failed += check(seed) ? 1 : 0;
    }
    assertThat(failed).as("runs that failed on the way").isGreaterThan(SEEDS / 2);
  }

  /** Here the index has not yet come to where a graph was removed. */
  @Test
  void an_index_that_has_not_come_to_the_removal_of_a_graph_is_sound() throws IOException {
    check(-3319804262454631464L);
  }

  private boolean check(long seed) throws IOException {
    var random = new Random(seed);
    var commands = new RandomCommands(seed, 0);
    var storage = new InMemoryStorage();
    var directory = new FaultyDirectory();
    boolean failed = false;
    try (var store = KnowledgeGraph.builder().storage(storage).clock(new ManualClock()).build()) {
      directory.failAfter(random.nextInt(MOST_STEPS));
      try (var generation = Generation.open(directory, config)) {
        index(store, generation, commands, random);
      } catch (IOException | AlreadyClosedException e) {
        failed = true;
      }
      try (var generation = Generation.open(directory.crash(), config)) {
        assertSound(storage, generation, "seed " + seed + " after the failure");
        followAll(storage, generation, commands);
        assertSound(storage, generation, "seed " + seed + " in the end");
        for (GraphRef graph : commands.graphs()) {
          assertThat(generation.position(graph)).isEqualTo(storage.head(graph).sequence());
        }
      }
    }
    return failed;
  }

  private void index(
      KnowledgeGraph store, Generation generation, RandomCommands commands, Random random)
      throws IOException {
    var projection = new Projection(generation, store.storage(), new RecentCommits(), config);
    for (var step : commands.take(COMMANDS)) {
      try {
        store.commands().send(step.caller(), step.command(), step.options());
      } catch (KnowledgeGraphException e) {
        // Some are refused, and that is meant.
      }
      if (random.nextInt(4) == 0) {
        for (GraphRef graph : commands.graphs()) {
          projection.step(graph);
        }
      }
      if (random.nextInt(6) == 0) {
        projection.refresh();
      }
      if (random.nextInt(8) == 0) {
        generation.commit();
      }
    }
  }

  private void followAll(InMemoryStorage storage, Generation generation, RandomCommands commands)
      throws IOException {
    var projection = new Projection(generation, storage, new RecentCommits(), config);
    for (GraphRef graph : commands.graphs()) {
      boolean more = true;
      while (more) {
        more = projection.step(graph);
      }
    }
    projection.refresh();
  }

  private static void assertSound(InMemoryStorage storage, Generation generation, String name)
      throws IOException {
    Snapshot snapshot = generation.acquire();
    try {
      assertThat(new Doctor(storage, snapshot).check()).as(name).allMatch(Check::ok);
    } finally {
      generation.release(snapshot);
    }
  }
}
