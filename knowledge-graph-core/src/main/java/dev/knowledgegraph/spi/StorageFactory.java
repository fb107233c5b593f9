package dev.knowledgegraph.spi;

import java.util.Optional;

/**
 * Turns a store address into a storage; found by {@link java.util.ServiceLoader}, so that core
 * knows no adapter and one more dependency is one more kind of store.
 */
public interface StorageFactory {
  /**
   * Opens the store at {@code address}, a directory or a URL.
   *
   * @return empty if this factory does not know such addresses
   */
  Optional<Storage> open(String address, boolean readOnly);
}
