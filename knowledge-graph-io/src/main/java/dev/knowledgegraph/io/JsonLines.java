package dev.knowledgegraph.io;

import dev.knowledgegraph.json.ValueJson;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON around the JSON of the values. */
final class JsonLines {
  private JsonLines() {}

  /** A property value as JSON. */
  static String text(PropertyValue value) {
    String json = ValueJson.properties(new Properties(Map.of("v", value)));
    return json.substring(json.indexOf(':') + 1, json.lastIndexOf('}'));
  }

  /** Reads {@link #text}. */
  static PropertyValue value(String json) {
    return ValueJson.parseProperties("{\"v\":" + json + "}")
        .find("v")
        .orElseThrow(() -> new IllegalArgumentException("expected a value, found nothing"));
  }

  /** A text as JSON. */
  static String quote(String text) {
    return text(new PropertyValue.Text(text));
  }

  /** Reads a JSON text. */
  static String unquote(String json) {
    if (json.length() > 1 && json.charAt(0) == '"' && json.indexOf('\\') < 0) {
      return json.substring(1, json.length() - 1);
    }
    return value(json).toString();
  }

  /**
   * The members of an object, each still as JSON.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Map<String, String> members(String json) {
    var members = new LinkedHashMap<String, String>();
    int at = blank(json, 0);
    expect(json, at, '{');
    at = blank(json, at + 1);
    if (at < json.length() && json.charAt(at) == '}') {
      return members;
    }
    while (true) {
      expect(json, at, '"');
      int end = endOfText(json, at);
      String name = unquote(json.substring(at, end));
      at = blank(json, end);
      expect(json, at, ':');
      at = blank(json, at + 1);
      end = endOfValue(json, at);
      members.put(name, json.substring(at, end).strip());
      at = blank(json, end);
      if (at < json.length() && json.charAt(at) == ',') {
        at = blank(json, at + 1);
      } else {
        expect(json, at, '}');
        if (blank(json, at + 1) != json.length()) {
          throw new IllegalArgumentException("expected the end of the line at column " + (at + 2));
        }
        return members;
      }
    }
  }

  private static int endOfValue(String json, int start) {
    int depth = 0;
    int at = start;
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '"') {
        at = endOfText(json, at);
        continue;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        if (depth == 0) {
          return at;
        }
        depth--;
      } else if (c == ',' && depth == 0) {
        return at;
      }
      at++;
    }
    throw new IllegalArgumentException("expected the end of an object, found the end of the line");
  }

  private static int endOfText(String json, int start) {
    for (int at = start + 1; at < json.length(); at++) {
      char c = json.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '"') {
        return at + 1;
      }
    }
    throw new IllegalArgumentException("expected the end of a text, found the end of the line");
  }

  private static int blank(String json, int start) {
    int at = start;
    while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
      at++;
    }
    return at;
  }

  private static void expect(String json, int at, char expected) {
    if (at >= json.length() || json.charAt(at) != expected) {
      throw new IllegalArgumentException("expected " + expected + " at column " + (at + 1));
    }
  }
}
