package dev.knowledgegraph.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.spi.SearchIndex.Check;
import dev.knowledgegraph.tck.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while a process indexes: opened again, the index is what the store holds. */
class KillTest {
  private static final int SOME = 3;
  private static final int MOST_MILLIS = 700;

  @TempDir Path home;

  @Test
  void a_killed_process_leaves_an_index_that_goes_on() throws Exception {
    kill(SOME);
  }

  @Test
  @Tag("soak")
  void many_killed_processes_leave_an_index_that_goes_on() throws Exception {
    kill(Integer.getInteger("kills", 200));
  }

  private void kill(int times) throws IOException, InterruptedException {
    var random = new Random(Seeds.seed("search kills"));
    for (int i = 0; i < times; i++) {
      Process child = start();
      try {
        var out = child.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("begun");
        child.waitFor(random.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
      } finally {
        child.destroyForcibly().waitFor();
      }
      assertSound("kill " + i);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                IndexingChild.class.getName(),
                home.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void assertSound(String name) {
    try (var store = IndexingChild.open(home)) {
      var view = store.as(UserId.of("ada")).graph("notes");
      long nodes = view.head().nodes();
      assertThat(view.ask(Search.of(view.id(), "common")).total()).as(name).isEqualTo(nodes);
      assertThat(store.searchIndex().check()).as(name).allMatch(Check::ok);
    }
  }
}
