package dev.knowledgegraph.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection with its prepared statements; used by one thread at a time. */
final class Db implements AutoCloseable {
  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, Prepared> statements = new HashMap<>();

  private record Prepared(PreparedStatement statement, List<Integer> order) {
    void bind(@Nullable Object[] values) throws SQLException {
      if (order.isEmpty()) {
        set(statement, 0, values);
      } else {
        for (int i = 0; i < order.size(); i++) {
          setOne(statement, i + 1, values[order.get(i)]);
        }
      }
    }
  }

  Db(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  Connection connection() {
    return connection;
  }

  Dialect dialect() {
    return dialect;
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  // The driver must know of every transaction: that of SQLite tries to begin one of its own before
  // each statement otherwise, and that takes ten times as long as the statement.

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

  PreparedStatement prepare(String template) throws SQLException {
    return prepared(template).statement;
  }

  private Prepared prepared(String template) throws SQLException {
    Prepared known = statements.get(template);
    if (known == null) {
      StatementText text = dialect.statement(template);
      PreparedStatement statement = connection.prepareStatement(text.sql());
      if (dialect.fetchSize() > 0) {
        statement.setFetchSize(dialect.fetchSize());
      }
      known = new Prepared(statement, text.order());
      statements.put(template, known);
    }
    return known;
  }

  PreparedStatement bind(String template, @Nullable Object... values) throws SQLException {
    Prepared prepared = prepared(template);
    prepared.bind(values);
    return prepared.statement;
  }

  /** Binds values from parameter {@code at + 1} on, and returns the number of the last. */
  static int set(PreparedStatement statement, int at, @Nullable Object[] values)
      throws SQLException {
    int place = at;
    for (Object value : values) {
      place++;
      setOne(statement, place, value);
    }
    return place;
  }

  private static void setOne(PreparedStatement statement, int place, @Nullable Object value)
      throws SQLException {
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

  int update(String template, @Nullable Object... values) throws SQLException {
    return bind(template, values).executeUpdate();
  }

  /** The values in lists that are not too long for one read. */
  <T> List<List<T>> parts(Collection<T> values) {
    var list = List.copyOf(values);
    int most = dialect.valuesAtOnce();
    if (list.size() <= most) {
      return List.of(list);
    }
    var parts = new ArrayList<List<T>>();
    for (int from = 0; from < list.size(); from += most) {
      parts.add(list.subList(from, Math.min(list.size(), from + most)));
    }
    return parts;
  }

  /** Carries out one statement with each of many rows of values. */
  void updateAll(String template, List<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Prepared prepared = prepared(template);
    for (@Nullable Object[] values : rows) {
      prepared.bind(values);
      prepared.statement.addBatch();
    }
    prepared.statement.executeBatch();
  }

  /** The number a statement answers with; 0 if it answers nothing. */
  long number(String template, @Nullable Object... values) throws SQLException {
    try (var row = bind(template, values).executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
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
