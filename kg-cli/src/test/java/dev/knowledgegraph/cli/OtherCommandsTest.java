package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about {@code kg} and how it works. */
class OtherCommandsTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void each_shell_learns_all_words(String shell) {
    Shell.Result result = new Shell(temp).kg("completion", shell);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("neighbors", "publish", "dry-run", "store");
  }

  @Test
  void fish_learns_what_they_are_for() {
    assertThat(new Shell(temp).kg("completion", "fish").out().lines())
        .contains(
            "complete -c kg -n '__fish_use_subcommand' -f -a version -d 'Which kg this is.'",
            "complete -c kg -n '__fish_seen_subcommand_from import' -l dry-run"
                + " -d 'only read and report'")
        .allMatch(line -> line.startsWith("complete -c kg "));
  }

  @Test
  void help_shows_examples_first_and_every_command_once() {
    String help = new Shell(temp).kg("--help").out();

    assertThat(help.indexOf("First steps")).isBetween(0, help.indexOf("What there is"));
    for (String command :
        Kg.commandLine(new Context(System.in, System.out, System.err, Map.of()))
            .getSubcommands()
            .keySet()) {
      assertThat(help.lines().filter(line -> line.startsWith("  " + command + " ")))
          .as(command)
          .hasSize(1);
    }
    assertThat(new Shell(temp).kg("import", "--help").out())
        .startsWith("kg import [OPTION…] PATH…")
        .contains("Examples", "--dry-run")
        .doesNotContain("--color=");
  }

  @Test
  void an_unknown_shell_is_refused() {
    assertThat(new Shell(temp).kg("completion", "csh").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void the_plan_of_a_read_names_its_index() {
    Shell shell = new Shell(temp.resolve("store"));
    assertThat(shell.kg("node", "add", "--title", "Ada").exitCode()).isZero();

    assertThat(shell.kg("explain", "nodes by key").out()).contains("node_key");
    assertThat(shell.kg("explain").out()).contains("edges out", "node history");
    assertThat(shell.kg("explain", "nodes by kye"))
        .satisfies(r -> assertThat(r.exitCode()).isEqualTo(ExitCode.NOT_FOUND))
        .satisfies(r -> assertThat(r.err()).contains("\"nodes by key\""));
  }
}
