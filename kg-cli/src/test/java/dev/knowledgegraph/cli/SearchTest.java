package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody finds with {@code kg}. */
class SearchTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path temp;
  private Path store;
  private Shell shell;

  @BeforeEach
  void addNotes() {
    store = temp.resolve("store");
    shell = new Shell(store);
    add("Publishing", "Turn your notes into a website.", "Page");
    add("Graph View", "Shows notes and their links.", "Page");
    add("Ada Lovelace", "Wrote the first program.", "Person");
  }

  private void add(String title, String body, String label) {
    assertThat(
            shell.kg("node", "add", "--title", title, "--body", body, "--label", label).exitCode())
        .isZero();
  }

  @Test
  void a_search_shows_titles_and_snippets_with_the_words_marked() {
    var found = shell.kg("search", "notes into a website");
    assertThat(found.exitCode()).as(found.err()).isZero();
    assertThat(found.out().lines().findFirst().orElse("")).contains("Publishing");
    assertThat(found.out()).contains("Turn your **notes** **into** **a** **website**.");
    assertThat(found.err()).contains("2 hits");
  }

  @Test
  void a_search_has_the_shape_scripts_rely_on() throws IOException {
    var found =
        json("search", "notes", "--mode", "hybrid", "--facet", "label,tag", "--format", "json");
    assertThat(names(found))
        .containsSubsequence("query", "mode", "total", "tookMs", "hits", "facets", "next");
    assertThat(found.path("mode").asText()).isEqualTo("hybrid");
    var hit = found.path("hits").path(0);
    assertThat(names(hit)).contains("node", "score", "text", "vector", "snippet");
    assertThat(found.path("facets").path("label").path(0).path("value").asText()).isEqualTo("Page");
  }

  @Test
  void a_search_is_narrowed_to_a_community_by_its_id_or_its_name() throws IOException {
    assertThat(shell.kg("edge", "add", "Publishing", "SHOWS", "Graph View").exitCode()).isZero();
    var all = json("search", "", "--facet", "community", "--format", "json");
    var pair = all.path("facets").path("community").path(0);
    assertThat(pair.path("count").asInt()).isEqualTo(2);

    for (String word : List.of(pair.path("value").asText(), pair.path("name").asText())) {
      assertThat(shell.kg("search", "", "--community", word).out())
          .contains("Publishing", "Graph View")
          .doesNotContain("Ada");
    }
    var none = shell.kg("search", "notes", "--community", "Nowhere");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("no community has the id or name \"Nowhere\"");
  }

  @Test
  void pages_follow_each_other() throws IOException {
    var first = json("search", "notes", "--limit", "1", "--format", "json");
    var second =
        json(
            "search",
            "notes",
            "--limit",
            "1",
            "--after",
            first.path("next").asText(),
            "--format",
            "json");
    assertThat(first.path("hits").path(0).path("node").path("id"))
        .isNotEqualTo(second.path("hits").path(0).path("node").path("id"));
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void what_was_said_earlier_is_found_as_of_then() {
    assertThat(shell.kg("node", "set", "Publishing", "--body", "Nothing").exitCode()).isZero();
    assertThat(shell.kg("search", "website").out()).isEmpty();
    assertThat(shell.kg("search", "website", "--at", "3").out()).contains("Publishing");
  }

  @Test
  void wrong_syntax_is_told_and_refused_if_strict() {
    var plain = shell.kg("search", "(notes");
    assertThat(plain.exitCode()).isZero();
    assertThat(plain.err()).contains("at character 1");
    assertThat(shell.kg("search", "(notes", "--strict").exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(shell.kg("search", "webside").err()).contains("did you mean: website");
  }

  @Test
  void similar_nodes_and_titles_are_found() {
    assertThat(shell.kg("similar", "Publishing").out()).contains("Graph View");
    assertThat(shell.kg("suggest", "gra").out()).contains("Graph View");
  }

  @Test
  void the_index_is_made_anew_and_looked_at() throws IOException {
    assertThat(shell.kg("reindex", "--analyzer", "en").out()).contains("4 commits");
    assertThat(shell.kg("search", "publish").out()).contains("Publishing");
    var doctor = json("doctor", "--format", "json");
    assertThat(doctor.path("checks").findValuesAsText("name"))
        .contains("index files", "index count", "index content");
  }

  @Test
  void a_deleted_index_comes_back() throws IOException {
    assertThat(shell.kg("search", "website").out()).contains("Publishing");
    try (var files = Files.walk(store.resolve("index"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    assertThat(shell.kg("search", "website").out()).contains("Publishing");
  }

  private JsonNode json(String... words) throws IOException {
    var found = shell.kg(words);
    assertThat(found.exitCode()).as(found.err()).isZero();
    return JSON.readTree(found.out());
  }

  private static List<String> names(JsonNode json) {
    return json.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }
}
