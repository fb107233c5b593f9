package dev.knowledgegraph.storage.dynamodb;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/** DynamoDB in this process and in memory, started once and shared by all tests. */
final class LocalDynamoDb {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private static final class Holder {
    static final DynamoDbClient CLIENT = DynamoDBEmbedded.create(true).dynamoDbClient();
  }

  private LocalDynamoDb() {}

  static DynamoDbClient client() {
    return Holder.CLIENT;
  }

  /** Makes a table that no other test has. */
  static String newTable() {
    String table = "kg-test-" + TABLES.incrementAndGet();
    DynamoDbTable.create(client(), table);
    return table;
  }
}
