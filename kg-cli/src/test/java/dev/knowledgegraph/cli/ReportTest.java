package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kg report}, and the exports to look at. */
class ReportTest {
  @TempDir Path temp;
  private Shell shell;

  @BeforeEach
  void begin() {
    shell = new Shell(temp.resolve("store"));
  }

  private String done(String... words) {
    Shell.Result result = shell.kg(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  @Nested
  class OfAVault {
    @BeforeEach
    void read() throws IOException {
      Path vault = Files.createDirectories(temp.resolve("vault"));
      Files.writeString(vault.resolve("index.md"), "# Index\n[[one]] [[two]] [[three]] #start");
      Files.writeString(vault.resolve("one.md"), "# One\n[[two]] [[three]]");
      Files.writeString(vault.resolve("two.md"), "# Two\n[[three]] [[nowhere]]");
      Files.writeString(vault.resolve("three.md"), "# Three\n[[far]]");
      Files.writeString(vault.resolve("far.md"), "# Far\n[[farther]]");
      Files.writeString(vault.resolve("farther.md"), "# Farther");
      Files.writeString(vault.resolve("alone.md"), "# Alone");
      done("import", vault.toString());
    }

    @Test
    void the_text_says_what_a_person_wants_to_know() {
      assertThat(done("report").lines())
          .contains(
              "numbers      7 nodes · 8 edges · 2 parts",
              "hubs         Three (4) · Index (3) · One (3) · Two (3) · Far (2)",
              "bridges      Three ─REFERENCE→ Far     the only connection of two parts",
              "loose ends   1 node without an edge: Alone",
              "             1 link leads nowhere:",
              "               Two  nowhere")
          .anyMatch(line -> line.startsWith("central      "))
          .anyMatch(line -> line.startsWith("clusters     "))
          .anyMatch(line -> line.matches("growth       \\d{4}-\\d\\d  \\+7 nodes  \\+8 edges"))
          .hasSizeLessThan(25);
      assertThat(done("report", "--limit", "2").lines())
          .contains("hubs         Three (4) · Index (3)");
    }

    @Test
    void programs_get_the_same_as_json() throws IOException {
      JsonNode json = Json.MAPPER.readTree(done("report", "--format", "json", "--limit", "2"));

      assertThat(json.path("stats").path("nodes").asInt()).isEqualTo(7);
      assertThat(json.path("hubs").size()).isEqualTo(2);
      assertThat(json.path("hubs").path(0).path("node").path("title").asText()).isEqualTo("Three");
      assertThat(json.path("orphans").path(0).path("title").asText()).isEqualTo("Alone");
      assertThat(json.path("unresolved").path(0).path("node").path("title").asText())
          .isEqualTo("Two");
      assertThat(json.path("unresolved").path(0).path("links").path(0).asText())
          .isEqualTo("nowhere");
      assertThat(json.path("growth").path(0).path("nodesAdded").asInt()).isEqualTo(7);
    }

    @Test
    void the_page_comes_with_the_report() throws IOException {
      Path page = temp.resolve("graph.html");

      Shell.Result result = shell.kg("report", "--limit", "1", "--html", page.toString());

      assertThat(result.out()).contains("hubs         Three (4)\n");
      assertThat(result.err()).contains("wrote " + page);
      assertThat(Files.readString(page)).contains("Content-Security-Policy", "\"Farther\"");
    }

    @Test
    void the_ending_of_a_name_chooses_the_format() throws IOException {
      for (String name : new String[] {"graph.html", "graph.dot", "graph.gv"}) {
        done("export", temp.resolve(name).toString());
      }

      assertThat(Files.readString(temp.resolve("graph.html"))).startsWith("<!doctype html>");
      assertThat(Files.readString(temp.resolve("graph.dot")))
          .startsWith("digraph \"main\" {")
          .isEqualTo(Files.readString(temp.resolve("graph.gv")));
      assertThat(done("export", "--to", "dot")).startsWith("digraph");
      assertThat(shell.kg("export", "--strict", temp.resolve("strict.dot").toString()).exitCode())
          .isEqualTo(ExitCode.INVALID);
    }
  }

  @Test
  void an_empty_graph_has_a_short_report() {
    done("graph", "create", "main");

    assertThat(done("report", "--html", temp.resolve("x.html").toString()))
        .isEqualToIgnoringNewLines("numbers      0 nodes · 0 edges");
  }

  @Test
  void a_limit_that_makes_no_sense_is_refused() {
    done("node", "add", "--title", "A");

    assertThat(shell.kg("report", "--limit", "0").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.kg("report", "--html", temp.toString()).err()).contains("cannot write");
  }

  @Test
  void help_tells_about_the_page() {
    assertThat(done("report", "--help")).contains("kg report --html graph.html", "--limit=N");
    assertThat(done("--help").lines())
        .anyMatch(line -> line.startsWith("  report ") && line.contains("a page to look at"));
  }
}
