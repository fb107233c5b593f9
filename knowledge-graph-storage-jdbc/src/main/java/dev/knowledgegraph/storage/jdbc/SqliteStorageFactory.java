package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageFactory;
import java.nio.file.Path;
import java.util.Optional;

/** Opens a directory as a store: any address that is no URL, or {@code jdbc:sqlite:<directory>}. */
public final class SqliteStorageFactory implements StorageFactory {
  private static final String PREFIX = "jdbc:sqlite:";

  /** Found by {@link java.util.ServiceLoader}. */
  public SqliteStorageFactory() {}

  @Override
  public Optional<Storage> open(String address, boolean readOnly) {
    String path = address.startsWith(PREFIX) ? address.substring(PREFIX.length()) : address;
    if (path.contains("://") || path.startsWith("jdbc:")) {
      return Optional.empty();
    }
    Path directory = Path.of(path);
    return Optional.of(
        readOnly ? JdbcStorage.openReadOnly(directory) : JdbcStorage.openSqlite(directory));
  }
}
