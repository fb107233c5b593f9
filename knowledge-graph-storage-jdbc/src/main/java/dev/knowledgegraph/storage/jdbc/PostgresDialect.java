package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * PostgreSQL: what it says. Its states are those of appendix A of its manual, "PostgreSQL Error
 * Codes".
 */
final class PostgresDialect implements Dialect {
  static final PostgresDialect INSTANCE = new PostgresDialect();

  private static final String OK = "ok";
  private static final int FETCH_SIZE = 2_000;
  private static final long SCHEMA_LOCK = 0x6b675f736368656dL;

  /**
   * A join is a subquery for each row, which OFFSET keeps apart: it is carried out by an index, in
   * the order it is written in, whatever the server thinks it knows of the tables.
   *
   * <p>An index takes texts of up to some 2,700 bytes, so titles are looked up by how they begin.
   */
  private static final Map<String, String> WORDS =
      Map.of(
          "each", "json_array_elements_text(?$1::json) $2(value)",
          "unhex", "decode($1, 'hex')",
          "join", "CROSS JOIN LATERAL (SELECT * FROM $1 $2 WHERE ",
          "end", " OFFSET 0) $1 ",
          "by", "",
          "titled", "left(n.title, 200) = left(?$1, 200) AND n.title = ?$1",
          "lock", "FOR UPDATE");

  private final Map<String, StatementText> texts = new ConcurrentHashMap<>();

  private PostgresDialect() {}

  @Override
  public String folder() {
    return "postgresql";
  }

  @Override
  public StatementText statement(String template) {
    return texts.computeIfAbsent(template, t -> StatementText.placed(t, WORDS));
  }

  /**
   * A read of a table that is nearly empty may be planned to go through it, or through all of a
   * graph, for each value; when another transaction fills the table meanwhile that takes minutes.
   * The next read is planned anew, so each must be short.
   */
  @Override
  public int valuesAtOnce() {
    return 500;
  }

  @Override
  public int fetchSize() {
    return FETCH_SIZE;
  }

  @Override
  public RowSink rows(Db db, TableShape table) {
    return new RowCopy(db, table);
  }

  @Override
  public boolean hasTable(Connection connection, String name) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, name);
      try (var row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Override
  public void lockSchema(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      statement.setLong(1, SCHEMA_LOCK);
      statement.execute();
    }
  }

  @Override
  public List<String> plan(Db db, String template) throws SQLException {
    StatementText text = statement(template);
    String sql = numbered(text);
    long values = text.order().stream().distinct().count();
    var nulls = String.join(", ", java.util.Collections.nCopies((int) values, "NULL"));
    db.begin();
    try {
      // As it is carried out whatever the values are.
      db.execute("SET LOCAL plan_cache_mode = force_generic_plan");
      db.execute("PREPARE kg_plan AS " + sql);
      var steps = new ArrayList<String>();
      try (var statement = db.connection().createStatement();
          var row =
              statement.executeQuery(
                  "EXPLAIN (COSTS OFF) EXECUTE kg_plan" + (values == 0 ? "" : "(" + nulls + ")"))) {
        while (row.next()) {
          steps.add(row.getString(1));
        }
      }
      db.execute("DEALLOCATE kg_plan");
      return steps;
    } finally {
      db.rollback();
    }
  }

  /** The server looks after its files, with checksums if it was set up so. */
  @Override
  public String integrity(Db db) {
    return OK;
  }

  /** The statement with the parameters as the server itself writes them. */
  private static String numbered(StatementText text) {
    var sql = new StringBuilder();
    int parameter = 0;
    for (int i = 0; i < text.sql().length(); i++) {
      char c = text.sql().charAt(i);
      if (c == '?') {
        sql.append('$').append(text.order().get(parameter++) + 1);
      } else {
        sql.append(c);
      }
    }
    return sql.toString();
  }

  /** Whether a transaction lost to another one, and may win when it is begun anew. */
  static boolean isLostRace(SQLException e) {
    return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
  }

  /** Whether the connection broke, so that nobody knows what became of the statement. */
  static boolean isLostConnection(SQLException e) {
    String state = Objects.requireNonNullElse(e.getSQLState(), "");
    // The pool says without a state that it has closed a connection that broke.
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
  }

  @Override
  public KnowledgeGraphException translate(SQLException e) {
    String state = Objects.requireNonNullElse(e.getSQLState(), "");
    if (isLostConnection(e)) {
      return new StorageException("STORE_UNAVAILABLE", "the database does not answer", true, e);
    }
    return switch (state) {
      case "40001", "40P01", "55P03" ->
          new StorageException("STORE_BUSY", "other writers were in the way", true, e);
      case "57014" -> new StorageException("STORE_TIMEOUT", "the database took too long", true, e);
      case "53300" ->
          new StorageException("STORE_BUSY", "the database has no connection left", true, e);
      case "53100" -> new StorageException("STORE_FULL", "no room is left for the store", true, e);
      case "25006", "42501" ->
          new StorageException("STORE_READ_ONLY", "the store is read-only", false, e);
      case "28000", "28P01" ->
          new StorageException("STORE_REFUSED", "the database refuses the login", false, e);
      case "3D000" -> new StorageException("STORE_ABSENT", "there is no such database", false, e);
      case "XX001", "XX002" -> new IntegrityException("STORE_DAMAGED", "the store is damaged", e);
      default ->
          state.startsWith("23")
              ? new ConflictException("something of this name or identity is already there")
              : new StorageException("STORE_UNAVAILABLE", "the store cannot be used", false, e);
    };
  }
}
