package dev.knowledgegraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph leaves a store with its history and comes into another. */
class HistoryTest {
  @TempDir Path temp;
  private Shell first;
  private Shell second;
  private String file;

  @BeforeEach
  void exportALog() {
    first = new Shell(temp.resolve("first"));
    second = new Shell(temp.resolve("second"));
    file = temp.resolve("log.jsonl.gz").toString();
    done(first, "node", "add", "--key", "ada", "--title", "Ada");
    done(first, "node", "set", "ada", "--title", "Countess");
    done(first, "node", "add", "--key", "engine", "--title", "Engine");
    done(first, "node", "rm", "engine");
    done(first, "export", "--to", "jsonl", "--history", file);
  }

  private static String done(Shell shell, String... words) {
    Shell.Result result = shell.kg(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  private void agree(String... words) {
    assertThat(done(second, words)).isEqualTo(done(first, words));
  }

  @Test
  void fingerprint_log_past_and_histories_are_the_same() {
    assertThat(done(second, "import", file)).contains("5 commits written", "0 known");

    agree("fingerprint", "--format", "json");
    agree("log", "--format", "jsonl");
    agree("history", "ada", "--format", "json");
    agree("node", "history", "ada", "--format", "json");
    for (int at = 1; at <= 5; at++) {
      agree("node", "list", "--format", "json", "--at", Integer.toString(at));
    }
    assertThat(done(second, "doctor")).contains("all is well");
    assertThat(done(second, "import", file)).contains("0 commits written", "5 known");
  }

  @Test
  void it_comes_through_a_pipe_as_well() {
    String log = done(first, "export", "--history");

    Shell.Result result = second.run(log, "import", "-");

    assertThat(result.exitCode()).as(result.err()).isZero();
    agree("log", "--format", "jsonl");
  }

  @Test
  void a_dry_run_writes_nothing() {
    assertThat(done(second, "import", file, "--dry-run")).contains("5 commits to write");

    assertThat(second.kg("stats").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void another_graph_of_that_name_stays_as_it_is() {
    done(second, "node", "add", "--title", "Mine");

    Shell.Result result = second.kg("import", file);

    assertThat(result.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(result.err()).contains("another graph named main", "into another store");
    assertThat(done(second, "node", "list")).contains("Mine");
  }

  @Test
  void what_makes_no_sense_with_a_log_is_refused() {
    assertThat(second.kg("import", file, "--prune").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(second.kg("import", file, file).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(second.kg("import", file, "--graph", "other").err()).contains("\"main\"");
    assertThat(first.kg("export", "--to", "csv", "--history", "x").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_damaged_line_is_named() throws IOException {
    Path plain = temp.resolve("log.jsonl");
    String log = done(first, "export", "--history").replace("Countess", "Contessa");
    Files.writeString(plain, log, UTF_8);

    Shell.Result result = second.kg("import", plain.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(result.err()).contains("log.jsonl:4: ", "2 commits before it are kept");
  }
}
