package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How what {@code kg} does can be followed: by an id, and by what it logs. */
class LogsTest {
  @TempDir Path store;

  private Shell.Result kg(String... words) {
    return new Shell(store).kg(words);
  }

  @AfterEach
  void log_nothing_again() {
    kg("stats", "--log", "off");
  }

  @Test
  void a_correlation_id_is_in_the_log_of_the_graph() {
    kg("node", "add", "--title", "A", "--key", "a", "--correlation-id", "order-7");
    kg("node", "add", "--title", "B");

    assertThat(kg("log", "--format", "jsonl").out().lines())
        .anyMatch(line -> line.contains("\"correlationId\":\"order-7\""))
        .last()
        .asString()
        .containsPattern("\"correlationId\":\"[0-9a-f-]{36}\"");
  }

  @Test
  void an_error_names_its_correlation_id() {
    assertThat(kg("node", "get", "x", "--correlation-id", "order-7", "--format", "json").err())
        .contains("\"correlationId\":\"order-7\"");
    kg("node", "add", "--title", "A");
    assertThat(kg("node", "get", "x", "--correlation-id", "order-8", "--format", "json").err())
        .contains("\"correlationId\":\"order-8\"");
    assertThat(kg("node", "get", "--nonsense", "--format", "json").err())
        .containsPattern("\"correlationId\":\"[0-9a-f-]{36}\"");
  }

  @Test
  void levels_are_set_package_by_package() {
    var quiet = kg("node", "add", "--title", "A", "--log", "dev.knowledgegraph.storage=debug");
    var loud =
        kg(
            "node",
            "add",
            "--title",
            "B",
            "--log",
            "dev.knowledgegraph.bus=debug",
            "--correlation-id",
            "order-7");

    assertThat(quiet.err()).doesNotContain("AddNode");
    assertThat(loud.err().lines())
        .anyMatch(
            line ->
                line.matches(
                    "\\d{4}-\\d\\d-\\d\\dT\\S+Z DEBUG dev\\.knowledgegraph\\.bus \\[order-7]"
                        + " COMMAND AddNode of local in graph .*"));
    assertThat(loud.err()).doesNotContain("\"B\"");
  }

  @Test
  void an_unknown_level_is_refused_with_those_there_are() {
    var refused = kg("stats", "--log", "loud");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("debug", "found \"loud\"");
  }

  @Test
  void an_id_that_is_too_long_is_refused() {
    assertThat(kg("node", "add", "--title", "A", "--correlation-id", "x".repeat(201)).exitCode())
        .isEqualTo(ExitCode.INVALID);
  }
}
