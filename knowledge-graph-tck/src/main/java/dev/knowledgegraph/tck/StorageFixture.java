package dev.knowledgegraph.tck;

import dev.knowledgegraph.spi.Storage;

/**
 * How the suites get at the storage they test; each test has a fixture of its own. Where storages
 * may differ, the fixture says which way, and the suites assert that way.
 */
public interface StorageFixture extends AutoCloseable {
  /** Opens a new store, empty and apart from all others. */
  Storage create();

  /** Whether a store keeps what it has when it is closed. */
  boolean isDurable();

  /**
   * Closes a storage that this fixture opened, and opens the same store again; one that is not
   * durable is empty then.
   */
  Storage reopen(Storage storage);

  /** Closes and deletes all that it opened. */
  @Override
  void close();
}
