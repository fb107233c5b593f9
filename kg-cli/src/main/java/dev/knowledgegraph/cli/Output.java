package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.cli.Globals.Color;
import dev.knowledgegraph.cli.Globals.Format;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where all that a command says goes: data to standard output in the format asked for, everything
 * else to standard error. Text is made from the same objects as JSON.
 */
final class Output {
  /** The variable by which the launcher says that standard error is a terminal. */
  static final String ERROR_TERMINAL = "KG_ERROR_TERMINAL";

  private static final int WIDEST = 48;
  private static final int LONGEST = 1_000;
  private final Globals globals;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Output(Globals globals, PrintStream out, PrintStream err, Map<String, String> environment) {
    this.globals = globals;
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  Format format() {
    return globals.format;
  }

  PrintStream stream() {
    return out;
  }

  /** One thing; people see its fields, one per line. */
  void one(ObjectNode item) {
    one(item, fields(item));
  }

  /** One thing; people see {@code text}. */
  void one(ObjectNode item, String text) {
    switch (globals.format) {
      case text -> out.println(text);
      case json -> out.println(item.toPrettyString());
      case jsonl -> out.println(item);
      case csv -> csv(List.of(item), names(item));
    }
  }

  /** Many things of a kind; people see a table of some columns, such as {@code node.title}. */
  void many(List<ObjectNode> items, String... columns) {
    switch (globals.format) {
      case text -> {
        if (!items.isEmpty()) {
          table(items, columns);
        }
      }
      case json -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(array::add);
        out.println(array.toPrettyString());
      }
      case jsonl -> items.forEach(out::println);
      case csv -> csv(items, List.of(columns));
    }
  }

  /** One line for a stream that may have no end. */
  void line(ObjectNode item, String text) {
    if (globals.format == Format.text) {
      out.println(text);
    } else {
      out.println(item);
    }
    out.flush();
  }

  /** Something a person may like to know. */
  void note(String text) {
    if (!globals.quiet && globals.format == Format.text) {
      err.println(text);
    }
  }

  /** For a person who waits at a terminal; null if nobody does, or wants each step as a line. */
  @Nullable ProgressBar progressBar() {
    return environment.containsKey(ERROR_TERMINAL)
            && !globals.quiet
            && !globals.verbose
            && globals.format == Format.text
        ? new ProgressBar(err, isColored())
        : null;
  }

  /** What went wrong: one object for programs, a few words for people. */
  void failure(ObjectNode error, String text) {
    if (globals.format == Format.text) {
      err.println(isColored() ? "\u001b[31m" + text + "\u001b[0m" : text);
    } else {
      err.println(error);
    }
  }

  /** A message that quotes what somebody typed, however long that is; its end says what to do. */
  static String brief(String text) {
    int length = text.length();
    return length <= LONGEST
        ? text
        : text.substring(0, LONGEST / 2) + "…" + text.substring(length - LONGEST / 2);
  }

  void trace(Throwable failure) {
    if (globals.verbose) {
      failure.printStackTrace(err);
    }
  }

  /** The launcher looks whether standard output is a terminal; Java needs long to find out. */
  boolean isColored() {
    return switch (globals.color) {
      case Color.always -> true;
      case Color.never -> false;
      case Color.auto ->
          environment.containsKey("KG_TERMINAL") && !environment.containsKey("NO_COLOR");
    };
  }

  static String count(long number) {
    return String.format(java.util.Locale.ROOT, "%,d", number);
  }

  private void table(List<ObjectNode> items, String... columns) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of(columns).stream().map(c -> c.substring(c.lastIndexOf('.') + 1)).toList());
    for (ObjectNode item : items) {
      rows.add(List.of(columns).stream().map(c -> cut(text(at(item, c)))).toList());
    }
    int[] widths = new int[columns.length];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    boolean heading = true;
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        line.append(cell);
        if (i < widths.length - 1) {
          line.append(" ".repeat(widths[i] - cell.codePointCount(0, cell.length()) + 2));
        }
      }
      String text = line.toString().stripTrailing();
      out.println(heading && isColored() ? "\u001b[1m" + text + "\u001b[0m" : text);
      heading = false;
    }
  }

  private static String fields(ObjectNode item) {
    int width = names(item).stream().mapToInt(String::length).max().orElse(0);
    var lines = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> field : item.properties()) {
      String value = text(field.getValue());
      if (!value.isEmpty()) {
        lines.add(field.getKey() + " ".repeat(width - field.getKey().length() + 2) + value);
      }
    }
    return String.join(System.lineSeparator(), lines);
  }

  private void csv(List<ObjectNode> items, List<String> columns) {
    out.println(String.join(",", columns.stream().map(Output::quoted).toList()));
    for (ObjectNode item : items) {
      out.println(String.join(",", columns.stream().map(c -> quoted(text(at(item, c)))).toList()));
    }
  }

  private static String quoted(String cell) {
    return cell.matches("(?s).*[\",\r\n].*") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
  }

  private static List<String> names(ObjectNode item) {
    var names = new ArrayList<String>();
    for (Iterator<String> each = item.fieldNames(); each.hasNext(); ) {
      names.add(each.next());
    }
    return names;
  }

  private static JsonNode at(JsonNode item, String path) {
    JsonNode found = item;
    for (String name : path.split("\\.")) {
      found = found.path(name);
    }
    return found;
  }

  private static String text(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (value.isArray()) {
      return String.join(
          ", ", StreamSupport.stream(value.spliterator(), false).map(Output::text).toList());
    }
    if (value.isObject()) {
      if (value.has("title")) {
        return name(value);
      }
      return String.join(
          ", ",
          value.properties().stream().map(f -> f.getKey() + "=" + text(f.getValue())).toList());
    }
    return value.asText();
  }

  /** What people call a node in its JSON shape. */
  static String name(JsonNode node) {
    for (String field : List.of("title", "key", "id")) {
      String value = text(node.path(field));
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= WIDEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, WIDEST - 1)) + "…";
  }
}
