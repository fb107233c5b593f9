package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A connection with its prepared statements; used by one thread at a time. */
final class Db implements AutoCloseable {
  /** What a full disk looks like while the file beside the WAL is made. */
  private static final SQLiteErrorCode NO_ROOM_FOR_SHARED_MEMORY =
      SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private Db(Connection connection) {
    this.connection = connection;
  }

  static Db writer(Path file) throws SQLException {
    return writer(file, UnaryOperator.identity());
  }

  static Db writer(Path file, UnaryOperator<Connection> watch) throws SQLException {
    var config = new SQLiteConfig();
    config.setPragma(SQLiteConfig.Pragma.BUSY_TIMEOUT, "5000");
    config.setGetGeneratedKeys(false);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    var db = new Db(watch.apply(config.createConnection("jdbc:sqlite:" + file)));
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
    var db = new Db(watch.apply(config.createConnection(url)));
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

  Connection connection() {
    return connection;
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  // The driver must know of every transaction: it tries to begin one of its own before each
  // statement otherwise, and that takes ten times as long as the statement.

  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.setAutoCommit(true);
  }

  void rollback() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepare(sql);
    set(statement, 0, values);
    return statement;
  }

  /** Binds values from parameter {@code at + 1} on, and returns the number of the last. */
  static int set(PreparedStatement statement, int at, @Nullable Object[] values)
      throws SQLException {
    int place = at;
    for (Object value : values) {
      place++;
      switch (value) {
        case null -> statement.setNull(place, java.sql.Types.NULL);
        case Long n -> statement.setLong(place, n);
        case Integer n -> statement.setInt(place, n);
        case Boolean b -> statement.setInt(place, b ? 1 : 0);
        case Double d -> statement.setDouble(place, d);
        case String text -> statement.setString(place, text);
        case byte[] bytes -> statement.setBytes(place, bytes);
        default -> throw new IllegalArgumentException("cannot bind a value of this class");
      }
    }
    return place;
  }

  int update(String sql, @Nullable Object... values) throws SQLException {
    return bind(sql, values).executeUpdate();
  }

  /** The number a statement answers with; 0 if it answers nothing. */
  long number(String sql, @Nullable Object... values) throws SQLException {
    try (var row = bind(sql, values).executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** What a caller of the library is told. */
  static KnowledgeGraphException translate(SQLException e) {
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

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // There is nothing left to save: every commit was durable when it returned.
    }
  }
}
