package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody types: an answer or a clear error, soon. */
class HostileWordsTest {
  private static final int CASES = 600;
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> COMMANDS =
      List.of(
          "graph create",
          "graph list",
          "graph get",
          "graph set",
          "graph rm",
          "graph stats",
          "graph use",
          "graph",
          "node add",
          "node get",
          "node list",
          "node set",
          "node mv",
          "node tag",
          "node untag",
          "node publish",
          "node archive",
          "node restore",
          "node rm",
          "node history",
          "node",
          "edge add",
          "edge get",
          "edge list",
          "edge set",
          "edge rm",
          "category add",
          "category list",
          "category get",
          "category set",
          "category rm",
          "category assign",
          "category suggest",
          "neighbors",
          "path",
          "subgraph",
          "stats",
          "timeline",
          "diff",
          "history",
          "import",
          "export",
          "batch",
          "log",
          "fingerprint",
          "doctor",
          "dlq list",
          "dlq show",
          "dlq replay",
          "dlq discard",
          "migrate status",
          "migrate plan",
          "migrate down",
          "version",
          "completion",
          "nod",
          "help",
          "");

  private static final List<String> OPTIONS =
      List.of(
          "--graph",
          "--user",
          "--format",
          "--at",
          "--color",
          "--quiet",
          "--title",
          "--key",
          "--label",
          "-l",
          "-p",
          "--property",
          "--no-property",
          "--body",
          "--weight",
          "--type",
          "--depth",
          "--limit",
          "--direction",
          "--sort",
          "--tag",
          "--status",
          "--after",
          "--unit",
          "--policy",
          "--visibility",
          "--node",
          "--confidence",
          "--on-error",
          "--from",
          "--map",
          "--atomic",
          "--strict",
          "--webhook",
          "--secret-env",
          "--subscriber",
          "--reason",
          "--dry-run",
          "--prune",
          "--max-hops",
          "--all",
          "--to",
          "--undefined",
          "--help",
          "--",
          "-",
          "-x",
          "--=",
          "--title=");

  private static final List<String> WORDS =
      List.of(
          "ada",
          "babbage",
          "Ada Lovelace",
          "",
          " ",
          "nobody",
          "0",
          "1",
          "-1",
          "1.5",
          "NaN",
          "Infinity",
          "1e999",
          "99999999999999999999",
          "-9223372036854775809",
          "null",
          "true",
          "json",
          "csv",
          "text",
          "xml",
          "now",
          "yesterday",
          "2026-02-30",
          "2026-05-01",
          "2026-05-01T25:00:00Z",
          "+1000000000-12-31T23:59:59Z",
          "-1000000000-01-01T00:00:00Z",
          "999999999",
          "00000000-0000-0000-0000-000000000000",
          "g0000000-0000-7000-8000-000000000000",
          "0198c0de-0000-7000-8000-000000000000",
          "a=b",
          "=b",
          "a=",
          "a=[1,",
          "a={\"b\":[[[]]]}",
          "weight=1e999",
          "\u0000",
          "a\u0000b",
          "\n",
          "a\nb",
          "\u202e",
          "👩‍🚀",
          "\ud83d",
          "%s%n",
          "$(id)",
          "`id`",
          "'; DROP TABLE node; --",
          "*",
          "[",
          "(",
          "\\",
          "\\E",
          "KNOWS",
          "child",
          "type;odd",
          "x".repeat(1_001),
          "x".repeat(100_000),
          "@file",
          "@/etc/passwd",
          "-",
          "--",
          "open",
          "strict",
          "private",
          "public-read",
          "draft",
          "archived",
          "out",
          "both",
          "#FF0000",
          "eyJub3QiOiJhIGN1cnNvciJ9",
          "!!!");

  private static final List<String> LINES =
      List.of(
          "{\"op\":\"node.add\",\"title\":\"x\"}",
          "{\"op\":\"node.add\",\"key\":5}",
          "{\"op\":\"node.add\",\"properties\":{\"a\":1e999}}",
          "{\"op\":\"node.add\",\"labels\":\"x\"}",
          "{\"op\":\"node.add\",\"title\":\"\\ud83d\"}",
          "{\"op\":\"node.set\",\"node\":\"nobody\"}",
          "{\"op\":\"edge.add\",\"source\":\"ada\",\"target\":\"ada\"}",
          "{\"op\":\"edge.add\",\"source\":\"ada\",\"type\":\"\",\"target\":\"ada\"}",
          "{\"op\":\"edge.add\",\"source\":\"ada\",\"type\":\"T\",\"target\":\"ada\",\"weight\":\"NaN\"}",
          "{\"op\":\"edge.rm\",\"edge\":\"x\"}",
          "{\"op\":\"node.rm\",\"node\":\"\"}",
          "{\"op\":7}",
          "{\"op\":\"drop\"}",
          "{}",
          "[]",
          "null",
          "1",
          "\"x\"",
          "{",
          "}",
          "nul",
          "\u0000",
          "{\"op\":",
          "[".repeat(5_000),
          "{\"op\":\"node.add\",\"properties\":{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}}",
          "{\"op\":\"node.add\",\"body\":\"" + "x".repeat(1_000_001) + "\"}");

