package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
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

  /** A node of the shape of a graph, which the storage must have in the same state. */
  static Node present(Map<NodeId, Node> nodes, NodeId id) {
    Node node = nodes.get(id);
    if (node == null) {
      throw new IllegalStateException("node " + id + " is not in the storage");
    }
    return node;
  }
}
