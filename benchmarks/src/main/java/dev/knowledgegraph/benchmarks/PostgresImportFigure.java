package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import dev.knowledgegraph.storage.jdbc.PostgresSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** Import of WordNet into PostgreSQL beside a COPY of the rows that it left there. */
final class PostgresImportFigure implements Figure {
  private static final int ROUNDS = 5;
  private static final int ELEMENTS = 117_659 + 377_583;

  @Override
  public String name() {
    return "postgres-import";
  }

  @Override
  public List<Row> measure() throws Exception {
    var ours = new ArrayList<Double>();
    var withIndexes = new ArrayList<Double>();
    var bare = new ArrayList<Double>();
    try (var server = new Postgres()) {
      for (int round = -1; round < ROUNDS; round++) {
        double time = ours(server);
        try (Connection connection = server.connect()) {
          var tables = tables(connection);
          double indexed = copy(connection, tables, "INCLUDING ALL");
          double alone = copy(connection, tables, "");
          execute(connection, "DROP SCHEMA kg CASCADE");
          if (round >= 0) {
            ours.add(ELEMENTS / time);
            withIndexes.add(ELEMENTS / indexed);
            bare.add(ELEMENTS / alone);
          }
        }
      }
    }
    String work = "import WordNet into PostgreSQL";
    String unit = "per ms";
    return List.of(
        Row.atLeast(
            0.6,
            work,
            Figures.median(ours),
            unit,
            Figures.median(withIndexes),
            "COPY of the same rows, with their indexes"),
        Row.measured(
            work,
            Figures.median(ours),
            unit,
            Figures.median(bare),
            "COPY of the same rows, no index"));
  }

  private static double ours(Postgres server) throws IOException {
    long start = System.nanoTime();
    try (var store =
        KnowledgeGraph.builder()
            .storage(JdbcStorage.openPostgres(server.url(), PostgresSettings.standard()))
            .build()) {
      ImportFigure.load(store.as(UserId.of("bench")).graph("wordnet"));
    }
    return Figures.millisSince(start);
  }

  /** The rows of each table, in the text format of COPY. */
  private static Map<String, byte[]> tables(Connection connection)
      throws SQLException, IOException {
    var tables = new LinkedHashMap<String, byte[]>();
    for (String table : names(connection)) {
      var rows = new ByteArrayOutputStream();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY kg." + table + " TO STDOUT", rows);
      tables.put(table, rows.toByteArray());
    }
    return tables;
  }

  private static List<String> names(Connection connection) throws SQLException {
    var names = new ArrayList<String>();
    try (Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname='kg'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static double copy(Connection connection, Map<String, byte[]> tables, String including)
      throws SQLException, IOException {
    execute(connection, "CREATE SCHEMA bare");
    for (String table : tables.keySet()) {
      execute(
          connection, "CREATE TABLE bare." + table + " (LIKE kg." + table + " " + including + ")");
    }
    long start = System.nanoTime();
    connection.setAutoCommit(false);
    for (var table : tables.entrySet()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY bare." + table.getKey() + " FROM STDIN",
              new ByteArrayInputStream(table.getValue()));
    }
    connection.commit();
    connection.setAutoCommit(true);
    double time = Figures.millisSince(start);
    execute(connection, "DROP SCHEMA bare CASCADE");
    return time;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
