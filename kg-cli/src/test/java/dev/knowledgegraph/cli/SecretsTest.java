package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * All that Ada keeps bears a mark. Eve runs every command, on a store that is whole and on one that
 * is damaged in Ada's part: neither what is printed nor what is written for her shows a mark or an
 * id of Ada's that Eve did not type.
 */
class SecretsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MARK = "zq7";

  @TempDir Path folder;

  /** Marks that Eve knows by now, and may have given to what is hers. */
  private final Set<String> typed = new LinkedHashSet<>(List.of("Zq7-key"));

  private Path store = Path.of("");
  private String graph = "";
  private String gone = "";
  private String node = "";
  private String edge = "";

  @BeforeEach
  void fill() throws IOException {
    store = folder.resolve("store");
    Files.createDirectory(folder.resolve("out"));
    ada("graph", "create", "Zq7-gone", "--description", "Zq7-why");
    gone = json("graph", "get", "Zq7-gone").path("id").asText();
    ada("graph", "rm", "Zq7-gone");
    ada("graph", "create", "Zq7-graph", "--description", "Zq7-why");
    graph = json("graph", "get", "Zq7-graph").path("id").asText();
    ada("node", "add", "--title", "Zq7-title", "--key", "Zq7-key", "--body", "Zq7-body");
    ada("node", "set", "Zq7-key", "--label", "Zq7-label", "--source", "Zq7-source");
    ada("node", "set", "Zq7-key", "--tag", "Zq7-tag", "--property", "Zq7-name=Zq7-value");
    ada("node", "add", "--title", "Zq7-other", "--key", "Zq7-second");
    ada("edge", "add", "Zq7-key", "ZQ7_TYPE", "Zq7-second", "--label", "Zq7-link", "-p", "Zq7=Zq7");
    ada("category", "add", "Zq7-category", "--description", "Zq7-category-why");
    ada("category", "assign", "Zq7-key", "Zq7-category");
    ada("node", "set", "Zq7-key", "--title", "Zq7-title-now");
    Path csv = folder.resolve("Zq7-file.csv");
    ada("import", Files.writeString(csv, "id,title\nZq7-import,Zq7-imported\n").toString());
    run(
        "ada",
        "{\"op\":\"node.add\",\"key\":\"Zq7-line\",\"idempotencyKey\":\"Zq7-once\"}\n",
        List.of("--graph", "Zq7-graph", "batch"));
    node = json("node", "get", "Zq7-key").path("id").asText();
    edge = json("edge", "list").path(0).path("id").asText();
    assertThat(List.of(graph, gone, node, edge)).allMatch(id -> id.length() == 36);
    eve(List.of("graph", "create", "mine"));
    eve(List.of("--graph", "mine", "node", "add", "--title", "Eve's", "--key", "eve"));
  }

  private void ada(String... words) {
    var all = new ArrayList<>(List.of("--graph", "Zq7-graph"));
    all.addAll(List.of(words));
    Shell.Result result = run("ada", "", all);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private JsonNode json(String... words) throws IOException {
    var all = new ArrayList<>(List.of("--graph", "Zq7-graph", "--format", "json"));
    all.addAll(List.of(words));
    return JSON.readTree(run("ada", "", all).out());
  }

  private Shell.Result eve(List<String> words) {
    String lines =
        "{\"op\":\"node.rm\",\"node\":\"ID\"}\n{\"op\":\"edge.rm\",\"edge\":\"EDGE\"}\n"
            .replace("ID", node)
            .replace("EDGE", edge);
    return run("eve", lines, words);
  }

  private Shell.Result run(String user, String input, List<String> words) {
    return new Shell(store)
        .run(
            input, Stream.concat(Stream.of("--user", user), words.stream()).toArray(String[]::new));
  }

  private List<List<String>> everything() throws IOException {
    Path csv = Files.writeString(folder.resolve("n.csv"), "id,title\nZq7-key,mine now\n");
    Path out = folder.resolve("out");
    return Stream.of(
            Attempts.onStores(out.resolve("stores")),
            Attempts.onGraphs(csv),
            List.of(
                List.of("--graph", "GRAPH", "export", out.resolve("graph.jsonl").toString()),
                List.of(
                    "--graph", "GRAPH", "export", "--history", out.resolve("log.jsonl").toString()),
                List.of("--graph", "GRAPH", "export", "--to", "csv", out.resolve("t").toString())))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> replaced(List<String> words, Map<String, String> names) {
    return words.stream().map(word -> names.getOrDefault(word, word)).toList();
  }

  private void runs(List<String> words) {
    runs("--verbose", words);
    runs("--format=json", words);
  }

  private void runs(String how, List<String> words) {
    List<String> all = Stream.concat(Stream.of(how), words.stream()).toList();
    Shell.Result result = eve(all);
    showsNothing(all, result.out() + result.err());
  }

  private void showsNothing(List<String> words, String shown) {
    words.stream().filter(word -> word.toLowerCase(Locale.ROOT).contains(MARK)).forEach(typed::add);
    String rest = shown;
    for (String word : typed) {
      rest = rest.replace(word, "");
    }
    for (String id : List.of(graph, node, edge)) {
      rest = words.contains(id) || words.contains("batch") ? rest.replace(id, "") : rest;
    }
    assertThat(rest)
        .as("kg %s", String.join(" ", words))
        .doesNotContainIgnoringCase(MARK)
        .doesNotContainIgnoringCase(graph, gone, node, edge);
  }

  private String everythingOfAda() {
    return Stream.of("fingerprint", "log --format jsonl", "export", "category list", "graph get")
        .map(words -> run("ada", "", List.of(("--graph Zq7-graph " + words).split(" "))).out())
        .reduce("", String::concat);
  }

  @Test
  void whatever_somebody_runs_shows_and_changes_nothing_of_another() throws IOException {
    String before = everythingOfAda();
    for (List<String> words : everything()) {
      runs(replaced(words, ids(graph)));
      runs(replaced(words, names("Zq7-graph")));
      if (!words.contains("rm") || words.contains("NODE")) {
        runs(replaced(words, ids("mine")));
      }
    }
    try (var files = Files.walk(folder.resolve("out"))) {
      List<Path> written = files.filter(Files::isRegularFile).toList();
      assertThat(written).hasSizeGreaterThan(4);
      for (Path file : written) {
        if (!file.startsWith(folder.resolve("out").resolve("stores"))) {
          showsNothing(List.of(), Files.readString(file));
        }
      }
    }
    assertThat(everythingOfAda()).isEqualTo(before);
  }

  private Map<String, String> ids(String of) {
    return Map.of("GRAPH", of, "NODE", node, "EDGE", edge, "CATEGORY", "Zq7-category");
  }

  private Map<String, String> names(String of) {
    return Map.of(
        "GRAPH", of, "NODE", "Zq7-title-now", "EDGE", "ZQ7_TYPE", "CATEGORY", "Zq7-category");
  }

  @Test
  void what_is_damaged_in_the_part_of_another_is_told_without_naming_it() throws Exception {
    String of = " WHERE gid = (SELECT gid FROM graph WHERE lower(hex(id)) = '" + hex(graph) + "')";
    Path whole = store;
    int number = 0;
    for (String damage :
        List.of(
            "UPDATE log SET payload = CAST('Zq7' AS BLOB)" + of + " AND seq = 2",
            "UPDATE log SET actor = 'Zq7'" + of + " AND seq = 2",
            "DELETE FROM log" + of + " AND seq = 2",
            "UPDATE node SET props = '{\"Zq7\": Zq7'" + of,
            "UPDATE node SET props = '{\"Zq7\": {\"instant\": \"Zq7\"}}'" + of,
            "UPDATE node SET labels = '[\"Zq7'" + of,
            "UPDATE node SET labels = '[\"Zq7\\u00'" + of,
            "UPDATE node SET status = 'Zq7'" + of,
            "UPDATE node SET format = 'Zq7'" + of,
            "UPDATE node SET categories = '[Zq7'" + of,
            "UPDATE node SET categories = '[{\"category\":\"Zq7\"}]'" + of,
            "UPDATE node SET id = CAST('Zq7' AS BLOB)" + of + " AND nid = 1",
            "UPDATE node_hist SET props = '{Zq7'" + of,
            "UPDATE node_hist SET ver = 7" + of,
            "UPDATE edge SET props = '{Zq7'" + of,
            "UPDATE edge SET origin = 'Zq7'" + of,
            "UPDATE edge_type SET name = ''",
            "UPDATE category SET data = '{\"title\": Zq7'" + of,
            "UPDATE graph SET data = '{\"Zq7\": Zq7'" + of,
            "UPDATE graph SET data = json_set(data, '$.visibility', 'Zq7')" + of,
            "UPDATE graph SET owner = ''" + of,
            "INSERT INTO receipt SELECT gid, 'Zq7', 'Zq7', 9999, 1, 1 FROM graph" + of,
            "INSERT INTO checkpoint SELECT 'Zq7', owner, id, 9999 FROM graph" + of)) {
      store = folder.resolve("damaged" + number++);
      assertThat(new Shell(whole).kg("backup", store.toString()).exitCode()).isZero();
      execute(damage);
      for (String words :
          List.of(
              "doctor",
              "doctor --format json",
              "graph list",
              "--graph GRAPH export",
              "--graph mine export",
              "doctor --repair")) {
        runs("--verbose", replaced(List.of(words.split(" ")), ids(graph)));
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store.resolve("events.db"));
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
    }
  }

  private static String hex(String id) {
    return id.replace("-", "");
  }

  @Test
  void every_command_is_tried() throws IOException {
    var names = new TreeSet<String>();
    commands()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (command.getSubcommands().isEmpty()) {
                names.add(name);
              }
              command.getSubcommands().keySet().forEach(sub -> names.add(name + " " + sub));
            });
    List<String> tried = everything().stream().map(words -> String.join(" ", words)).toList();
    assertThat(names)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(tried).anyMatch(line -> (line + " ").contains(name + " ")));
  }

  private static CommandLine commands() {
    return Kg.commandLine(new Context(System.in, System.out, System.err, Map.of()));
  }
}
