package dev.knowledgegraph.cli;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.io.ImportOptions;
import dev.knowledgegraph.io.Importer;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.SearchIndex.Check;
import dev.knowledgegraph.tck.Together;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of a large graph is made anew while it is in use. */
class WordNetRebuildTest {
  private static final Path DATA = Path.of("../../shared/data/wordnet");
  private static final int READERS = 4;

  @TempDir Path temp;

  @Test
  void readers_find_all_and_a_writer_writes_while_the_index_of_wordnet_is_made_anew()
      throws Exception {
    assumeThat(DATA).as("WordNet is not here").exists();
    try (var store = KnowledgeGraph.open(temp.resolve("store"))) {
      GraphView graph = store.as(UserId.of("ada")).graph("wordnet");
      Importer.run(
          graph,
          List.of(DATA.resolve("nodes.csv.gz"), DATA.resolve("edges.csv.gz")),
          ImportOptions.defaults());
      long dogs = graph.search("dog").result().total();
      var rebuilt = new AtomicBoolean();
      var written = new AtomicLong();
      var answered = new AtomicLong();
      Together.run(
          READERS + 2,
          task ->
              () -> {
                if (task == 0) {
                  try {
                    store.searchIndex().rebuild(progress -> {});
                  } finally {
                    rebuilt.set(true);
                  }
                } else if (task == 1) {
                  while (!rebuilt.get()) {
                    graph.add(node("dog " + written.get()));
                    written.incrementAndGet();
                  }
                } else {
                  while (!rebuilt.get()) {
                    long least = dogs + written.get();
                    assertThat(graph.search("dog").limit(1).result().total())
                        .isGreaterThanOrEqualTo(least);
                    answered.incrementAndGet();
                  }
                }
                return true;
              });
      System.out.printf("%d written, %d answered meanwhile%n", written.get(), answered.get());
      assertThat(answered.get()).as("answers meanwhile").isGreaterThan(READERS);
      assertThat(written.get()).as("written meanwhile").isPositive();
      assertThat(store.searchIndex().check()).allMatch(Check::ok);
      assertThat(graph.search("dog").limit(1).result().total()).isEqualTo(dogs + written.get());
    }
  }
}
