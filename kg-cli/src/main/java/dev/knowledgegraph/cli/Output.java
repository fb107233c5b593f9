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
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where all that a command says goes: data to standard output in the format asked for, everything
 * else to standard error. Text is made from the same objects as JSON.
 */
final class Output {
  /** By these the launcher says that standard output or error is a terminal, and how wide. */
  static final String TERMINAL = "KG_TERMINAL";

  static final String ERROR_TERMINAL = "KG_ERROR_TERMINAL";

  /** Around what is to stand out in a text; no text has these by itself. */
  static final String BOLD = "\uFDD0";

  static final String PLAIN = "\uFDD1";

  private static final int USUAL_WIDTH = 80;
  private static final int WIDEST = 48;
  private static final int NARROWEST = 12;
  private static final int LONGEST = 1_000;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t\\r]]|\\r(?!\\n)");

  private final Globals globals;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private @Nullable ProgressBar bar;

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
    eraseBar();
    switch (globals.format) {
      case text -> out.println(printable(text));
      case json -> out.println(item.toPrettyString());
      case jsonl -> out.println(item);
      case csv -> csv(List.of(item), names(item));
    }
  }

  /** Many things of a kind; people see a table of some columns, such as {@code node.title}. */
  void many(List<ObjectNode> items, String... columns) {
    eraseBar();
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

  /** One thing with many parts: programs get it whole as JSON, all others the parts. */
  void whole(Supplier<ObjectNode> item, List<ObjectNode> parts, String... columns) {
    if (globals.format == Format.json) {
      one(item.get());
    } else {
      many(parts, columns);
    }
  }

  /** One line for a stream that may have no end. */
  void line(ObjectNode item, String text) {
    eraseBar();
    if (globals.format == Format.text) {
      out.println(printable(text));
    } else {
      out.println(item);
    }
    out.flush();
  }

  /** Something a person may like to know. */
  void note(String text) {
    eraseBar();
    if (!globals.quiet && globals.format == Format.text) {
      err.println(printable(text));
    }
  }

  /** For a person who waits at a terminal; null if nobody does, or wants each step as a line. */
  @Nullable ProgressBar progressBar(String doing) {
    bar =
        environment.containsKey(ERROR_TERMINAL)
                && !globals.quiet
                && !globals.verbose
                && globals.format == Format.text
            ? new ProgressBar(doing, err, width(ERROR_TERMINAL), isColored())
            : null;
    return bar;
  }

  /** Makes room for something else to be said. */
  private void eraseBar() {
    if (bar != null) {
      bar.close();
    }
  }

  /** What went wrong: one object for programs, a few words for people. */
  void failure(ObjectNode error, String text) {
    eraseBar();
    if (globals.format == Format.text) {
      String shown = printable(text);
      err.println(isColored() ? "\u001b[31m" + shown + "\u001b[0m" : shown);
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
      case Color.auto -> environment.containsKey(TERMINAL) && !environment.containsKey("NO_COLOR");
    };
  }

  private int width(String terminal) {
    String width = environment.getOrDefault(terminal, "");
    return width.matches("[1-9]\\d{1,3}") ? Integer.parseInt(width) : USUAL_WIDTH;
  }

  /**
   * What is in a graph must not speak to the terminal: control characters become {@code �}. What a
   * command has put between {@link #BOLD} and {@link #PLAIN} is shown so.
   */
  private String printable(String text) {
    String safe = CONTROL.matcher(text).replaceAll("\uFFFD");
    return safe.replace(BOLD, isColored() ? "\u001b[1m" : "**")
        .replace(PLAIN, isColored() ? "\u001b[0m" : "**");
  }

  /** A line that begins at column {@code indent} and ends with the window, if there is one. */
  String fit(String line, int indent) {
    if (!environment.containsKey(TERMINAL)) {
      return line;
    }
    int marks = line.length() - line.replace(BOLD, "").replace(PLAIN, "").length();
    int room = Math.max(NARROWEST, width(TERMINAL) - indent);
    String cut = cut(line, isColored() ? room + marks : room - marks);
    return cut.lastIndexOf(BOLD) > cut.lastIndexOf(PLAIN) ? cut + PLAIN : cut;
  }

  static String count(long number) {
    return String.format(java.util.Locale.ROOT, "%,d", number);
  }

  private void table(List<ObjectNode> items, String... columns) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of(columns).stream().map(c -> c.substring(c.lastIndexOf('.') + 1)).toList());
    String last = columns[columns.length - 1];
    for (ObjectNode item : items) {
      rows.add(
          List.of(columns).stream()
              .map(c -> cut(text(at(item, c)), c.equals(last) ? LONGEST : WIDEST))
              .toList());
    }
    int[] widths = new int[columns.length];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    if (environment.containsKey(TERMINAL)) {
      fit(widths, columns, width(TERMINAL));
    }
    boolean heading = true;
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = cut(row.get(i), widths[i]);
        line.append(cell);
        if (i < widths.length - 1) {
          line.append(" ".repeat(widths[i] - cell.codePointCount(0, cell.length()) + 2));
        }
      }
      String text = printable(line.toString().stripTrailing());
      out.println(heading && isColored() ? "\u001b[1m" + text + "\u001b[0m" : text);
      heading = false;
    }
  }

  /** Takes from the widest column until all fit; part of an id would be of no use to anybody. */
  private static void fit(int[] widths, String[] columns, int width) {
    int excess = IntStream.of(widths).sum() + 2 * (widths.length - 1) - width;
    for (; excess > 0; excess--) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (!columns[i].endsWith("id")
            && widths[i] > NARROWEST
            && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
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

  /** One line of at most so many code points. */
  static String cut(String text, int longest) {
    String line = text.replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
  }
}
