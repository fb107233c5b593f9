package dev.knowledgegraph.storage.dynamodb;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where an item is. */
record Key(String partition, String sort) {
  /** As a request names it. */
  Map<String, AttributeValue> values() {
    return Map.of(
        DynamoDbTable.PARTITION_KEY, AttributeValue.fromS(partition),
        DynamoDbTable.SORT_KEY, AttributeValue.fromS(sort));
  }

  static Key of(Map<String, AttributeValue> item) {
    return new Key(text(item, DynamoDbTable.PARTITION_KEY), text(item, DynamoDbTable.SORT_KEY));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), "every item has its key").s();
  }

  /** The sequence number in which the sort key of a version ends. */
  long sequence() {
    return Long.parseLong(sort, sort.length() - Keys.DIGITS, sort.length(), 10);
  }

  /** What is before the sequence number: it is the same for all versions of one thing. */
  String chain() {
    return sort.substring(0, sort.length() - Keys.DIGITS);
  }
}
