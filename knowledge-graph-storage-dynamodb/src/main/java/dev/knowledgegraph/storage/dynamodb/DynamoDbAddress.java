package dev.knowledgegraph.storage.dynamodb;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Where a table is: {@code dynamodb:TABLE} or {@code dynamodb://TABLE}, with {@code
 * ?endpoint=…&region=…&create=true} as wanted. What is not said, and the credentials, come from
 * where the AWS SDK looks for them: environment, system properties, profiles, the machine.
 *
 * @param endpoint empty for that of the region
 * @param region empty for that of the surroundings
 * @param create whether the table is to be made if it is not there
 */
public record DynamoDbAddress(
    String table, Optional<URI> endpoint, Optional<String> region, boolean create) {
  private static final String PREFIX = "dynamodb:";

  /**
   * Reads an address.
   *
   * @return empty if it is one of something else
   * @throws IllegalArgumentException if it begins as one of DynamoDB and goes on otherwise
   */
  public static Optional<DynamoDbAddress> parse(String address) {
    if (!address.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String rest = address.substring(PREFIX.length());
    rest = rest.startsWith("//") ? rest.substring(2) : rest;
    int end = rest.indexOf('?');
    String table = end < 0 ? rest : rest.substring(0, end);
    return Optional.of(read(table, end < 0 ? "" : rest.substring(end + 1)));
  }

  private static DynamoDbAddress read(String table, String query) {
    URI endpoint = null;
    String region = null;
    boolean create = false;
    for (String option : query.isEmpty() ? new String[0] : query.split("&")) {
      int end = option.indexOf('=');
      String value =
          end < 0 ? "" : URLDecoder.decode(option.substring(end + 1), StandardCharsets.UTF_8);
      switch (end < 0 ? option : option.substring(0, end)) {
        case "endpoint" -> endpoint = URI.create(value);
        case "region" -> region = value;
        case "create" -> create = Boolean.parseBoolean(value);
        default ->
            throw new IllegalArgumentException(
                "address of a table: expected endpoint, region or create, found another option");
      }
    }
    return of(table, endpoint, region, create);
  }

  private static DynamoDbAddress of(
      String table, @Nullable URI endpoint, @Nullable String region, boolean create) {
    return new DynamoDbAddress(
        table, Optional.ofNullable(endpoint), Optional.ofNullable(region), create);
  }

  /** A client that goes there, to be built and closed by the caller. */
  public DynamoDbClientBuilder client() {
    var client = DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    endpoint.ifPresent(client::endpointOverride);
    region.ifPresent(name -> client.region(Region.of(name)));
    return client;
  }
}
