package dev.knowledgegraph.internal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small helps with answers of the storage. */
final class Lookups {
  private Lookups() {}

  /** What was found, in the order of the keys. */
  static <K, V> List<V> inOrder(Collection<K> keys, Map<K, V> found) {
    return keys.stream().flatMap(key -> Optional.ofNullable(found.get(key)).stream()).toList();
  }
}
