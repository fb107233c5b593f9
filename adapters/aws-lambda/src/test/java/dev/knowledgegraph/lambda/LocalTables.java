package dev.knowledgegraph.lambda;

import dev.knowledgegraph.storage.dynamodb.DynamoDbAddress;
import dev.knowledgegraph.storage.dynamodb.DynamoDbTable;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** DynamoDB on this machine, for this process and its children; started once. */
final class LocalTables {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private static final class Holder {
    static final String OPTIONS = start();
    static final DynamoDbClient CLIENT =
        DynamoDbAddress.parse("dynamodb:any" + OPTIONS).orElseThrow().client().build();

    private static String start() {
      System.setProperty("aws.accessKeyId", "local");
      System.setProperty("aws.secretAccessKey", "local");
      try (var socket = new ServerSocket(0)) {
        int port = socket.getLocalPort();
        socket.close();
        DynamoDBProxyServer server =
            ServerRunner.createServerFromCommandLineArgs(
                new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
        server.start();
        return "?endpoint=http://localhost:" + port + "&region=eu-central-1";
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private LocalTables() {}

  static DynamoDbClient client() {
    return Holder.CLIENT;
  }

  /**
   * Makes a table that no other test has. Nothing in it expires by itself: tests go by clocks of
   * their own, and the service would delete by that of the machine.
   */
  static String newTable() {
    String table = "connections-" + TABLES.incrementAndGet();
    DynamoDbTable.create(client(), table);
    client()
        .updateTimeToLive(
            update ->
                update
                    .tableName(table)
                    .timeToLiveSpecification(
                        ttl -> ttl.attributeName(DynamoDbTable.EXPIRES).enabled(false)));
    return table;
  }

  /** The address of a table. */
  static String address(String table) {
    return "dynamodb:" + table + Holder.OPTIONS;
  }
}
