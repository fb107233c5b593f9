package dev.knowledgegraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does with {@code kg}, from one command to the next. */
class JourneyTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path temp;
  private Path store;

  private record Result(int exitCode, String out, String err) {
    JsonNode json() throws IOException {
      assertThat(exitCode).as(err).isZero();
      return JSON.readTree(out);
    }

    JsonNode error() throws IOException {
      return JSON.readTree(err).path("error");
    }
  }

  @BeforeEach
  void nameTheStore() {
    store = temp.resolve("store");
  }

  @Test
  void nodes_are_added_found_connected_and_removed() throws IOException {
    addThree();

    assertThat(kg("node", "get", "ada", "--format", "json").json().path("title").asText())
        .isEqualTo("Ada Lovelace");
    assertThat(kg("node", "get", "Charles Babbage").out()).contains("babbage", "1791");
    assertThat(kg("node", "list", "--label", "Person", "--format", "json").json()).hasSize(2);
    assertThat(kg("neighbors", "ada").out()).contains("Charles Babbage");
    assertThat(kg("path", "ada", "Engine").out())
        .contains("Ada Lovelace ─KNOWS→ Charles Babbage ─BUILT→ Engine", "2 hops");

    assertThat(kg("node", "rm", "babbage").exitCode()).isZero();
    assertThat(kg("node", "get", "babbage").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(kg("path", "ada", "Engine").out()).contains("not connected");
    assertThat(kg("stats", "--format", "json").json().path("edges").asInt()).isZero();
  }

  @Test
  void a_node_changes_and_its_past_stays() throws IOException {
    addThree();
    String before = kg("stats", "--format", "json").json().path("position").asText();

    assertThat(kg("node", "set", "ada", "--title", "Countess", "--no-property", "born").exitCode())
        .isZero();
    kg("node", "tag", "ada", "famous", "first");
    kg("node", "publish", "ada");

    JsonNode now = kg("node", "get", "ada", "--format", "json").json();
    assertThat(now.path("title").asText()).isEqualTo("Countess");
    assertThat(now.path("properties")).isEmpty();
    assertThat(now.path("tags")).hasSize(2);
    assertThat(now.path("status").asText()).isEqualTo("published");
    assertThat(
            kg("node", "get", "ada", "--at", before, "--format", "json")
                .json()
                .path("title")
                .asText())
        .isEqualTo("Ada Lovelace");
    assertThat(kg("node", "history", "ada", "--format", "json").json()).hasSizeGreaterThan(2);
    assertThat(kg("diff", before, "--format", "json").json().path("nodesChanged")).hasSize(1);
  }

  @Test
  void an_edge_has_the_shape_scripts_rely_on() throws IOException {
    addThree();

    JsonNode edges = kg("edge", "list", "--node", "ada", "--format", "json").json();

    assertThat(edges).hasSize(1);
    assertThat(edges.path(0).properties().stream().map(Map.Entry::getKey))
        .contains(
            "id",
            "source",
            "target",
            "sourceKey",
            "targetKey",
            "type",
            "weight",
            "properties",
            "version");
    assertThat(edges.path(0).path("sourceKey").asText()).isEqualTo("ada");
    String id = edges.path(0).path("id").asText();
    assertThat(kg("edge", "set", id, "--weight", "0.5", "--format", "json").json().path("weight"))
        .hasToString("0.5");
    assertThat(kg("edge", "rm", id).exitCode()).isZero();
    assertThat(kg("edge", "get", id).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void answers_have_the_shapes_scripts_rely_on() throws IOException {
    addThree();

    assertThat(names(kg("neighbors", "ada", "--format", "json")))
        .containsExactly("node", "depth", "total", "neighbors");
    assertThat(names(kg("path", "ada", "babbage", "--format", "json")))
        .containsExactly("found", "hops", "weight", "nodes", "edges");
    assertThat(names(kg("stats", "--format", "json")))
        .containsExactly(
            "graph",
            "position",
            "nodes",
            "edges",
            "labels",
            "types",
            "tags",
            "components",
            "orphans",
            "density");
    assertThat(names(kg("fingerprint", "--format", "json")))
        .containsExactly("graph", "position", "algorithm", "fingerprint");
    assertThat(names(kg("doctor", "--format", "json"))).containsExactly("ok", "checks");
    assertThat(kg("node", "list", "--format", "jsonl").out().lines()).hasSize(3);
    assertThat(kg("node", "list", "--format", "csv").out().lines())
        .startsWith("title,key,labels,tags,status,id");
  }

  @Test
  void wrong_usage_names_the_nearest_word() {
    assertThat(kg("nod", "list"))
        .satisfies(r -> assertThat(r.exitCode()).isEqualTo(ExitCode.USAGE))
        .satisfies(r -> assertThat(r.err()).contains("node").doesNotContain("\tat "))
        .satisfies(r -> assertThat(r.out()).isEmpty());
    assertThat(kg("node", "list", "--lable", "x").err()).contains("--label");
    assertThat(kg("node", "list", "--format", "jsn").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(kg("path", "a").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void what_is_not_there_has_something_close() throws IOException {
    addThree();

    Result people = kg("neighbors", "Ada Lovelcae");
    Result programs = kg("neighbors", "Ada Lovelcae", "--format", "json");

    assertThat(people.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(people.err()).contains("Close: \"Ada Lovelace\"");
    assertThat(programs.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(programs.error().path("code").asText()).isEqualTo("NODE_NOT_FOUND");
    assertThat(programs.out()).isEmpty();
    assertThat(kg("node", "list", "--graph", "mian").err()).contains("Close: \"main\"");
    assertThat(kg("import", temp.resolve("nothing").toString()).exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void a_store_that_is_not_there_is_not_made_by_asking() {
    assertThat(kg("node", "list").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(store).doesNotExist();
  }

  @Test
  void rules_and_conflicts_have_their_exit_codes() throws IOException {
    addThree();
    kg("graph", "create", "strict", "--policy", "notebook");

    assertThat(kg("--graph", "strict", "node", "add", "--body", "no title").exitCode())
        .isEqualTo(ExitCode.INVALID);
    Result twice = kg("node", "add", "--title", "Another", "--key", "ada", "--format", "json");
    assertThat(twice.exitCode()).isEqualTo(5);
    assertThat(twice.error().path("code").asText()).isEqualTo("KEY_TAKEN");
    assertThat(kg("node", "set", "ada", "--title", "x", "--version", "9").exitCode()).isEqualTo(5);
  }

  @Test
  void graphs_are_made_used_and_removed() throws IOException {
    kg("graph", "create", "work", "--description", "Not play");
    kg("graph", "use", "work");
    kg("node", "add", "--title", "Here");

    assertThat(kg("--graph", "work", "node", "list", "--format", "json").json()).hasSize(1);
    assertThat(kg("graph", "get", "--format", "json").json().path("name").asText())
        .isEqualTo("work");
    assertThat(kg("graph", "rm", "work").exitCode()).isZero();
    assertThat(kg("graph", "list", "--format", "json").json()).isEmpty();
  }

  @Test
  void categories_are_assigned() throws IOException {
    addThree();
    kg("category", "add", "People");

    assertThat(kg("category", "assign", "ada", "People").exitCode()).isZero();
    assertThat(kg("node", "list", "--category", "People", "--format", "json").json()).hasSize(1);
    assertThat(kg("category", "unassign", "ada", "People").exitCode()).isZero();
    assertThat(kg("category", "rm", "People").exitCode()).isZero();
    assertThat(kg("category", "list", "--format", "json").json()).isEmpty();
  }

  @Test
  void a_batch_answers_line_by_line() throws IOException {
    String lines =
        """
        {"op":"node.add","key":"a","title":"A","properties":{"n":1}}
        {"op":"node.add","key":"a","title":"A again"}
        {"op":"node.add","key":"b","title":"B"}
        {"op":"edge.add","source":"a","type":"KNOWS","target":"b"}
        """;

    Result result = run(lines, "batch");

    assertThat(result.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(result.out().lines().map(line -> line.contains("\"ok\":true")))
        .containsExactly(true, false, true, true);
    assertThat(run(lines, "batch", "--atomic").exitCode()).isEqualTo(5);
    assertThat(kg("node", "list", "--format", "json").json()).hasSize(2);
  }

  @Test
  void a_batch_sent_twice_is_carried_out_once() throws IOException {
    String ada = "00000000-0000-7000-8000-000000000001";
    String lines =
        """
        {"op":"node.add","id":"ID","title":"A","idempotencyKey":"1"}
        {"op":"node.tag","node":"ID","tags":["x"],"idempotencyKey":"2"}
        {"op":"node.rm","node":"ID","idempotencyKey":"3"}
        """
            .replace("ID", ada);

    Result first = run(lines, "batch");
    Result second = run(lines, "batch");

    assertThat(first.exitCode()).as(first.out()).isZero();
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(kg("log", "--format", "jsonl").out().lines()).hasSize(4);
    assertThat(run(lines, "batch", "--atomic").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void an_atomic_batch_connects_what_it_adds() throws IOException {
    String lines =
        """
        {"op":"node.add","key":"a","title":"A"}
        {"op":"node.add","key":"b","title":"B"}
        {"op":"edge.add","source":"a","type":"KNOWS","target":"b"}
        """;

    assertThat(run(lines, "batch", "--atomic").exitCode()).isZero();
    assertThat(kg("stats", "--format", "json").json().path("edges").asInt()).isEqualTo(1);
  }

  @Test
  void what_is_exported_can_be_imported_elsewhere() throws IOException {
    addThree();
    Path file = temp.resolve("graph.jsonl");

    assertThat(kg("export", file.toString()).exitCode()).isZero();
    JsonNode report = kg("--graph", "copy", "import", file.toString(), "--format", "json").json();

    assertThat(report.path("nodesAdded").asInt()).isEqualTo(3);
    assertThat(kg("--graph", "copy", "fingerprint").out()).isEqualTo(kg("fingerprint").out());
    assertThat(kg("export").out()).isEqualTo(Files.readString(file));
    assertThat(kg("export", "--to", "jsnol").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_backup_becomes_a_store() throws IOException {
    addThree();
    Path backup = temp.resolve("backup");

    assertThat(kg("backup", backup.toString()).exitCode()).isZero();
    String fingerprint = kg("fingerprint").out();
    store = temp.resolve("restored");
    assertThat(kg("restore", backup.toString()).exitCode()).isZero();

    assertThat(kg("fingerprint").out()).isEqualTo(fingerprint);
    assertThat(kg("restore", backup.toString()).exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(kg("migrate", "status", "--format", "json").json()).isNotEmpty();
    assertThat(kg("migrate", "plan").out()).contains("nothing to do");
  }

  @Test
  void the_log_tells_every_commit() throws IOException {
    addThree();

    List<String> lines = kg("log", "--format", "jsonl").out().lines().toList();

    assertThat(lines).hasSize(6);
    assertThat(JSON.readTree(lines.getLast()).path("position").asInt()).isEqualTo(6);
    assertThat(kg("timeline", "--format", "json").json().path(0).path("nodesAdded").asInt())
        .isEqualTo(3);
  }

  @Test
  void the_tour_ends_well() throws IOException {
    Result tour =
        run("", Map.of("KG_HOME", Path.of("..").toAbsolutePath().normalize().toString()), "demo");

    assertThat(tour.exitCode()).as(tour.out() + tour.err()).isZero();
    assertThat(tour.out()).contains("$ kg --store", "neighbors", "They are equal.");
    assertThat(run("", Map.of(), "demo").exitCode()).isNotZero();
  }

  @Test
  void help_and_completion_know_all_commands() {
    assertThat(kg("--help").out()).contains("neighbors", "First steps", "completion");
    assertThat(kg("import", "--help").out()).contains("Examples", "--on-error");
    assertThat(kg("completion", "bash").out()).contains("neighbors", "fingerprint");
  }

  private void addThree() {
    String[][] commands = {
      {"node", "add", "--title", "Ada Lovelace", "--key", "ada", "-l", "Person", "-p", "born=1815"},
      {
        "node",
        "add",
        "--title",
        "Charles Babbage",
        "--key",
        "babbage",
        "-l",
        "Person",
        "-p",
        "born=1791"
      },
      {"node", "add", "--title", "Engine"},
      {"edge", "add", "ada", "KNOWS", "babbage"},
      {"edge", "add", "babbage", "BUILT", "Engine"},
    };
    for (String[] command : commands) {
      Result result = kg(command);
      assertThat(result.exitCode()).as(result.err()).isZero();
    }
  }

  private static List<String> names(Result result) throws IOException {
    return result.json().properties().stream().map(Map.Entry::getKey).toList();
  }

  private Result kg(String... words) {
    return run("", words);
  }

  private Result run(String input, String... words) {
    return run(input, Map.of(), words);
  }

  private Result run(String input, Map<String, String> environment, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var args = new ArrayList<>(List.of("--store", store.toString()));
    args.addAll(List.of(words));
    int exitCode =
        Kg.run(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            environment,
            args.toArray(String[]::new));
    return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
