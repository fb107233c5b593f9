package dev.knowledgegraph.benchmarks;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * What somebody would write who needs just these nodes and edges in SQLite: two tables, an index
 * each way, a full-text index, one transaction; no history, no rules.
 */
final class HandWrittenSqlite implements AutoCloseable {
  private final Connection connection;

  HandWrittenSqlite(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA cache_size = -262144");
  }

  Connection connection() {
    return connection;
  }

  void createTables() throws SQLException {
    execute(
        "CREATE TABLE node (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL,"
            + " lemmas TEXT, gloss TEXT, pos TEXT, domain TEXT)");
    execute(
        "CREATE TABLE edge (source INTEGER NOT NULL, target INTEGER NOT NULL, type TEXT NOT NULL,"
            + " source_lemma TEXT, target_lemma TEXT)");
  }

  /** Reads both files of WordNet into the tables. */
  void load(Path nodes, Path edges) throws SQLException, IOException {
    connection.setAutoCommit(false);
    Map<String, Long> ids = new HashMap<>();
    try (var insert = connection.prepareStatement("INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?)");
        var rows = csv(nodes)) {
      long id = 0;
      var row = rows.iterator();
      row.next();
      while (row.hasNext()) {
        CsvRecord fields = row.next();
        ids.put(fields.getField(0), ++id);
        insert.setLong(1, id);
        for (int i = 0; i < 6; i++) {
          insert.setString(i + 2, fields.getField(i));
        }
        insert.executeUpdate();
      }
    }
    try (var insert = connection.prepareStatement("INSERT INTO edge VALUES (?, ?, ?, ?, ?)");
        var rows = csv(edges)) {
      var row = rows.iterator();
      row.next();
      while (row.hasNext()) {
        CsvRecord fields = row.next();
        insert.setLong(1, Objects.requireNonNull(ids.get(fields.getField(0))));
        insert.setLong(2, Objects.requireNonNull(ids.get(fields.getField(1))));
        insert.setString(3, fields.getField(2));
        insert.setString(4, fields.getField(3));
        insert.setString(5, fields.getField(4));
        insert.executeUpdate();
      }
    }
    connection.setAutoCommit(true);
    execute("CREATE INDEX edge_out ON edge (source, type)");
    execute("CREATE INDEX edge_in ON edge (target, type)");
  }

  void buildFullTextIndex() throws SQLException {
    execute("CREATE VIRTUAL TABLE text USING fts5 (title, lemmas, gloss, content = 'node')");
    execute("INSERT INTO text (text) VALUES ('rebuild')");
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static CsvReader<CsvRecord> csv(Path file) throws IOException {
    return CsvReader.builder()
        .ofCsvRecord(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
