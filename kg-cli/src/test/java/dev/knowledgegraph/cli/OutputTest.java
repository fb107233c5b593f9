package dev.knowledgegraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people at a terminal see. */
class OutputTest {
  private static final String LONG = "a title that is longer than anybody would like to read it";

  @TempDir Path store;

  private String shown(int width, String... words) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, UTF_8);
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--store";
    all[words.length + 1] = store.toString();
    var environment = Map.of(Output.TERMINAL, Integer.toString(width), "NO_COLOR", "1");
    Kg.run(System.in, stream, stream, environment, all);
    return out.toString(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 100, 120})
  void a_table_is_no_wider_than_the_window_and_keeps_ids_whole(int width) {
    shown(200, "node", "add", "--title", LONG, "--key", LONG, "--label", "Thing");
    String id = shown(200, "node", "list", "--format", "csv").strip();

    assertThat(shown(width, "node", "list").lines())
        .hasSize(2)
        .allMatch(line -> line.length() <= width)
        .last()
        .asString()
        .contains("…")
        .endsWith(id.substring(id.lastIndexOf(',') + 1));
  }

  @Test
  void what_is_in_a_graph_does_not_speak_to_the_terminal() {
    String title = "red \u001b[31m bell \u0007 back \r over";
    shown(200, "node", "add", "--title", title, "--key", "a", "--body", "one\r\ntwo\u009b2J");
    shown(200, "node", "add", "--title", title, "--key", "b");
    shown(200, "edge", "add", "a", "KNOWS", "b");

    for (String[] command :
        new String[][] {
          {"node", "list"}, {"node", "get", "a"}, {"neighbors", "a"}, {"path", "a", "b"}
        }) {
      assertThat(shown(200, command)).doesNotContain("\u001b", "\u0007", "\u009b").contains("red");
    }
    assertThat(shown(200, "node", "get", "no \u001b[2J one")).doesNotContain("\u001b");
    assertThat(shown(200, "node", "get", "a", "--format", "json")).contains("\\u001B");
  }

  @Test
  void what_was_looked_for_stands_out_in_a_line_that_fits() {
    shown(200, "node", "add", "--title", "A", "--body", "needle \u001b[31m " + LONG.repeat(9));

    String plain = shown(60, "search", "needle");
    String colored = shown(60, "search", "needle", "--color", "always");

    assertThat(plain).contains("**needle** \uFFFD[31m").doesNotContain("\u001b");
    assertThat(plain.lines().filter(line -> line.contains("needle")))
        .allMatch(line -> line.length() <= 60)
        .hasSize(1);
    assertThat(colored).contains("\u001b[1mneedle\u001b[0m \uFFFD[31m");
  }
}
