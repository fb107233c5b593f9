package dev.knowledgegraph.io;

import dev.knowledgegraph.model.PropertyValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * Property values as text, for formats that have only text for lists and maps.
 *
 * <p>The text is JSON. A number with a point or an exponent is a decimal, any other an integer. A
 * moment is <code>{"@instant":"2026-01-01T00:00:00Z"}</code>, a day <code>{"@date":"2026-01-01"}
 * </code>. A field whose own name starts with {@code @} gets one more.
 */
final class TypedText {
  private final String text;
  private int at;

  private TypedText(String text) {
    this.text = text;
  }

  static String write(PropertyValue value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(PropertyValue value, StringBuilder out) {
    switch (value) {
      case PropertyValue.Bool bool -> out.append(bool.value());
      case PropertyValue.Int number -> out.append(number.value());
      case PropertyValue.Decimal number -> out.append(number.value());
      case PropertyValue.Text string -> quote(string.value(), out);
      case PropertyValue.Moment moment -> tagged("@instant", moment.toString(), out);
      case PropertyValue.Date date -> tagged("@date", date.toString(), out);
      case PropertyValue.Items items -> {
        out.append('[');
        for (int i = 0; i < items.values().size(); i++) {
          out.append(i == 0 ? "" : ",");
          write(items.values().get(i), out);
        }
        out.append(']');
      }
      case PropertyValue.Fields fields -> {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, PropertyValue> field : fields.values().entrySet()) {
          out.append(separator);
          String name = field.getKey();
          quote(name.startsWith("@") ? "@" + name : name, out);
          out.append(':');
          write(field.getValue(), out);
          separator = ",";
        }
        out.append('}');
      }
    }
  }

  private static void tagged(String tag, String value, StringBuilder out) {
    out.append('{');
    quote(tag, out);
    out.append(':');
    quote(value, out);
    out.append('}');
  }

  private static void quote(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == '\uFFFE' || c == '\uFFFF') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /**
   * Reads what {@link #write} made.
   *
   * @throws IllegalArgumentException for any other text
   */
  static PropertyValue read(String text) {
    var reader = new TypedText(text);
    PropertyValue value = reader.value(0);
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.unexpected("the end");
    }
    return value;
  }

  private PropertyValue value(int depth) {
    if (depth > PropertyValue.MAX_DEPTH) {
      throw unexpected("less depth");
    }
    blanks();
    return switch (peek()) {
      case '{' -> fields(depth);
      case '[' -> items(depth);
      case '"' -> new PropertyValue.Text(string());
      default -> word();
    };
  }

  private PropertyValue items(int depth) {
    at++;
    var items = new ArrayList<PropertyValue>();
    if (!skip(']')) {
      do {
        items.add(value(depth + 1));
      } while (skip(','));
      expect(']');
    }
    return new PropertyValue.Items(items);
  }

  private PropertyValue fields(int depth) {
    at++;
    var fields = new TreeMap<String, PropertyValue>();
    if (!skip('}')) {
      do {
        blanks();
        String name = string();
        expect(':');
        fields.put(name, value(depth + 1));
      } while (skip(','));
      expect('}');
    }
    if (fields.size() == 1 && fields.firstEntry().getValue() instanceof PropertyValue.Text only) {
      try {
        if (fields.containsKey("@instant")) {
          return new PropertyValue.Moment(Instant.parse(only.value()));
        }
        if (fields.containsKey("@date")) {
          return new PropertyValue.Date(LocalDate.parse(only.value()));
        }
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("expected a date or a moment, found other text", e);
      }
    }
    var plain = new TreeMap<String, PropertyValue>();
    fields.forEach(
        (name, value) -> plain.put(name.startsWith("@") ? name.substring(1) : name, value));
    return new PropertyValue.Fields(plain);
  }

  private String string() {
    if (peek() != '"') {
      throw unexpected("a string");
    }
    at++;
    var out = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = peek();
      at++;
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> {
          if (at + 4 > text.length()) {
            throw unexpected("four hexadecimal digits");
          }
          out.append((char) Integer.parseInt(text, at, at + 4, 16));
          at += 4;
        }
        default -> out.append(escaped);
      }
    }
    at++;
    return out.toString();
  }

  private PropertyValue word() {
    int start = at;
    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    if (word.equals("true") || word.equals("false")) {
      return new PropertyValue.Bool(word.equals("true"));
    }
    try {
      return word.matches("-?\\d+")
          ? new PropertyValue.Int(Long.parseLong(word))
          : new PropertyValue.Decimal(Double.parseDouble(word));
    } catch (NumberFormatException e) {
      throw unexpected("a value");
    }
  }

  private boolean skip(char c) {
    blanks();
    if (peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw unexpected("more");
    }
    return text.charAt(at);
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException(
        "expected " + expected + " at character " + (at + 1) + " of the value");
  }
}
