package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * The one table a store needs, and the names in it that a deployment has to know: two keys, both
 * texts, and the attribute by which items expire. It has no index, for the service reads indexes
 * later than it acknowledges writes.
 */
public final class DynamoDbTable {
  /** What the table is called unless somebody says otherwise. */
  public static final String DEFAULT_NAME = "knowledge-graph";

  /** The partition key, a text. */
  public static final String PARTITION_KEY = "pk";

  /** The sort key, a text. */
  public static final String SORT_KEY = "sk";

  /** When an item may be deleted, in seconds since 1970: the attribute for time to live. */
  public static final String EXPIRES = "expires";

  private DynamoDbTable() {}

  /**
   * Makes the table, billed on demand, with time to live; waits until it can be used. What is there
   * already is left as it is, but gets time to live if it has none.
   *
   * @throws StorageException if that fails, or a table of this name has other keys
   */
  public static void create(DynamoDbClient client, String table) {
    try {
      if (describe(client, table).isEmpty()) {
        make(client, table);
        client.waiter().waitUntilTableExists(wait -> wait.tableName(table));
      }
      var different = keys(client, table);
      if (!different.isEmpty()) {
        throw new StorageException("STORE_UNAVAILABLE", String.join("; ", different), false, null);
      }
      if (!expires(client, table)) {
        client.updateTimeToLive(
            update ->
                update
                    .tableName(table)
                    .timeToLiveSpecification(ttl -> ttl.attributeName(EXPIRES).enabled(true)));
      }
    } catch (SdkException e) {
      throw Failures.translate(e);
    }
  }

  /**
   * Says how the table differs from what {@link #create} makes; nothing if it does not.
   *
   * @throws StorageException if it cannot be looked at
   */
  public static List<String> check(DynamoDbClient client, String table) {
    try {
      var found = describe(client, table);
      if (found.isEmpty()) {
        return List.of("there is no table " + table);
      }
      var different = new ArrayList<>(keys(client, table));
      if (found.get().tableStatus() != TableStatus.ACTIVE) {
        different.add("the table is " + found.get().tableStatusAsString() + ", expected ACTIVE");
      }
      if (!expires(client, table)) {
        different.add("the table lets nothing expire, expected by attribute " + EXPIRES);
      }
      return different;
    } catch (SdkException e) {
      throw Failures.translate(e);
    }
  }

  /**
   * What a client answers, for whoever keeps other things in a table like this.
   *
   * @throws StorageException if it fails: absent, not allowed, or unavailable and whether for now
   */
  public static <T extends @Nullable Object> T ask(Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw Failures.translate(e);
    }
  }

  private static Optional<TableDescription> describe(DynamoDbClient client, String table) {
    try {
      return Optional.of(client.describeTable(describe -> describe.tableName(table)).table());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private static void make(DynamoDbClient client, String table) {
    try {
      client.createTable(
          create ->
              create
                  .tableName(table)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(key(PARTITION_KEY, KeyType.HASH), key(SORT_KEY, KeyType.RANGE))
                  .attributeDefinitions(text(PARTITION_KEY), text(SORT_KEY)));
    } catch (ResourceInUseException e) {
      // Somebody else makes it.
    }
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static List<String> keys(DynamoDbClient client, String table) {
    var found = describe(client, table).orElseThrow();
    var expected = List.of(key(PARTITION_KEY, KeyType.HASH), key(SORT_KEY, KeyType.RANGE));
    boolean areTexts =
        found.attributeDefinitions().containsAll(List.of(text(PARTITION_KEY), text(SORT_KEY)));
    return found.keySchema().equals(expected) && areTexts
        ? List.of()
        : List.of("the keys of the table are not the texts " + PARTITION_KEY + " and " + SORT_KEY);
  }

  private static boolean expires(DynamoDbClient client, String table) {
    var found =
        client.describeTimeToLive(describe -> describe.tableName(table)).timeToLiveDescription();
    return found != null
        && EXPIRES.equals(found.attributeName())
        && (found.timeToLiveStatus() == TimeToLiveStatus.ENABLED
            || found.timeToLiveStatus() == TimeToLiveStatus.ENABLING);
  }
}
