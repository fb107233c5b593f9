package dev.knowledgegraph.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of a property. Closed until the next major version.
 *
 * <p>Numbers keep their kind: {@code 1} (long) and {@code 1.0} (double) differ. Doubles are finite.
 * Lists and maps nest at most {@value #MAX_DEPTH} deep; there is no null value, a property that has
 * none is absent.
 */
public sealed interface PropertyValue {
  /** How deep lists and maps may nest. */
  int MAX_DEPTH = 16;

  /** True or false. */
  record Bool(boolean value) implements PropertyValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** A whole number of 64 bits. */
  record Int(long value) implements PropertyValue {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A finite IEEE 754 double; -0.0 is read as 0.0. */
  record Decimal(double value) implements PropertyValue {
    public Decimal {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("expected a finite number, found " + value);
      }
      value = value == 0.0 ? 0.0 : value;
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /** A well-formed Unicode text. */
  record Text(String value) implements PropertyValue {
    public Text {
      Texts.wellFormed("text", value);
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /** A moment in UTC. */
  record Moment(Instant value) implements PropertyValue {
    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** A calendar day. */
  record Date(LocalDate value) implements PropertyValue {
    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** Values in order. */
  record Items(List<PropertyValue> values) implements PropertyValue {
    public Items {
      values = List.copyOf(values);
      checkDepth(values);
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  /** Values by name, sorted by name. */
  record Fields(Map<String, PropertyValue> values) implements PropertyValue {
    public Fields {
      values.keySet().forEach(name -> Texts.wellFormed("field name", name));
      values = Collections.unmodifiableMap(new TreeMap<>(values));
      checkDepth(values.values());
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  /** How many lists and maps are inside each other here: 0 for a plain value. */
  default int depth() {
    return switch (this) {
      case Items items -> 1 + deepest(items.values());
      case Fields fields -> 1 + deepest(fields.values().values());
      case Bool b -> 0;
      case Int i -> 0;
      case Decimal d -> 0;
      case Text t -> 0;
      case Moment m -> 0;
      case Date d -> 0;
    };
  }

  private static int deepest(Collection<PropertyValue> values) {
    return values.stream().mapToInt(PropertyValue::depth).max().orElse(0);
  }

  private static void checkDepth(Collection<PropertyValue> values) {
    if (deepest(values) >= MAX_DEPTH) {
      throw new IllegalArgumentException(
          "expected lists and maps nested at most " + MAX_DEPTH + " deep, found more");
    }
  }

  /**
   * The value of a Java object: Boolean, Byte, Short, Integer, Long, Float, Double, CharSequence,
   * Instant, LocalDate, Collection, Map with text keys, or a {@link PropertyValue} itself.
   *
   * @throws IllegalArgumentException for any other class and for numbers that are not finite
   */
  static PropertyValue of(Object value) {
    return switch (value) {
      case PropertyValue property -> property;
      case Boolean b -> new Bool(b);
      case Byte n -> new Int(n);
      case Short n -> new Int(n);
      case Integer n -> new Int(n);
      case Long n -> new Int(n);
      case Float n -> new Decimal(n);
      case Double n -> new Decimal(n);
      case CharSequence text -> new Text(text.toString());
      case Instant moment -> new Moment(moment);
      case LocalDate day -> new Date(day);
      case Collection<?> items -> new Items(items.stream().map(PropertyValue::of).toList());
      case Map<?, ?> fields -> {
        var values = new TreeMap<String, PropertyValue>();
        fields.forEach((name, field) -> values.put(name.toString(), of(field)));
        yield new Fields(values);
      }
      default ->
          throw new IllegalArgumentException(
              "expected a boolean, number, text, instant, date, list or map, found "
                  + value.getClass().getName());
    };
  }
}
