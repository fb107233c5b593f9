package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.StorageFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;

/** Stores in a temporary directory, each in one of its own. */
final class SqliteFixture implements StorageFixture {
  private final Path home = createHome();
  private final Map<Storage, Path> opened = new IdentityHashMap<>();

  private static Path createHome() {
    try {
      return Files.createTempDirectory("kg-contract-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JdbcStorage create() {
    return open(home.resolve("store-" + opened.size()));
  }

  private JdbcStorage open(Path directory) {
    var storage = JdbcStorage.openSqlite(directory);
    opened.put(storage, directory);
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
    try (var files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
