package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
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

  private void addElsewhere() {
    assertThat(shell.kg("graph", "create", "work").exitCode()).isZero();
    assertThat(
            shell
                .kg("--graph", "work", "node", "add", "--title", "Website", "--body", "notes on it")
                .exitCode())
        .isZero();
  }

  @Test
  void a_search_in_several_graphs_names_the_graph_of_each_hit() throws IOException {
    addElsewhere();
    for (String[] where :
        List.of(new String[] {"--also-in", "work"}, new String[] {"--all-graphs"})) {
      var words = Stream.concat(Stream.of("search", "website notes"), Stream.of(where)).toList();
      var found = shell.kg(words.toArray(String[]::new));
      assertThat(found.exitCode()).as(found.err()).isZero();
      assertThat(found.out())
          .contains("Website   in work", "Publishing   in main", "Graph View   in main");
      assertThat(found.err()).contains("3 hits");
      var json =
          json(
              Stream.concat(words.stream(), Stream.of("--facet", "graph,label", "--format", "json"))
                  .toArray(String[]::new));
      assertThat(json.path("total").asInt()).isEqualTo(3);
      assertThat(json.path("hits").findValuesAsText("graph"))
          .containsExactlyInAnyOrder("work", "main", "main");
      assertThat(json.path("facets").path("graph").findValuesAsText("name"))
          .containsExactly("main", "work");
      assertThat(json.path("hits").findValuesAsText("graphId"))
          .containsOnlyOnceElementsOf(
              json.path("facets").path("graph").path(1).findValuesAsText("value"));
    }
    assertThat(shell.kg("search", "website notes").out()).doesNotContain("Website", " in ");
    var alone = json("search", "website notes", "--format", "json");
    assertThat(alone.path("hits").findValuesAsText("graph")).containsExactly("main", "main");
    assertThat(shell.kg("search", "website", "--all-graphs", "--format", "csv").out())
        .contains(",graph", ",work", ",main");
  }

  @Test
  void nodes_like_a_node_are_found_in_other_graphs() {
    addElsewhere();
    assertThat(shell.kg("similar", "Publishing", "--also-in", "work").out())
        .contains("Website   in work")
        .doesNotContain("Publishing");
    assertThat(shell.kg("similar", "Publishing").out()).doesNotContain("Website");
  }

  @Test
  void all_graphs_are_searched_also_where_none_is_the_default() {
    var other = new Shell(temp.resolve("other"));
    assertThat(other.kg("search", "x", "--all-graphs").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    for (String graph : List.of("one", "two")) {
      assertThat(other.kg("graph", "create", graph).exitCode()).isZero();
      assertThat(other.kg("--graph", graph, "node", "add", "--title", "Word").exitCode()).isZero();
    }
    assertThat(other.kg("search", "word", "--all-graphs").out())
        .contains("Word   in one", "Word   in two");
    assertThat(other.kg("--user", "eve", "search", "word", "--all-graphs").exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void what_cannot_be_searched_in_several_graphs_is_refused_with_the_way_out() {
    addElsewhere();
    var unknown = shell.kg("search", "x", "--also-in", "wrok");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(unknown.err()).contains("no graph has the name \"wrok\"", "work");
    var near = shell.kg("search", "x", "--also-in", "work", "--near", "Publishing");
    assertThat(near.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(near.err()).contains("filter.near", "ask that graph by itself");
    var then = shell.kg("search", "x", "--also-in", "work", "--at", "2");
    assertThat(then.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(then.err()).contains("at: expected a time");
    assertThat(shell.kg("search", "x", "--also-in").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.kg("search", "website", "--also-in", "work", "--at", "2000-01-01").out())
        .isEmpty();
  }

  @Test
  void the_help_shows_how_several_graphs_are_searched() {
    assertThat(shell.kg("search", "--help").out())
        .contains("kg search website --also-in work --facet graph", "--all-graphs");
    assertThat(shell.kg("similar", "--help").out())
        .contains("kg similar \"Graph View\" --all-graphs", "--also-in=GRAPH");
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
