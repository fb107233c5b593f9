package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.event.StreamId;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eve types all that could show or change what is Ada's. */
class CliTenancyTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String NOBODY = "0198c0de-0000-7000-8000-000000000000";

  @TempDir Path folder;
  private Shell shell;
  private String graph = "";
  private String node = "";
  private String edge = "";

  CliTenancyTest() {
    shell = new Shell(Path.of(""));
  }

  @BeforeEach
  void fill() throws IOException {
    shell = new Shell(folder.resolve("store"));
    ada("graph", "create", "notes");
    ada("node", "add", "--title", "Hidden", "--key", "hidden", "--body", "a secret", "--tag", "t");
    ada("node", "add", "--title", "Other", "--key", "other");
    ada("edge", "add", "hidden", "KNOWS", "other");
    ada("category", "add", "Hidden things");
    graph = json("graph", "get", "notes").path("id").asText();
    node = json("node", "get", "hidden").path("id").asText();
    edge = json("edge", "list").path(0).path("id").asText();
    park();
    eve("graph", "create", "mine");
    eve("node", "add", "--graph", "mine", "--title", "Eve's", "--key", "eve");
  }

  private void park() {
    try (var storage = JdbcStorage.openSqlite(folder.resolve("store"))) {
      storage.park(
          "mail",
          new GraphRef(UserId.of("ada"), GraphId.parse(graph)),
          List.of(
              DeadLetter.refused(
                  new EventPlace(1, 0), new StreamId("graph"), Instant.EPOCH, "HIDDEN")));
    }
  }

  private Shell.Result ada(String... words) {
    var all = new ArrayList<>(List.of("--user", "ada", "--graph", "notes"));
    all.addAll(List.of(words));
    Shell.Result result = shell.kg(all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private JsonNode json(String... words) throws IOException {
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--format", "json")).toArray(String[]::new);
    return JSON.readTree(ada(all).out());
  }

  private Shell.Result eve(String... words) {
    return shell.run(
        "{\"op\":\"node.rm\",\"node\":\""
            + node
            + "\"}\n{\"op\":\"edge.rm\",\"edge\":\""
            + edge
            + "\"}\n",
        Stream.concat(Stream.of("--user", "eve"), Stream.of(words)).toArray(String[]::new));
  }

  private String everythingOfAda() {
    return ada("dlq", "list", "--all").out()
        + ada("fingerprint").out()
        + ada("log", "--format", "jsonl").out()
        + ada("export").out();
  }

  private List<List<String>> attempts() throws IOException {
    return Attempts.onGraphs(
        Files.writeString(folder.resolve("n.csv"), "id,title\nhidden,mine now\n"));
  }

  private Shell.Result attempt(List<String> words, String graphName) {
    return eve(
        words.stream()
            .map(word -> word.equals("GRAPH") ? graphName : word)
            .map(word -> word.equals("NODE") ? node : word.equals("EDGE") ? edge : word)
            .map(word -> word.equals("CATEGORY") ? "Hidden things" : word)
            .toArray(String[]::new));
  }

  @Test
  void the_id_of_another_ones_graph_is_answered_like_one_that_never_was() throws IOException {
    String before = everythingOfAda();
    for (List<String> words : attempts()) {
      Shell.Result result = attempt(words, graph);
      Shell.Result never = attempt(words, NOBODY);
      assertThat(result.exitCode()).as("%s: %s", words, result.err()).isIn(2, 3);
      assertThat(result.err().replace(graph, "ID")).isEqualTo(never.err().replace(NOBODY, "ID"));
      assertThat(result.out()).isEqualTo(never.out()).doesNotContain("idden");
    }
    assertThat(everythingOfAda()).isEqualTo(before);
  }

  @Test
  void ids_and_keys_of_another_are_unknown_in_ones_own_graph() throws IOException {
    String before = everythingOfAda();
    for (List<String> words : attempts()) {
      if (!words.contains("rm") || words.contains("NODE") || words.contains("EDGE")) {
        Shell.Result result = attempt(words, "mine");
        assertThat(result.out()).as(words.toString()).doesNotContain("Hidden", "secret");
        // What never was has no history, and that is no error.
        if (!words.contains("history") && (words.contains("NODE") || words.contains("EDGE"))) {
          assertThat(result.exitCode()).as("%s: %s", words, result.out()).isIn(2, 3);
        }
      }
    }
    assertThat(everythingOfAda()).isEqualTo(before);
  }

  @Test
  void a_graph_that_all_may_read_can_be_read_and_not_written() throws IOException {
    ada("graph", "set", "notes", "--visibility", "public-read");
    String before = everythingOfAda();

    assertThat(eve("--graph", graph, "node", "get", "hidden").out()).contains("Hidden");
    assertThat(eve("--graph", graph, "export").out()).contains("Hidden");
    for (List<String> words : attempts()) {
      attempt(words, graph);
    }
    assertThat(everythingOfAda()).isEqualTo(before);
  }

  @Test
  void lists_and_care_show_nothing_of_another() {
    assertThat(eve("graph", "list").out()).contains("mine").doesNotContain("notes");
    assertThat(eve("doctor").out()).doesNotContain("notes", "idden", graph, node);
    assertThat(eve("--graph", "notes", "node", "list").err())
        .isEqualTo(eve("--graph", "nodes", "node", "list").err().replace("nodes", "notes"));
  }
}
