/**
 * Graphs in an SQLite file, or in PostgreSQL. Start with {@link
 * dev.knowledgegraph.storage.jdbc.JdbcStorage}.
 */
module dev.knowledgegraph.storage.jdbc {
  requires transitive dev.knowledgegraph.core;
  requires transitive java.sql;
  requires dev.knowledgegraph.json;
  requires com.github.benmanes.caffeine;
  requires org.xerial.sqlitejdbc;
  requires static com.zaxxer.hikari;
  requires static java.naming;
  requires static org.checkerframework.checker.qual;
  requires static org.postgresql.jdbc;

  exports dev.knowledgegraph.storage.jdbc;

  provides dev.knowledgegraph.spi.StorageFactory with
      dev.knowledgegraph.storage.jdbc.SqliteStorageFactory,
      dev.knowledgegraph.storage.jdbc.PostgresStorageFactory;
}
