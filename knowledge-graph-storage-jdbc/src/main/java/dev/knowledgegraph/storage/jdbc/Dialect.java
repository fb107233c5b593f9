package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.KnowledgeGraphException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What one kind of database says or does otherwise than another. */
interface Dialect {
  /** That of the database at the other end of a connection. */
  static Dialect of(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")
        ? PostgresDialect.INSTANCE
        : SqliteDialect.INSTANCE;
  }

  /** The folder of the schema's steps, below {@code /db}. */
  String folder();

  /** The statement that a template stands for. */
  StatementText statement(String template);

  /** How many rows a reader takes at once, so that a long answer is never held whole; 0 for one. */
  int fetchSize();

  /** How many values a read is given at once to look rows up by; more take several reads. */
  int valuesAtOnce();

  /** Takes rows for a table, as this database takes many of them fastest. */
  RowSink rows(Db db, TableShape table);

  /** Whether the schema has a table. */
  boolean hasTable(Connection connection, String name) throws SQLException;

  /** How a statement would be carried out, a step a line. */
  List<String> plan(Db db, String template) throws SQLException;

  /** What the database finds when it looks whether its own files are whole; "ok" if they are. */
  String integrity(Db db) throws SQLException;

  /** Keeps others from changing the schema until the transaction ends. */
  void lockSchema(Connection connection) throws SQLException;

  /** What a caller of the library is told. */
  KnowledgeGraphException translate(SQLException e);
}
