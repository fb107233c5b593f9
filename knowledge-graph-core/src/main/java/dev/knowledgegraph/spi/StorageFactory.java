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

  /**
   * An address as it may be shown: without what stands before the host, and without parameters that
   * are named like a secret. A directory is shown as it is.
   */
  static String shown(String address) {
    if (!address.startsWith("jdbc:") && !address.contains("://")) {
      return address;
    }
    return address
        .replaceFirst("//[^/?]*@", "//")
        .replaceAll("(?i)(?<=[?&])[^=&]*(pass|secret|token)[^=&]*=[^&]*&?", "")
        .replaceFirst("[?&]$", "");
  }
}
