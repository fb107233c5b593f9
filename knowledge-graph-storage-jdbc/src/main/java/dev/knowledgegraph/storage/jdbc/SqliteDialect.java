package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite: what it says, and how its connections are set up. */
final class SqliteDialect implements Dialect {
  static final SqliteDialect INSTANCE = new SqliteDialect();

  /** What a full disk looks like while the file beside the WAL is made. */
  private static final SQLiteErrorCode NO_ROOM_FOR_SHARED_MEMORY =
      SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;

  /** A join is carried out in the order it is written in, by the index that is named. */
  private static final Map<String, String> WORDS =
      Map.of(
          "each", "json_each(?$1) $2",
          "unhex", "unhex($1)",
          "join", "CROSS JOIN $1 $2 $3 ON ",
          "end", " ",
          "by", "INDEXED BY $1",
          "titled", "n.title = ?$1",
          "lock", "");

  private SqliteDialect() {}

  static Db writer(Path file) throws SQLException {
    return writer(file, UnaryOperator.identity());
  }

  static Db writer(Path file, UnaryOperator<Connection> watch) throws SQLException {
    var config = new SQLiteConfig();
    config.setPragma(SQLiteConfig.Pragma.BUSY_TIMEOUT, "5000");
    config.setGetGeneratedKeys(false);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    var db = new Db(watch.apply(config.createConnection("jdbc:sqlite:" + file)), INSTANCE);
    try {
      db.execute("PRAGMA journal_mode = WAL");
      db.execute("PRAGMA synchronous = FULL");
      db.execute("PRAGMA foreign_keys = OFF");
      db.execute("PRAGMA cache_size = -262144");
      db.execute("PRAGMA wal_autocheckpoint = 16000");
      db.execute("PRAGMA journal_size_limit = 134217728");
      return db;
    } catch (SQLException e) {
      db.close();
      throw e;
    }
  }

  static Db reader(Path file, boolean immutable, UnaryOperator<Connection> watch)
      throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setPragma(SQLiteConfig.Pragma.BUSY_TIMEOUT, "5000");
    String url =
        "jdbc:sqlite:"
            + (immutable ? "file:" + file.toUri().getRawPath() + "?immutable=1" : file.toString());
    var db = new Db(watch.apply(config.createConnection(url)), INSTANCE);
    try {
      db.execute("PRAGMA query_only = ON");
      db.execute("PRAGMA cache_size = -65536");
      db.execute("PRAGMA mmap_size = 1073741824");
      return db;
    } catch (SQLException e) {
      db.close();
      throw e;
    }
  }

  @Override
  public String folder() {
    return "sqlite";
  }

  @Override
  public StatementText statement(String template) {
    return StatementText.numbered(template, WORDS);
  }

  @Override
  public int valuesAtOnce() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int fetchSize() {
    return 0;
  }

  @Override
  public RowSink rows(Db db, TableShape table) {
    return new RowBatch(db, table);
  }

  @Override
  public boolean hasTable(Connection connection, String name) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")) {
      statement.setString(1, name);
      try (var row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public List<String> plan(Db db, String template) throws SQLException {
    var steps = new ArrayList<String>();
    try (var statement =
            db.connection().prepareStatement("EXPLAIN QUERY PLAN " + statement(template).sql());
        var row = statement.executeQuery()) {
      while (row.next()) {
        steps.add(row.getString(4));
      }
    }
    return steps;
  }

  @Override
  public String integrity(Db db) throws SQLException {
    try (var row = db.bind("PRAGMA integrity_check").executeQuery()) {
      return row.next() ? row.getString(1) : "no answer";
    }
  }

  /** A transaction of the one writer, which is begun as such, keeps others out anyway. */
  @Override
  public void lockSchema(Connection connection) {}

  @Override
  public KnowledgeGraphException translate(SQLException e) {
    int code = e instanceof SQLiteException s ? s.getResultCode().code & 0xff : e.getErrorCode();
    if (e instanceof SQLiteException s && s.getResultCode() == NO_ROOM_FOR_SHARED_MEMORY) {
      code = SQLiteErrorCode.SQLITE_FULL.code;
    }
    return switch (code) {
      case 5, 6 -> new StorageException("STORE_LOCKED", "the store is locked", true, e);
      case 8 -> new StorageException("STORE_READ_ONLY", "the store is read-only", false, e);
      case 13 -> new StorageException("STORE_FULL", "no room is left for the store", true, e);
      case 11, 26 -> new IntegrityException("STORE_DAMAGED", "the store is damaged", e);
      case 19 -> new ConflictException("something of this name or identity is already there");
      default -> new StorageException("STORE_UNAVAILABLE", "the store cannot be used", false, e);
    };
  }
}
