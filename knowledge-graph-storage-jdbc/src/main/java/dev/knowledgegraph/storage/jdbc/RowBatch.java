package dev.knowledgegraph.storage.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into one table of SQLite, {@value #MANY} to a statement. What many rows in a
 * row have in common is bound once: executing a statement costs more than what it does.
 */
final class RowBatch implements RowSink {
  private static final int MANY = 64;
  private static final Map<TableShape, Statements> STATEMENTS = new ConcurrentHashMap<>();

  /** The statements for one table, by how many rows they take. */
  private record Statements(String one, String many) {
    static Statements of(TableShape table) {
      return new Statements(sql(table, 1), sql(table, MANY));
    }

    private static String sql(TableShape table, int rows) {
      var sql = new StringBuilder("INSERT INTO ").append(table.name()).append(" VALUES ");
      String columns = table.columns();
      int own = table.common();
      for (int row = 0; row < rows; row++) {
        int shared = 0;
        sql.append(row == 0 ? "(" : ", (");
        for (int i = 0; i < columns.length(); i++) {
          sql.append(i == 0 ? "?" : ", ?");
          sql.append(columns.charAt(i) == 'c' ? ++shared : ++own);
        }
        sql.append(')');
      }
      return sql.toString();
    }
  }

  private final Db db;
  private final Statements statements;
  private final List<@Nullable Object[]> rows = new ArrayList<>(MANY);
  private @Nullable Object[] common = {};

  RowBatch(Db db, TableShape table) {
    this.db = db;
    this.statements = STATEMENTS.computeIfAbsent(table, Statements::of);
  }

  @Override
  public void common(@Nullable Object... values) throws SQLException {
    flush();
    common = values;
  }

  @Override
  public void add(@Nullable Object... own) throws SQLException {
    rows.add(own);
    if (rows.size() == MANY) {
      insert(statements.many, rows);
      rows.clear();
    }
  }

  @Override
  public void flush() throws SQLException {
    for (@Nullable Object[] row : rows) {
      insert(statements.one, List.<@Nullable Object[]>of(row));
    }
    rows.clear();
  }

  private void insert(String sql, List<@Nullable Object[]> of) throws SQLException {
    PreparedStatement statement = db.prepare(sql);
    int at = Db.set(statement, 0, common);
    for (@Nullable Object[] row : of) {
      at = Db.set(statement, at, row);
    }
    statement.executeUpdate();
  }
}
