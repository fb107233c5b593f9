package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.StorageFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Objects;

/** Stores in a temporary directory, each in one of its own. */
final class SqliteFixture implements StorageFixture {
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path home;
  private final IdentityHashMap<Storage, Path> opened = new IdentityHashMap<>();

  SqliteFixture() {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  private SqliteFixture(Path parent) {
    try {
      home = Files.createTempDirectory(parent, "kg-contract-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the machine has files in memory, the stores are there: a sync costs nothing then. */
  static SqliteFixture inMemoryFiles() {
    return Files.isWritable(MEMORY) ? new SqliteFixture(MEMORY) : new SqliteFixture();
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
