package dev.knowledgegraph.linking;

import dev.knowledgegraph.model.Content;
import java.util.regex.Pattern;

/**
 * What of a body is prose, where a name is a mention: code, links that somebody made, addresses and
 * markup are blanked, so that the rest stays at its place. A body in JSON has none. Patterns look
 * ahead by a bounded length, so any body takes time in proportion to its length.
 */
final class Prose {
  /** Stands for what is no prose; it is no part of a word and no name goes across it. */
  static final char BLANK = '\uFFFC';

  private static final String ADDRESS =
      "\\b[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\\s<>\"]{1,2000}|\\bwww\\.[^\\s<>\"]{1,2000}"
          + "|[\\w.+-]{1,64}@[\\w-]{1,63}\\.[\\w.-]{1,200}";
  private static final String WIKILINK = "!?\\[\\[[^\\[\\]\\n]{1,500}\\]\\]";
  private static final String TAG = "</?[A-Za-z!][^<>]{0,1000}>";

  private static final Pattern IN_TEXT = Pattern.compile(WIKILINK + "|" + ADDRESS);
  private static final Pattern IN_MARKDOWN =
      Pattern.compile(
          "(?<!`)(`{1,10})(?!`)[^`\\n](?:[^\\n]{0,500}?[^`\\n])??\\1(?!`)"
              + "|"
              + WIKILINK
              + "|!?\\[[^\\[\\]\\n]{0,500}\\]\\([^()\\n]{0,1000}\\)"
              + "|!?\\[[^\\[\\]\\n]{1,500}\\]\\[[^\\[\\]\\n]{0,200}\\]"
              + "|"
              + ADDRESS
              + "|<!--[\\s\\S]{0,5000}?-->|"
              + TAG);
  private static final Pattern IN_HTML =
      Pattern.compile(
          "<(script|style|code|pre|a)\\b[^<>]{0,1000}>[\\s\\S]{0,20000}?</\\1>|<!--[\\s\\S]{0,5000}?-->|"
              + TAG
              + "|&#?\\w{1,30};|"
              + ADDRESS,
          Pattern.CASE_INSENSITIVE);

  private Prose() {}

  /** The body with what is no prose blanked, of the same length. */
  static String of(Content content) {
    return switch (content.format()) {
      case TEXT -> without(IN_TEXT, content.body().toCharArray());
      case MARKDOWN -> without(IN_MARKDOWN, withoutFences(content.body()));
      case HTML -> without(IN_HTML, content.body().toCharArray());
      case JSON -> "";
    };
  }

  private static String without(Pattern pattern, char[] text) {
    var matcher = pattern.matcher(new String(text));
    while (matcher.find()) {
      blank(text, matcher.start(), matcher.end());
    }
    return new String(text);
  }

  /** Blanks what stands between lines of three or more backticks or tildes. */
  private static char[] withoutFences(String body) {
    char[] text = body.toCharArray();
    String open = "";
    for (int start = 0, end; start < text.length; start = end + 1) {
      end = body.indexOf('\n', start);
      end = end < 0 ? text.length : end;
      String line = body.substring(start, end).strip();
      String fence = fence(line);
      boolean closes =
          fence.length() >= open.length() && fence.startsWith(open) && line.equals(fence);
      if (!open.isEmpty() || !fence.isEmpty()) {
        blank(text, start, end);
      }
      if (open.isEmpty()) {
        open = fence;
      } else if (closes) {
        open = "";
      }
    }
    return text;
  }

  /** The three or more backticks or tildes that a line begins with; empty if it does not. */
  private static String fence(String line) {
    int length = 0;
    if (line.startsWith("```") || line.startsWith("~~~")) {
      while (length < line.length() && line.charAt(length) == line.charAt(0)) {
        length++;
      }
    }
    return line.substring(0, length);
  }

  private static void blank(char[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] != '\n') {
        text[i] = BLANK;
      }
    }
  }
}
