package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageFactory;
import java.util.Optional;

/** Opens {@code jdbc:postgresql://HOST:PORT/DATABASE?user=NAME} as a store. */
public final class PostgresStorageFactory implements StorageFactory {
  private static final String PREFIX = "jdbc:postgresql:";

  /** Found by {@link java.util.ServiceLoader}. */
  public PostgresStorageFactory() {}

  @Override
  public Optional<Storage> open(String address, boolean readOnly) {
    if (!address.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      PostgresAddress at = PostgresAddress.parse(address);
      return Optional.of(
          readOnly
              ? JdbcStorage.openPostgresReadOnly(at.url(), at.settings())
              : JdbcStorage.openPostgres(at.url(), at.settings()));
    } catch (NoClassDefFoundError e) {
      throw new StorageException(
          "DRIVER_ABSENT",
          "a store in PostgreSQL needs org.postgresql:postgresql and com.zaxxer:HikariCP on the"
              + " class path",
          false,
          e);
    }
  }
}
