/** Graphs in an SQLite file. Start with {@link dev.knowledgegraph.storage.jdbc.JdbcStorage}. */
module dev.knowledgegraph.storage.jdbc {
  requires transitive dev.knowledgegraph.core;
  requires transitive java.sql;
  requires dev.knowledgegraph.json;
  requires com.github.benmanes.caffeine;
  requires org.xerial.sqlitejdbc;

  exports dev.knowledgegraph.storage.jdbc;

  provides dev.knowledgegraph.spi.StorageFactory with
      dev.knowledgegraph.storage.jdbc.SqliteStorageFactory;
}
