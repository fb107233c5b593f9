package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageFactory;
import java.util.Optional;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Opens a table as a store, by its {@link DynamoDbAddress}. */
public final class DynamoDbStorageFactory implements StorageFactory {
  /** Found by {@link java.util.ServiceLoader}. */
  public DynamoDbStorageFactory() {}

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the address begins as one of DynamoDB and goes on otherwise
   */
  @Override
  public Optional<Storage> open(String address, boolean readOnly) {
    return DynamoDbAddress.parse(address).map(where -> open(where, readOnly));
  }

  private static Storage open(DynamoDbAddress address, boolean readOnly) {
    var config = DynamoDbStorageConfig.of(address.table());
    DynamoDbClient client =
        address
            .client()
            // The storage tries again by itself: it knows what may be sent twice.
            .overrideConfiguration(
                override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    boolean done = false;
    try {
      if (!readOnly && address.create()) {
        DynamoDbTable.create(client, address.table());
      }
      var storage =
          DynamoDbStorage.open(new Table(client, config, Transaction.MOST), readOnly, true);
      done = true;
      return storage;
    } finally {
      if (!done) {
        client.close();
      }
    }
  }
}