  @TempDir Path folder;

  @Test
  void hostile_command_lines_end_in_an_answer_or_a_clear_error() throws IOException {
    long seed = Long.getLong("words.seed", 20_261_123);
    var random = new Random(seed);
    var shell = new Shell(folder.resolve("store"));
    shell.kg("node", "add", "--title", "Ada Lovelace", "--key", "ada");
    shell.kg("node", "add", "--title", "Charles Babbage", "--key", "babbage");
    shell.kg("edge", "add", "ada", "KNOWS", "babbage");
    Path file = Files.writeString(folder.resolve("data.csv"), "id,title\na,x\nb,y,z\n");
    var faults = new ArrayList<String>();
    for (int i = 0; i < CASES; i++) {
      List<String> words = words(random, file);
      String input = input(random);
      String before = shell.kg("fingerprint", "--graph", "main", "--format", "json").out();
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Shell.Result result = shell.run(input, words.toArray(String[]::new));
      long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      String fault = fault(result, words, used);
      boolean refused = result.exitCode() > 1 && result.exitCode() < ExitCode.IN_PART;
      if (fault == null
          && refused
          && !before.equals(shell.kg("fingerprint", "--graph", "main", "--format", "json").out())) {
        fault = "changes the graph and says that it failed";
      }
      if (fault != null) {
        faults.add(
            "%s: %.300s%n  input %.200s%n  exit %d, error %.500s"
                .formatted(fault, words, input, result.exitCode(), result.err()));
      }
    }
    assertThat(faults).as("repeat with -Dwords.seed=%d", seed).isEmpty();
  }

  private static String input(Random random) {
    var lines = new ArrayList<String>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      lines.add(any(LINES, random));
    }
    return String.join("\n", lines);
  }

  private List<String> words(Random random, Path file) {
    var words = new ArrayList<String>();
    String command = any(COMMANDS, random);
    words.addAll(List.of(command.split(" ", -1)));
    boolean toFile = command.equals("export");
    boolean fromFile = command.equals("import") && random.nextBoolean();
    if (toFile) {
      words.add(folder.resolve("export" + random.nextInt(100) + ".jsonl").toString());
    } else if (fromFile) {
      words.add(file.toString());
    }
    while (!toFile && random.nextInt(3) > 0) {
      words.add(any(WORDS, random));
    }
    while (random.nextBoolean()) {
      words.add(any(OPTIONS, random));
      if (random.nextInt(4) > 0) {
        words.add(toFile && words.getLast().equals("-") ? "x" : any(WORDS, random));
      }
    }
    return toFile ? words.subList(0, 2) : words;
  }

  private static <T> T any(List<T> items, Random random) {
    return items.get(random.nextInt(items.size()));
  }

  private static @Nullable String fault(Shell.Result result, List<String> words, long nanos) {
    if (!Set.of(0, 2, 3, 4, 5, 6, 7).contains(result.exitCode())) {
      return "has a wrong exit code";
    }
    if (result.err().contains("\tat ") || result.err().matches("(?s).*\\bjava\\.\\w+\\..*")) {
      return "shows a stack trace or a class";
    }
    if (result.exitCode() != 0 && result.exitCode() != ExitCode.IN_PART) {
      int format = words.indexOf("--format");
      boolean json =
          format >= 0 && format + 1 < words.size() && words.get(format + 1).equals("json");
      if (result.err().isBlank() || (json && !isError(result.err()))) {
        return "fails without a coded error";
      }
      if (result.err().length() > 3_000) {
        return "says far too much";
      }
    }
    return nanos > MOST_NANOS ? "takes " + nanos / 1_000_000 + " ms" : null;
  }

  private static boolean isError(String text) {
    try {
      JsonNode error = JSON.readTree(text).path("error");
      return !error.path("code").asText().isEmpty() && !error.path("message").asText().isEmpty();
    } catch (JsonProcessingException e) {
      return !text.startsWith("{");
    }
  }
}
