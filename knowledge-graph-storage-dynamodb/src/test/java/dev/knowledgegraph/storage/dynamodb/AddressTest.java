package dev.knowledgegraph.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Storage;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** Tables found by their address, over HTTP. */
class AddressTest {
  private static DynamoDBProxyServer server;
  private static String endpoint;
  private static DynamoDbClient client;

  private final DynamoDbStorageFactory factory = new DynamoDbStorageFactory();

  @BeforeAll
  static void start() throws Exception {
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    server =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
    server.start();
    endpoint = "http://localhost:" + port;
    client =
        DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(URI.create(endpoint))
            .region(Region.EU_CENTRAL_1)
            .build();
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    server.stop();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private Optional<Storage> open(String table, String more, boolean readOnly) {
    return factory.open(
        "dynamodb://" + table + "?endpoint=" + endpoint + "&region=eu-central-1" + more, readOnly);
  }

  @Test
  void a_table_is_made_if_it_is_wanted_and_opened_again() {
    String address =
        "dynamodb:made?create=true&region=eu-central-1&endpoint=" + endpoint.replace(":", "%3A");
    try (var graph = KnowledgeGraph.open(address, false)) {
      var notes = graph.as(UserId.of("ada")).create(GraphData.named("notes"));
      notes.add(NodeData.node("Ada"));
    }
    try (var storage = open("made", "", true).orElseThrow()) {
      assertThat(storage.isReadOnly()).isTrue();
      assertThat(storage.graphs(UserId.of("ada"))).hasSize(1);
    }
    assertThat(DynamoDbTable.check(client, "made")).isEmpty();
  }

  @Test
  void a_table_that_is_not_there_is_not_made_unless_it_is_wanted() {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> open("nowhere", "", false))
        .matches(e -> e.code().equals("STORE_ABSENT"));
    assertThat(DynamoDbTable.check(client, "nowhere")).containsExactly("there is no table nowhere");
  }

  @Test
  void addresses_of_other_stores_are_left_alone() {
    assertThat(factory.open("notes", false)).isEmpty();
    assertThat(factory.open("jdbc:sqlite:notes", false)).isEmpty();
  }

  @Test
  void an_unknown_option_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> open("some", "&color=red", false));
  }

  @Test
  void a_table_with_other_keys_is_told_and_refused() {
    client.createTable(
        create ->
            create
                .tableName("other")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build()));

    assertThat(DynamoDbTable.check(client, "other"))
        .containsExactly(
            "the keys of the table are not the texts pk and sk",
            "the table lets nothing expire, expected by attribute expires");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> DynamoDbTable.create(client, "other"));
  }

  @Test
  void making_a_table_twice_is_making_it_once() {
    DynamoDbTable.create(client, "twice");
    DynamoDbTable.create(client, "twice");

    assertThat(DynamoDbTable.check(client, "twice")).isEmpty();
  }
}
