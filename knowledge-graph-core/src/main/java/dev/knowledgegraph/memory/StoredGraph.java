package dev.knowledgegraph.memory;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Change.CategoryChange;
import dev.knowledgegraph.spi.Change.EdgeChange;
import dev.knowledgegraph.spi.Change.EdgePassed;
import dev.knowledgegraph.spi.Change.GraphChange;
import dev.knowledgegraph.spi.Change.NodeChange;
import dev.knowledgegraph.spi.Change.NodePassed;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Receipt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All there is about one graph: its log, and what the log made of its elements.
 *
 * <p>The indexes name every element that ever had a key, title or end; whether it still has it is
 * looked up in its state. So they serve every moment alike.
 */
final class StoredGraph {
  final GraphRef ref;
  final List<Committed> log = new ArrayList<>();
  final Map<String, Receipt> receipts = new HashMap<>();
  final Revisions<NoKey, Graph> settings = new Revisions<>();
  final Revisions<CategoryId, Category> categories = new Revisions<>();
  final Revisions<NodeId, Node> nodes = new Revisions<>();
  final Revisions<EdgeId, Edge> edges = new Revisions<>();
  GraphHead head = GraphHead.EMPTY;

  private final Map<NodeKey, Set<NodeId>> nodesByKey = new HashMap<>();
  private final Map<String, Set<NodeId>> nodesByTitle = new HashMap<>();
  private final Map<NodeId, Set<EdgeId>> edgesByEnd = new HashMap<>();

  StoredGraph(GraphRef ref) {
    this.ref = ref;
  }

  /** The key of the settings: a graph has them once. */
  enum NoKey {
    SETTINGS
  }

  GraphId id() {
    return ref.id();
  }

  /** Takes a commit that was checked before. */
  void apply(Commit commit) {
    log.add(commit.entry());
    head = commit.head();
    if (commit.receipt() != null) {
      receipts.put(commit.receipt().idempotencyKey(), commit.receipt());
    }
    commit.changes().forEach(change -> apply(change, commit.entry().position().sequence()));
  }

  private void apply(Change change, long sequence) {
    switch (change) {
      case GraphChange graph -> {
        settings.put(NoKey.SETTINGS, graph.after(), sequence);
        if (graph.after() == null) {
          categories.endAll(sequence);
          nodes.endAll(sequence);
          edges.endAll(sequence);
        }
      }
      case CategoryChange category ->
          categories.put(
              either(category.before(), category.after()).id(), category.after(), sequence);
      case NodeChange node -> {
        nodes.put(either(node.before(), node.after()).id(), node.after(), sequence);
        if (node.after() != null) {
          index(node.after());
        }
      }
      case NodePassed node -> nodes.note(node.id());
      case EdgePassed edge -> edges.note(edge.id());
      case EdgeChange edge -> {
        edges.put(either(edge.before(), edge.after()).id(), edge.after(), sequence);
        if (edge.after() != null) {
          index(edge.after());
        }
      }
    }
  }

  private static <T> T either(@Nullable T before, @Nullable T after) {
    return after != null ? after : Objects.requireNonNull(before, "before and after are null");
  }

  private void index(Node node) {
    node.key().ifPresent(key -> add(nodesByKey, key, node.id()));
    add(nodesByTitle, node.title(), node.id());
  }

  private void index(Edge edge) {
    add(edgesByEnd, edge.source(), edge.id());
    add(edgesByEnd, edge.target(), edge.id());
  }

  private static <K, V> void add(Map<K, Set<V>> index, K key, V value) {
    index.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(value);
  }

  Stream<Node> nodesWithKey(NodeKey key, long at) {
    return nodes
        .find(nodesByKey.getOrDefault(key, Set.of()), at)
        .filter(node -> key.equals(node.data().key()));
  }

  Stream<Node> nodesWithTitle(String title, long at) {
    return nodes
        .find(nodesByTitle.getOrDefault(title, Set.of()), at)
        .filter(node -> node.title().equals(title));
  }

  /** Live edges with an end among {@code ends}, each once. */
  Stream<Edge> edgesWithEnd(Collection<NodeId> ends, long at) {
    var wanted = Set.copyOf(ends);
    var ids = new LinkedHashSet<EdgeId>();
    wanted.forEach(end -> ids.addAll(edgesByEnd.getOrDefault(end, Set.of())));
    return edges
        .find(ids, at)
        .filter(edge -> wanted.contains(edge.source()) || wanted.contains(edge.target()));
  }
}
