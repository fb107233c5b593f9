package dev.knowledgegraph.io;

import java.util.ArrayList;
import java.util.List;

/** Keeps all that a format reads. */
final class CollectingSink implements RecordSink {
  final List<NodeRecord> nodes = new ArrayList<>();
  final List<EdgeRecord> edges = new ArrayList<>();
  final List<String> rejected = new ArrayList<>();
  final List<String> unresolved = new ArrayList<>();

  @Override
  public void node(NodeRecord node) {
    nodes.add(node);
  }

  @Override
  public void edge(EdgeRecord edge) {
    edges.add(edge);
  }

  @Override
  public void reject(Place place, String reason) {
    rejected.add(place + ": " + reason);
  }

  @Override
  public void unresolved(Place place, String reference) {
    unresolved.add(place + ": " + reference);
  }

  NodeRecord node(String key) {
    return nodes.stream()
        .filter(node -> node.data().key() != null && node.data().key().value().equals(key))
        .findFirst()
        .orElseThrow();
  }
}
