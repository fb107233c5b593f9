package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.IntegrityException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item of the table, never changed: each method that adds something returns a copy. */
record Item(Key key, Map<String, AttributeValue> values) {
  /** The most bytes an item may have. */
  static final int MAX_BYTES = 400 * 1_024;

  private static final int MAX_PARTITION_KEY = 2_048;
  private static final int MAX_SORT_KEY = 1_024;

  Item {
    values = Map.copyOf(values);
  }

  /** An item that has nothing but its key yet. */
  static Item at(Key key) {
    return new Item(key, Map.of());
  }

  /** What a request answered. */
  static Item of(Map<String, AttributeValue> answer) {
    var values = new HashMap<>(answer);
    Key key = Key.of(answer);
    values.remove(DynamoDbTable.PARTITION_KEY);
    values.remove(DynamoDbTable.SORT_KEY);
    return new Item(key, values);
  }

  /** As a request writes it. */
  Map<String, AttributeValue> all() {
    var all = new HashMap<>(values);
    all.putAll(key.values());
    return all;
  }

  Item with(String name, AttributeValue value) {
    var more = new HashMap<>(values);
    more.put(name, value);
    return new Item(key, more);
  }

  Item text(String name, String value) {
    return with(name, AttributeValue.fromS(value));
  }

  Item number(String name, long value) {
    return with(name, AttributeValue.fromN(Long.toString(value)));
  }

  Item bytes(String name, byte[] value) {
    return with(name, AttributeValue.fromB(SdkBytes.fromByteArray(value)));
  }

  /** With a mark; what has none does not have the attribute. */
  Item mark(String name) {
    return with(name, AttributeValue.fromBool(true));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    return value(name).s();
  }

  long number(String name) {
    return Long.parseLong(value(name).n());
  }

  /** The number, or another if there is none. */
  long numberOr(String name, long otherwise) {
    AttributeValue value = values.get(name);
    return value == null ? otherwise : Long.parseLong(value.n());
  }

  byte[] bytes(String name) {
    return value(name).b().asByteArray();
  }

  private AttributeValue value(String name) {
    AttributeValue value = values.get(name);
    if (value == null) {
      throw new IntegrityException("STORE_DAMAGED", "an item lacks its attribute " + name, null);
    }
    return value;
  }

  /** How many bytes it has by the rules of the service. */
  int size() {
    int size = length(key.partition()) + length(key.sort()) + 4;
    for (var entry : values.entrySet()) {
      size += length(entry.getKey()) + size(entry.getValue());
    }
    return size;
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> length(value.s());
      case N -> value.n().length() + 1;
      case B -> value.b().asByteArrayUnsafe().length;
      default -> 1;
    };
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Whether the service would take it. */
  boolean fits() {
    return size() <= MAX_BYTES
        && length(key.partition()) <= MAX_PARTITION_KEY
        && length(key.sort()) <= MAX_SORT_KEY;
  }
}
