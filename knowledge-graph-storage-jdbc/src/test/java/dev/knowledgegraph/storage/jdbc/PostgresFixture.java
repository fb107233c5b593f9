package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.IdentityHashMap;
import java.util.Objects;

/** Stores on one PostgreSQL server, each in a schema of its own. */
final class PostgresFixture implements StorageFixture {
  private final IdentityHashMap<Storage, String> opened = new IdentityHashMap<>();

  @Override
  public JdbcStorage create() {
    return open(PostgresServer.newSchema());
  }

  private JdbcStorage open(String schema) {
    var settings = PostgresSettings.standard().withSchema(schema).withConnections(5);
    var storage = JdbcStorage.openPostgres(PostgresServer.url(), settings);
    opened.put(storage, schema);
    return storage;
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public Storage reopen(Storage storage) {
    storage.close();
    return open(Objects.requireNonNull(opened.get(storage)));
  }

  @Override
  public void close() {
    opened.keySet().forEach(Storage::close);
    opened.values().stream()
        .distinct()
        .forEach(schema -> PostgresServer.execute("DROP SCHEMA " + schema + " CASCADE"));
  }
}
