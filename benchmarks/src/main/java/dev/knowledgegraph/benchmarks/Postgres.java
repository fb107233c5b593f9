package dev.knowledgegraph.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A PostgreSQL of this process's own, durable as it comes. */
final class Postgres implements AutoCloseable {
  private final EmbeddedPostgres server;

  Postgres() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("shared_buffers", "512MB")
            .start();
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
