package dev.knowledgegraph.tck;

import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.spi.Storage;
import java.util.ArrayList;
import java.util.List;

/** The reference implementation under test. */
public final class InMemoryFixture implements StorageFixture {
  private final List<Storage> opened = new ArrayList<>();

  /** Has opened nothing yet. */
  public InMemoryFixture() {}

  @Override
  public Storage create() {
    var storage = new InMemoryStorage();
    opened.add(storage);
    return storage;
  }

  @Override
  public boolean isDurable() {
    return false;
  }

  @Override
  public Storage reopen(Storage storage) {
    storage.close();
    return create();
  }

  @Override
  public void close() {
    opened.forEach(Storage::close);
  }
}
