package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageFactory;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Opens a table as a store: {@code dynamodb:TABLE} or {@code dynamodb://TABLE}, with {@code
 * ?endpoint=…&region=…&create=true} as wanted. With {@code create} the table is made if it is not
 * there. What is not said, and the credentials, come from where the AWS SDK looks for them:
 * environment, system properties, profiles, the machine.
 */
public final class DynamoDbStorageFactory implements StorageFactory {
  private static final String PREFIX = "dynamodb:";

  /** Found by {@link java.util.ServiceLoader}. */
  public DynamoDbStorageFactory() {}

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the address begins as one of DynamoDB and goes on otherwise
   */
  @Override
  public Optional<Storage> open(String address, boolean readOnly) {
    if (!address.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String rest = address.substring(PREFIX.length());
    rest = rest.startsWith("//") ? rest.substring(2) : rest;
    int end = rest.indexOf('?');
    String table = end < 0 ? rest : rest.substring(0, end);
    Map<String, String> options = end < 0 ? Map.of() : options(rest.substring(end + 1));
    var config = DynamoDbStorageConfig.of(table);
    DynamoDbClient client = client(options);
    boolean done = false;
    try {
      if (!readOnly && Boolean.parseBoolean(options.get("create"))) {
        DynamoDbTable.create(client, table);
      }
      var storage =
          DynamoDbStorage.open(new Table(client, config, Transaction.MOST), readOnly, true);
      done = true;
      return Optional.of(storage);
    } finally {
      if (!done) {
        client.close();
      }
    }
  }

  private static Map<String, String> options(String query) {
    var options = new HashMap<String, String>();
    for (String option : query.split("&")) {
      int end = option.indexOf('=');
      String name = end < 0 ? option : option.substring(0, end);
      switch (name) {
        case "endpoint", "region", "create" ->
            options.put(
                name,
                end < 0
                    ? ""
                    : URLDecoder.decode(option.substring(end + 1), StandardCharsets.UTF_8));
        default ->
            throw new IllegalArgumentException(
                "address of a table: expected endpoint, region or create, found another option");
      }
    }
    return options;
  }

  private static DynamoDbClient client(Map<String, String> options) {
    var client =
        DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            // The storage tries again by itself: it knows what may be sent twice.
            .overrideConfiguration(
                override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    String endpoint = options.get("endpoint");
    if (endpoint != null) {
      client.endpointOverride(URI.create(endpoint));
    }
    String region = options.get("region");
    if (region != null) {
      client.region(Region.of(region));
    }
    return client.build();
  }
}
