package dev.knowledgegraph.storage.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into one table, {@value #MANY} to a statement. What many rows in a row have in
 * common is bound once: executing a statement costs more than what it does.
 */
final class RowBatch {
  private static final int MANY = 64;

  /** The statements for one table, by how many rows they take. */
  static final class Statements {
    private final String one;
    private final String many;
    private final int common;

    /**
     * Makes them.
     *
     * @param columns a letter a column: {@code c} for what rows have in common, {@code r} for what
     *     each has of its own, each in the order of the columns
     */
    Statements(String table, String columns) {
      common = (int) columns.chars().filter(letter -> letter == 'c').count();
      one = sql(table, columns, 1);
      many = sql(table, columns, MANY);
    }

    private String sql(String table, String columns, int rows) {
      var sql = new StringBuilder("INSERT INTO ").append(table).append(" VALUES ");
      int own = common;
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

  RowBatch(Db db, Statements statements) {
    this.db = db;
    this.statements = statements;
  }

  /** Says what the rows that follow have in common. */
  void common(@Nullable Object... values) throws SQLException {
    flush();
    common = values;
  }

  void add(@Nullable Object... own) throws SQLException {
    rows.add(own);
    if (rows.size() == MANY) {
      insert(statements.many, rows);
      rows.clear();
    }
  }

  void flush() throws SQLException {
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
