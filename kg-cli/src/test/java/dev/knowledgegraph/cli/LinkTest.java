package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final Shell shell;

  LinkTest(@TempDir Path folder) {
    shell = new Shell(folder.resolve("store"));
  }

  @BeforeEach
  void fill() {
    kg("node", "add", "--title", "Analytical Engine", "--body", "A machine of brass wheels.");
    kg("node", "add", "--title", "Difference Engine", "--body", "A machine with brass wheels");
    kg("node", "add", "--title", "Ada", "--body", "She wrote for the Analytical Engine.");
  }

  private Shell.Result kg(String... words) {
    Shell.Result result = shell.kg(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private JsonNode json(String... words) throws IOException {
    var all = new java.util.ArrayList<>(List.of("--format", "json"));
    all.addAll(List.of(words));
    return JSON.readTree(kg(all.toArray(String[]::new)).out());
  }

  @Test
  void a_dry_run_shows_what_would_be_linked_and_why_and_changes_nothing() throws IOException {
    Shell.Result shown = kg("link", "--dry-run");

    assertThat(shown.out())
        .contains("score", "Analytical Engine", "SIMILAR", "both say", "would link")
        .contains("mentions \"Analytical Engine\"");
    assertThat(shown.err()).contains("would link", "looked at 3 nodes");
    assertThat(json("stats").path("edges").asInt()).isZero();
  }

  @Test
  void it_links_once_and_never_again_what_was_removed() throws IOException {
    JsonNode first = json("link");
    int linked = first.path("linked").asInt();
    assertThat(linked).isGreaterThanOrEqualTo(2);
    assertThat(first.path("links")).hasSize(linked);
    // Links of one method follow those of another.
    JsonNode mention = first.path("links").get(linked - 1);
    assertThat(mention.path("method").asText()).isEqualTo("mention");
    assertThat(mention.path("from").asText()).isEqualTo("Ada");
    assertThat(mention.path("start").asInt()).isEqualTo(18);
    assertThat(mention.path("length").asInt()).isEqualTo(17);

    assertThat(json("link").path("present").asInt()).isEqualTo(linked);
    kg("edge", "rm", mention.path("id").asText());
    JsonNode again = json("link");
    assertThat(again.path("linked").asInt()).isZero();
    assertThat(again.path("takenBack").asInt()).isEqualTo(1);
    assertThat(json("stats").path("edges").asInt()).isEqualTo(linked - 1);
  }

  @Test
  void it_links_only_the_nodes_named_by_the_method_named() throws IOException {
    assertThat(json("link", "--method", "mention", "Difference Engine").path("linked").asInt())
        .isZero();
    assertThat(json("link", "--method", "similarity", "Ada").path("nodes").asInt()).isEqualTo(1);
    assertThat(json("link", "--method", "similarity", "--min-score", "0.95").path("linked").asInt())
        .isZero();
    assertThat(shell.kg("--format", "jsonl", "link", "--dry-run").out().lines())
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void what_a_rule_refuses_is_told_with_exit_code_6() {
    kg("graph", "set", "main", "--policy", "strict");
    for (int i = 0; i < 40; i++) {
      String body = "About the Difference Engine";
      kg("node", "add", "--title", "Note " + (char) ('a' + i % 26) + i + "x", "--body", body);
    }

    Shell.Result result = shell.kg("link", "--method", "mention");

    assertThat(result.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(result.err()).contains("refused by a rule of the graph");
  }

  @Test
  void a_graph_may_be_linked_by_itself() throws IOException {
    assertThat(json("graph", "get").path("autoLink").asText()).isEqualTo("off");
    assertThat(json("graph", "set", "main", "--auto-link", "all").path("autoLink").asText())
        .isEqualTo("all");
    kg("node", "add", "--title", "Charles", "--body", "The Difference Engine was his.");

    assertThat(json("stats").path("edges").asInt()).isPositive();
    kg("graph", "set", "main", "--auto-link", "off");
    long edges = json("stats").path("edges").asLong();
    kg("node", "add", "--title", "Henry", "--body", "The Difference Engine was not his.");
    assertThat(json("stats").path("edges").asLong()).isEqualTo(edges);
  }

  @Test
  void wrong_words_are_wrong_usage_and_the_past_is_not_linked() {
    assertThat(shell.kg("link", "--method", "magic").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.kg("link", "--at", "1").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.kg("link", "--min-score", "2").exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(shell.kg("link", "Adda").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(shell.kg("--graph", "none", "link").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(shell.kg("link", "--help").out()).contains("kg link --dry-run");
  }
}
