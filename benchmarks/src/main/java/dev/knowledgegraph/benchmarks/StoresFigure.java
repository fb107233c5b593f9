package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.storage.dynamodb.DynamoDbStorage;
import dev.knowledgegraph.storage.dynamodb.DynamoDbStorageConfig;
import dev.knowledgegraph.storage.dynamodb.DynamoDbTable;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import dev.knowledgegraph.storage.jdbc.PostgresSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/**
 * WordNet in each kind of store, and from each to each other: how long it takes for a million
 * elements, how many requests DynamoDB is sent, and whether it is the same graph everywhere. Each
 * once, as the times of the stand-in for DynamoDB say little.
 */
final class StoresFigure implements Figure {
  private static final double MILLIONS = (117_659 + 377_583) / 1e6;
  private static final UserId USER = UserId.of("bench");

  private final List<Row> rows = new ArrayList<>();
  private int opened;

  @Override
  public String name() {
    return "stores";
  }

  @FunctionalInterface
  private interface Opening {
    Storage open() throws IOException;
  }

  private record Kind(String name, Opening opening) {}

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Figures.directory(name());
    var table = new CountedDynamoDb(DynamoDBEmbedded.create(true).dynamoDbClient());
    try (var server = new Postgres()) {
      var sqlite =
          new Kind("SQLite", () -> JdbcStorage.openSqlite(directory.resolve("store" + opened++)));
      var postgres =
          new Kind(
              "PostgreSQL",
              () ->
                  JdbcStorage.openPostgres(
                      server.url(), PostgresSettings.standard().withSchema("kg" + opened++)));
      var dynamo = new Kind("DynamoDB Local", () -> openTable(table));
      imported(sqlite, table);
      double floor = imported(sqlite, table);
      for (Kind kind : List.of(postgres, dynamo)) {
        double time = imported(kind, table);
        rows.add(
            Row.measured(
                "import of a million elements into " + kind.name,
                time,
                "ms",
                floor,
                "into SQLite"));
      }
      moved(List.of(sqlite, postgres, dynamo), table, floor);
    }
    Figures.delete(directory);
    return rows;
  }

  private DynamoDbStorage openTable(CountedDynamoDb table) {
    String name = "kg-" + opened++;
    DynamoDbTable.create(table.client(), name);
    return DynamoDbStorage.open(table.client(), DynamoDbStorageConfig.of(name));
  }

  private double imported(Kind kind, CountedDynamoDb table) throws IOException {
    var storage = kind.opening.open();
    try (var store = KnowledgeGraph.builder().storage(storage).build()) {
      GraphView graph = store.as(USER).graph("wordnet");
      asked("", kind, table);
      long start = System.nanoTime();
      ImportFigure.load(graph);
      double time = Figures.millisSince(start) / MILLIONS;
      asked("import into ", kind, table);
      return time;
    }
  }

  /** What DynamoDB was asked, if it was. */
  private void asked(String work, Kind kind, CountedDynamoDb table) {
    long requests = table.takeRequests();
    double units = table.takeUnits();
    if (!work.isEmpty() && kind.name.startsWith("DynamoDB")) {
      String each = "for each element";
      double elements = MILLIONS * 1e6;
      rows.add(
          Row.measured(work + kind.name + ", " + each, requests / elements, "requests", 1, "one"));
      rows.add(Row.measured(work + kind.name + ", " + each, units / elements, "units", 1, "one"));
    }
  }

  private void moved(List<Kind> kinds, CountedDynamoDb table, double floor) throws IOException {
    for (Kind from : kinds) {
      try (Storage source = from.opening.open();
          var store = KnowledgeGraph.builder().storage(source).build()) {
        GraphView graph = store.as(USER).graph("wordnet");
        ImportFigure.load(graph);
        for (Kind to : kinds) {
          if (!from.equals(to)) {
            asked("", to, table);
            double time = moved(source, graph.ref(), to.opening);
            asked("move from " + from.name + " to ", to, table);
            rows.add(
                Row.measured(
                    "move of a million elements from " + from.name + " to " + to.name,
                    time,
                    "ms",
                    floor,
                    "import into SQLite"));
          }
        }
      }
    }
  }

  private static double moved(Storage from, GraphRef graph, Opening to) throws IOException {
    try (Storage target = to.open()) {
      long start = System.nanoTime();
      KnowledgeGraph.replay(from, List.of(graph), target);
      double time = Figures.millisSince(start) / MILLIONS;
      Fingerprint there = KnowledgeGraph.recount(target, graph, target.head(graph).sequence());
      if (!there.equals(from.head(graph).fingerprint())
          || !target.head(graph).equals(from.head(graph))) {
        throw new IllegalStateException("what arrived is another graph");
      }
      return time;
    }
  }
}
