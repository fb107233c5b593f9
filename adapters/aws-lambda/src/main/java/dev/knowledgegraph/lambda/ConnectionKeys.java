package dev.knowledgegraph.lambda;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.functions.Connection;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.storage.dynamodb.DynamoDbTable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where items about connections are, and what they hold.
 *
 * <ul>
 *   <li>{@code connection#ID}, {@code state}: whose it is, since when, until when; or that it ended
 *   <li>{@code owner#OWNER}, {@code ID}: the same of each that is open
 *   <li>{@code sent#ID#OWNER}, event: until when somebody is sending it; without that, it was sent
 * </ul>
 *
 * No id of a connection has a {@code #}, and what follows the last one is an owner as it is.
 */
final class ConnectionKeys {
  static final String OWNER = "owner";
  static final String ENDED = "ended";
  static final String CLAIMED = "claimed";

  private static final String SINCE = "since";
  private static final Map<String, String> NAMES =
      Map.of(
          "#p", DynamoDbTable.PARTITION_KEY,
          "#expires", DynamoDbTable.EXPIRES,
          "#owner", OWNER,
          "#ended", ENDED,
          "#claimed", CLAIMED);

  private ConnectionKeys() {}

  static Map<String, AttributeValue> state(String connection) {
    return key("connection#" + connection, "state");
  }

  static Map<String, AttributeValue> open(UserId owner, String connection) {
    return key(openPartition(owner).s(), connection);
  }

  static AttributeValue openPartition(UserId owner) {
    return AttributeValue.fromS("owner#" + owner.value());
  }

  static Map<String, AttributeValue> sent(Connection connection, String event) {
    return key("sent#" + connection.id() + "#" + connection.owner().value(), event);
  }

  private static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of(
        DynamoDbTable.PARTITION_KEY, AttributeValue.fromS(partition),
        DynamoDbTable.SORT_KEY, AttributeValue.fromS(sort));
  }

  /** What is kept of a connection besides its key. */
  static Map<String, AttributeValue> attributes(Connection connection) {
    return Map.of(
        OWNER,
        AttributeValue.fromS(connection.owner().value()),
        SINCE,
        millis(connection.since()),
        DynamoDbTable.EXPIRES,
        seconds(connection.expires()));
  }

  /** The reverse, of an item of this owner. */
  static Connection connection(UserId owner, Map<String, AttributeValue> item) {
    return new Connection(
        owner,
        value(item, DynamoDbTable.SORT_KEY).s(),
        Instant.ofEpochMilli(Long.parseLong(value(item, SINCE).n())),
        Instant.ofEpochSecond(Long.parseLong(value(item, DynamoDbTable.EXPIRES).n())));
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IntegrityException(
          "STORE_DAMAGED", "a connection lacks its attribute " + name, null);
    }
    return value;
  }

  /** Names for expressions: some words are the service's own. */
  static Map<String, String> names(String... placeholders) {
    var names = new HashMap<String, String>();
    for (String placeholder : placeholders) {
      names.put(placeholder, Objects.requireNonNull(NAMES.get(placeholder)));
    }
    return names;
  }

  static AttributeValue millis(Instant time) {
    return AttributeValue.fromN(Long.toString(time.toEpochMilli()));
  }

  /** Rounded up. */
  static AttributeValue seconds(Instant time) {
    return AttributeValue.fromN(
        Long.toString(time.getEpochSecond() + (time.getNano() > 0 ? 1 : 0)));
  }

  /**
   * Refuses what is no id.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void requireId(String connection) {
    Connection.requireId(connection);
  }
}
