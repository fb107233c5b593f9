package dev.knowledgegraph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.query.Moment;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words of a command line as values of the model. */
final class Values {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|)");

  private Values() {}

  /** {@code base} with properties added from words such as {@code year=1843}. */
  static Properties properties(Properties base, @Nullable List<String> words) {
    Properties properties = base;
    for (String word : orEmpty(words)) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw Failure.usage("a property is NAME=VALUE, such as year=1843; found " + word);
      }
      properties = properties.with(word.substring(0, equals), value(word.substring(equals + 1)));
    }
    return properties;
  }

  /** A time such as {@code 30s}, {@code 2m}, {@code 500ms}; seconds if it has no unit. */
  static Duration duration(String word) {
    Matcher parts = DURATION.matcher(word);
    if (!parts.matches()) {
      throw Failure.usage("a time is a number and a unit, such as 30s, 2m or 500ms; found " + word);
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofSeconds(amount);
    };
  }

  /** A number, true, false, a date, an instant, JSON, or else text. */
  static PropertyValue value(String word) {
    if (word.startsWith("[") || word.startsWith("{") || word.startsWith("\"")) {
      try {
        return value(Json.MAPPER.readTree(word));
      } catch (JsonProcessingException e) {
        return PropertyValue.of(word);
      }
    }
    if (word.equals("true") || word.equals("false")) {
      return PropertyValue.of(Boolean.parseBoolean(word));
    }
    try {
      if (word.matches("-?(0|[1-9][0-9]{0,18})")) {
        return PropertyValue.of(Long.parseLong(word));
      }
      if (word.matches("-?[0-9]+\\.[0-9]+([eE][-+]?[0-9]+)?")) {
        return PropertyValue.of(Double.parseDouble(word));
      }
      if (word.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
        return PropertyValue.of(LocalDate.parse(word));
      }
      if (word.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T.*")) {
        return PropertyValue.of(OffsetDateTime.parse(word).toInstant());
      }
    } catch (NumberFormatException | DateTimeException e) {
      return PropertyValue.of(word);
    }
    return PropertyValue.of(word);
  }

  /** A value in JSON. */
  static PropertyValue value(JsonNode json) {
    if (json.isObject()) {
      var fields = new TreeMap<String, PropertyValue>();
      for (Map.Entry<String, JsonNode> field : json.properties()) {
        fields.put(field.getKey(), value(field.getValue()));
      }
      return PropertyValue.of(fields);
    }
    if (json.isArray()) {
      var items = new ArrayList<PropertyValue>();
      json.forEach(item -> items.add(value(item)));
      return PropertyValue.of(items);
    }
    if (json.isBoolean()) {
      return PropertyValue.of(json.booleanValue());
    }
    if (json.isIntegralNumber() && json.canConvertToLong()) {
      return PropertyValue.of(json.longValue());
    }
    return json.isNumber() ? PropertyValue.of(json.doubleValue()) : PropertyValue.of(json.asText());
  }

  /** A position, an instant, or a date, which means its end in UTC. */
  static Moment moment(String word) {
    try {
      if (word.equals("now")) {
        return Moment.now();
      }
      if (word.matches("[0-9]{1,18}")) {
        return new Moment.AtSequence(Long.parseLong(word));
      }
      if (word.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
        Instant next = LocalDate.parse(word).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Moment.AtTime(next.minusMillis(1));
      }
      return new Moment.AtTime(OffsetDateTime.parse(word).toInstant());
    } catch (DateTimeException e) {
      throw Failure.usage(
          "a moment is a position (12), an instant (2026-05-01T12:00:00Z) or a date (2026-05-01);"
              + " found "
              + word);
    }
  }

  static Set<EdgeType> types(@Nullable List<String> words) {
    var types = new LinkedHashSet<EdgeType>();
    orEmpty(words).forEach(word -> types.add(EdgeType.parse(word).type()));
    return types;
  }

  static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
