package dev.knowledgegraph.io;

import dev.knowledgegraph.model.PropertyValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text forms of values in the cells of tables. */
final class Cells {
  private static final Pattern LONG = Pattern.compile("-?(0|[1-9]\\d{0,17})");
  private static final Pattern DOUBLE =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,3})?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.*");

  private Cells() {}

  /** The kinds of plain values that a column can hold. */
  enum Kind {
    LONG,
    DOUBLE,
    BOOLEAN,
    DATE,
    INSTANT,
    TEXT,
    JSON;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind a header declares, in the words of several tools; null if it is none. */
    static @Nullable Kind declared(String word) {
      return switch (word.toLowerCase(Locale.ROOT)) {
        case "long", "int", "integer", "short", "byte" -> LONG;
        case "double", "float", "decimal", "number" -> DOUBLE;
        case "boolean", "bool" -> BOOLEAN;
        case "date" -> DATE;
        case "instant", "datetime", "timestamp" -> INSTANT;
        case "text", "string", "char", "localdatetime", "localtime", "time", "duration", "point" ->
            TEXT;
        case "json" -> JSON;
        default -> null;
      };
    }

    /** The kind that holds values of both. */
    Kind with(Kind other) {
      if (this == other) {
        return this;
      }
      boolean numbers = (this == LONG || this == DOUBLE) && (other == LONG || other == DOUBLE);
      return numbers ? DOUBLE : TEXT;
    }
  }

  /** The kind a text looks like; numbers with leading zeros are text. */
  static Kind kindOf(String text) {
    if (text.isEmpty()) {
      return Kind.TEXT;
    }
    char first = text.charAt(0);
    if (first == '-' || (first >= '0' && first <= '9')) {
      if (LONG.matcher(text).matches()) {
        return Kind.LONG;
      }
      if (text.length() <= 24
          && DOUBLE.matcher(text).matches()
          && Double.isFinite(Double.parseDouble(text))) {
        return Kind.DOUBLE;
      }
      if ((DATE.matcher(text).matches() && isValue(Kind.DATE, text))) {
        return Kind.DATE;
      }
      return MOMENT.matcher(text).matches() && isValue(Kind.INSTANT, text)
          ? Kind.INSTANT
          : Kind.TEXT;
    }
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
        ? Kind.BOOLEAN
        : Kind.TEXT;
  }

  private static boolean isValue(Kind kind, String text) {
    try {
      if (kind == Kind.DATE) {
        LocalDate.parse(text);
      } else {
        OffsetDateTime.parse(text);
      }
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /**
   * Reads a value of a kind.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static PropertyValue value(Kind kind, String text) {
    try {
      return switch (kind) {
        case LONG -> new PropertyValue.Int(Long.parseLong(text.strip()));
        case DOUBLE -> new PropertyValue.Decimal(Double.parseDouble(text.strip()));
        case BOOLEAN -> new PropertyValue.Bool(bool(text));
        case DATE -> new PropertyValue.Date(LocalDate.parse(text.strip()));
        case INSTANT -> new PropertyValue.Moment(instant(text.strip()));
        case TEXT -> new PropertyValue.Text(text);
        case JSON -> JsonLines.value(text);
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw new IllegalArgumentException("expected a " + kind.code() + ", found something else", e);
    }
  }

  static boolean bool(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  static double number(String field, String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(field + ": expected a number, found something else", e);
    }
  }

  private static Instant instant(String text) {
    if (text.endsWith("Z")) {
      return Instant.parse(text);
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
  }

  /** The kind a value needs. */
  static Kind kindOf(PropertyValue value) {
    return switch (value) {
      case PropertyValue.Int n -> Kind.LONG;
      case PropertyValue.Decimal n -> Kind.DOUBLE;
      case PropertyValue.Bool b -> Kind.BOOLEAN;
      case PropertyValue.Date d -> Kind.DATE;
      case PropertyValue.Moment m -> Kind.INSTANT;
      case PropertyValue.Text t -> t.value().isEmpty() ? Kind.JSON : Kind.TEXT;
      case PropertyValue.Items items -> Kind.JSON;
      case PropertyValue.Fields fields -> Kind.JSON;
    };
  }

  /** The text of a value in a column of a kind. */
  static String text(Kind kind, PropertyValue value) {
    return kind == Kind.JSON ? JsonLines.text(value) : value.toString();
  }

  /** Joins names with {@code ;}, with {@code \} before those that are part of a name. */
  static String join(List<String> names) {
    return names.stream()
        .map(name -> name.replace("\\", "\\\\").replace(";", "\\;").replace("|", "\\|"))
        .collect(Collectors.joining(";"));
  }

  /** Takes apart what {@link #join} made; {@code |} divides too. */
  static List<String> split(String text) {
    var names = new ArrayList<String>();
    var name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && "\\;|".indexOf(text.charAt(i + 1)) >= 0) {
        name.append(text.charAt(++i));
      } else if (c == ';' || c == '|') {
        add(names, name);
      } else {
        name.append(c);
      }
    }
    add(names, name);
    return names;
  }

  private static void add(List<String> names, StringBuilder name) {
    String stripped = name.toString().strip();
    if (!stripped.isEmpty()) {
      names.add(stripped);
    }
    name.setLength(0);
  }
}
