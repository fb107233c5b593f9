package dev.knowledgegraph.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Named values of a node or an edge, sorted by name. A name has 1 to {@value #MAX_NAME_LENGTH}
 * characters and no control characters.
 */
public record Properties(Map<String, PropertyValue> values) {
  /** The longest property name, in code points. */
  public static final int MAX_NAME_LENGTH = 200;

  private static final Properties NONE = new Properties(Map.of());

  public Properties {
    values.keySet().forEach(name -> Texts.name("property name", name, MAX_NAME_LENGTH));
    values = values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** No properties. */
  public static Properties none() {
    return NONE;
  }

  /** One property; the value as in {@link PropertyValue#of}. */
  public static Properties of(String name, Object value) {
    return new Properties(Map.of(name, PropertyValue.of(value)));
  }

  /** Two properties; the values as in {@link PropertyValue#of}. */
  public static Properties of(String name1, Object value1, String name2, Object value2) {
    return of(name1, value1).with(name2, value2);
  }

  /** The given properties; the values as in {@link PropertyValue#of}. */
  public static Properties of(Map<String, ?> values) {
    var converted = new TreeMap<String, PropertyValue>();
    values.forEach((name, value) -> converted.put(name, PropertyValue.of(value)));
    return converted.isEmpty() ? NONE : new Properties(converted);
  }

  /** These properties with {@code name} set. */
  public Properties with(String name, Object value) {
    var changed = new TreeMap<>(values);
    changed.put(name, PropertyValue.of(value));
    return new Properties(changed);
  }

  /** These properties with those of {@code other} set. */
  public Properties with(Properties other) {
    if (other.isEmpty()) {
      return this;
    }
    var changed = new TreeMap<>(values);
    changed.putAll(other.values);
    return new Properties(changed);
  }

  /** These properties without {@code name}. */
  public Properties without(String name) {
    if (!values.containsKey(name)) {
      return this;
    }
    var changed = new TreeMap<>(values);
    changed.remove(name);
    return new Properties(changed);
  }

  public Optional<PropertyValue> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The value as text, if there is one. */
  public Optional<String> text(String name) {
    return find(name).map(PropertyValue::toString);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
