package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.StorageFixture;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;

/** Stores in DynamoDB Local, each in a table of its own. */
final class DynamoDbFixture implements StorageFixture {
  private final IdentityHashMap<Storage, String> opened = new IdentityHashMap<>();

  @Override
  public DynamoDbStorage create() {
    return open(LocalDynamoDb.newTable());
  }

  private DynamoDbStorage open(String table) {
    var storage = DynamoDbStorage.open(LocalDynamoDb.client(), config(table).build());
    opened.put(storage, table);
    return storage;
  }

  /** Few buckets, for a graph of a test has few nodes; short waits, for nothing is far away. */
  static DynamoDbStorageConfig.Builder config(String table) {
    return DynamoDbStorageConfig.builder(table)
        .buckets(2)
        .retries(30, Duration.ofMillis(1), Duration.ofMillis(50));
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public Storage reopen(Storage storage) {
    storage.close();
    return open(Objects.requireNonNull(opened.get(storage)));
  }

  @Override
  public void close() {
    opened.keySet().forEach(Storage::close);
    Set.copyOf(opened.values())
        .forEach(table -> LocalDynamoDb.client().deleteTable(delete -> delete.tableName(table)));
    opened.clear();
  }
}
