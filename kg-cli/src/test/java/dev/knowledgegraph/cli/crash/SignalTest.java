package dev.knowledgegraph.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C, and the polite wish of a machine that shuts down. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SignalTest {
  private static final List<String> SMALL_WINDOWS = List.of("-Dknowledgegraph.import.window=5");
  private static final Pattern STOPPED =
      Pattern.compile(
          "stopped at ([0-9,]+) nodes and ([0-9,]+) edges; all of them are saved\\."
              + " Run the same command again to go on\\.");

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void an_interrupted_import_says_what_is_saved_and_goes_on_when_run_again(String signal)
      throws Exception {
    Path store = temp.resolve("store");
    Tables tables = Tables.generate(temp, 2_000);
    String[] command = {"import", "-v", tables.nodes().toString(), tables.edges().toString()};

    Child.Result stopped;
    try (Child child = Child.kg(SMALL_WINDOWS, store, command)) {
      child.err().await(line -> line.matches("importing +[1-9].*"));
      child.signal(signal);
      stopped = child.await();
    }

    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
    Matcher said = STOPPED.matcher(stopped.err());
    assertThat(said.find()).as(stopped.err()).isTrue();
    Proof.read(
        store, graph -> assertThat(sizes(graph)).containsExactly(said.group(1), said.group(2)));
    assertThat(store.resolve("events.db-wal"))
        .satisfiesAnyOf(
            wal -> assertThat(wal).doesNotExist(), wal -> assertThat(Files.size(wal)).isZero());

    assertThat(Child.run(store, command).exitCode()).isZero();
    Proof.read(store, graph -> assertThat(sizes(graph)).containsExactly("2,000", "3,000"));
  }

  @Test
  void an_interrupted_batch_keeps_what_it_has_answered() throws Exception {
    Path store = temp.resolve("store");
    try (Child child = Child.kg(store, "batch")) {
      var input = child.input();
      input.write("{\"op\":\"node.add\",\"title\":\"x\"}\n");
      input.flush();
      child.out().await(line -> line.contains("\"ok\":true"));
      child.signal("INT");

      Child.Result stopped = child.await();
      assertThat(stopped.exitCode()).isEqualTo(130);
      assertThat(stopped.err()).contains("interrupted; what was acknowledged is kept.");
    }
    Proof.read(store, graph -> assertThat(sizes(graph)).containsExactly("1", "0"));
  }

  private static List<String> sizes(GraphView graph) {
    return List.of("%,d".formatted(graph.head().nodes()), "%,d".formatted(graph.head().edges()));
  }
}
