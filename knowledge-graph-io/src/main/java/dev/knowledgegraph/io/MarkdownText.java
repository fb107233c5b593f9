package dev.knowledgegraph.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of one note, taken apart: front matter, body, links and tags. Fenced code, inline code
 * and comments hold neither links nor tags.
 */
final class MarkdownText {
  private static final Pattern CLOSING = Pattern.compile("\\n---[ \\t]*(?:\\r?\\n|\\z)");
  private static final Pattern FENCE =
      Pattern.compile("[\\s>]*(`{3,}|~{3,})", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern LINK = Pattern.compile("(!?)\\[\\[([^\\[\\]\\n]+?)\\]\\]");
  private static final Pattern TAG =
      Pattern.compile(
          "(?:^|(?<=[\\s(,>]))#([\\w/-]*[^\\W\\d][\\w/-]*)",
          Pattern.MULTILINE | Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern FIELD =
      Pattern.compile("([A-Za-z_][\\w-]*)[ \\t]*:[ \\t]*(.*)", Pattern.UNIX_LINES);
  private static final Pattern ITEM = Pattern.compile("\\s*-\\s+");

  private final String header;
  private final @Nullable String frontMatter;
  private final String body;
  private final String stripped;

  /**
   * A {@code [[link]]}.
   *
   * @param raw what is between the brackets
   * @param line where it is in the file, from 1
   * @param query whether it is the expression {@code query[[...]]} and thus no link
   */
  record Link(String raw, long line, int column, boolean query) {}

  MarkdownText(String text) {
    int end = headerEnd(text);
    header = text.substring(0, end);
    body = text.substring(end);
    frontMatter = end == 0 ? null : inner(header);
    stripped = strip(unixLines(body));
  }

  /** The front matter with its fences, exactly as it is in the file; empty if there is none. */
  String header() {
    return header;
  }

  /** What is between the fences of the front matter, with Unix line ends; null if there is none. */
  @Nullable String frontMatter() {
    return frontMatter;
  }

  /** What follows the front matter, exactly as it is in the file. */
  String body() {
    return body;
  }

  /** The first heading of the first level. */
  @Nullable String heading() {
    String[] lines = stripped.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].startsWith("# ")) {
        String title = unixLines(body).split("\n", -1)[i].substring(2).strip();
        String open = title.replaceFirst("[ \\t]+#{1,6}$", "");
        if (!open.isBlank()) {
          return open;
        }
      }
    }
    return null;
  }

  /** Every link, in the order of the file: front matter first. */
  List<Link> links() {
    var links = new ArrayList<Link>();
    if (frontMatter != null) {
      collect(frontMatter, 2, links);
      links.replaceAll(link -> new Link(link.raw(), link.line(), link.column(), false));
    }
    long headerLines = header.chars().filter(c -> c == '\n').count();
    collect(stripped, headerLines + 1, links);
    return links;
  }

  private static void collect(String text, long firstLine, List<Link> links) {
    long number = firstLine;
    for (String line : text.split("\n", -1)) {
      Matcher matcher = LINK.matcher(line);
      while (matcher.find()) {
        boolean query = line.startsWith("query", matcher.start() - 5);
        links.add(new Link(matcher.group(2), number, matcher.start() + 1, query));
      }
      number++;
    }
  }

  /** The tags of the front matter, then those of the body, as they are written. */
  List<String> tags() {
    var tags = new ArrayList<>(values("tags", "tag"));
    tags.addAll(bodyTags());
    return tags;
  }

  List<String> bodyTags() {
    var tags = new ArrayList<String>();
    Matcher matcher = TAG.matcher(stripped);
    while (matcher.find()) {
      tags.add(matcher.group(1));
    }
    return tags;
  }

  /** Other names by which links may call the note. */
  List<String> aliases() {
    return values("aliases", "alias");
  }

  /** The values of a field of the front matter: a scalar, {@code [a, b]} or lines {@code - a}. */
  private List<String> values(String... names) {
    var found = new ArrayList<String>();
    if (frontMatter == null) {
      return found;
    }
    Set<String> wanted = Set.copyOf(Arrays.asList(names));
    boolean on = false;
    for (String line : frontMatter.split("\n", -1)) {
      Matcher field = FIELD.matcher(line);
      Matcher item = ITEM.matcher(line);
      if (field.lookingAt()) {
        on = wanted.contains(field.group(1).toLowerCase(Locale.ROOT));
        String value = field.group(2).strip();
        if (on && !value.isEmpty()) {
          String list = value.startsWith("[") ? trim(value, "[]") : value;
          found.addAll(Arrays.asList(list.split(",", -1)));
        }
      } else if (on && item.lookingAt()) {
        found.add(line.substring(item.end()));
      } else if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
        on = false;
      }
    }
    return found.stream()
        .map(value -> trim(value.strip(), "'\""))
        .filter(value -> !value.isEmpty())
        .map(value -> value.substring(leading(value, "#")).strip())
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static String trim(String text, String characters) {
    int start = leading(text, characters);
    int end = text.length();
    while (end > start && characters.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }

  static int leading(String text, String characters) {
    int start = 0;
    while (start < text.length() && characters.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    return start;
  }

  private static int headerEnd(String text) {
    if (!text.startsWith("---\n") && !text.startsWith("---\r\n")) {
      return 0;
    }
    Matcher closing = CLOSING.matcher(text);
    return closing.find(3) ? closing.end() : 0;
  }

  private static String inner(String header) {
    int start = header.indexOf('\n') + 1;
    Matcher closing = CLOSING.matcher(header);
    int end = closing.find(3) ? closing.start() + 1 : header.length();
    return unixLines(header.substring(Math.min(start, end), end));
  }

  private static String unixLines(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
  }

  /** The text with blanks in place of code and comments; no line moves. */
  private static String strip(String text) {
    var out = new StringBuilder(text.length());
    String fence = null;
    for (String line : text.split("\n", -1)) {
      Matcher matcher = FENCE.matcher(line);
      boolean mark = matcher.lookingAt();
      if (fence != null) {
        if (mark
            && matcher.group(1).charAt(0) == fence.charAt(0)
            && matcher.group(1).length() >= fence.length()
            && trim(line.strip(), "`~> ").isEmpty()) {
          fence = null;
        }
      } else if (mark) {
        fence = matcher.group(1);
      } else {
        out.append(line);
      }
      out.append('\n');
    }
    out.setLength(out.length() - 1);
    blankComments(out);
    int start = 0;
    while (start <= out.length()) {
      int end = out.indexOf("\n", start);
      end = end < 0 ? out.length() : end;
      blankInlineCode(out, start, end);
      start = end + 1;
    }
    return out.toString();
  }

  private static void blankComments(StringBuilder text) {
    int start = text.indexOf("<!--");
    while (start >= 0) {
      int end = text.indexOf("-->", start + 4);
      if (end < 0) {
        return;
      }
      blank(text, start, end + 3);
      start = text.indexOf("<!--", end + 3);
    }
  }

  /** Blanks what is between two runs of equally many backticks; each line in linear time. */
  private static void blankInlineCode(StringBuilder text, int start, int end) {
    var runs = new ArrayList<int[]>();
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == '`') {
        int from = i;
        while (i < end && text.charAt(i) == '`') {
          i++;
        }
        runs.add(new int[] {from, i});
      }
    }
    int[] next = new int[runs.size()];
    Map<Integer, Integer> latest = new HashMap<>();
    for (int i = runs.size() - 1; i >= 0; i--) {
      int length = runs.get(i)[1] - runs.get(i)[0];
      Integer closing = latest.put(length, i);
      next[i] = closing == null ? -1 : closing;
    }
    for (int i = 0; i < runs.size(); i++) {
      if (next[i] >= 0) {
        blank(text, runs.get(i)[0], runs.get(next[i])[1]);
        i = next[i];
      }
    }
  }

  private static void blank(StringBuilder text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }
}
