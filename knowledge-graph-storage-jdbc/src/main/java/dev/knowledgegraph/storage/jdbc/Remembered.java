package dev.knowledgegraph.storage.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a process may remember of a store that nobody else writes to: heads, graphs and nodes, as
 * they were last committed. What was read while somebody committed is not taken in.
 */
final class Remembered {
  /** A node takes some four bytes for each: the cache is at most about a sixth of the heap. */
  private static final long CACHED_CHARACTERS = Runtime.getRuntime().maxMemory() / 24;

  private final ConcurrentHashMap<GraphId, Known> known = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<GraphId, Graph> graphs = new ConcurrentHashMap<>();
  private final Cache<NodeRef, Node> nodes =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(CACHED_CHARACTERS)
          .weigher((NodeRef ref, Node node) -> 200 + node.body().length())
          .build();
  private final ReentrantReadWriteLock caching = new ReentrantReadWriteLock();
  private final AtomicLong epoch = new AtomicLong();

  private record NodeRef(GraphRef graph, NodeId id) {
    // Written out for speed, as in NodeId.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof NodeRef that && id.equals(that.id) && graph.equals(that.graph);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  /** The number of a graph, whose it is, and where its log stands. */
  record Known(long gid, UserId owner, GraphHead head) {}

  @Nullable Known known(GraphId graph) {
    return known.get(graph);
  }

  @Nullable Graph graph(GraphId graph) {
    return graphs.get(graph);
  }

  /** Counts commits; to be asked before something is read that is to be remembered. */
  long epoch() {
    return epoch.get();
  }

  /** Remembers what was read, unless somebody committed since {@code before}. */
  void add(GraphId graph, Known found, long before) {
    unlessCommitted(before, () -> known.putIfAbsent(graph, found));
  }

  /** The same for a graph. */
  void add(Graph found, long before) {
    unlessCommitted(before, () -> graphs.put(found.id(), found));
  }

  private boolean unlessCommitted(long before, Runnable remember) {
    caching.readLock().lock();
    try {
      if (epoch.get() != before) {
        return false;
      }
      remember.run();
      return true;
    } finally {
      caching.readLock().unlock();
    }
  }

  /**
   * Nodes of a graph, those that are not remembered as {@code rows} finds them.
   *
   * @param rows reads nodes from the store; all that it is asked for in one call are of one state
   */
  Map<NodeId, Node> nodes(
      GraphRef graph,
      Collection<NodeId> ids,
      long at,
      Function<Collection<NodeId>, Map<NodeId, Node>> rows) {
    var found = new LinkedHashMap<NodeId, Node>();
    var missing = new ArrayList<NodeId>();
    long before = epoch.get();
    caching.readLock().lock();
    try {
      if (!isLatest(graph, at)) {
        return rows.apply(ids);
      }
      for (NodeId id : ids) {
        Node node = nodes.getIfPresent(new NodeRef(graph, id));
        if (node == null) {
          missing.add(id);
        } else {
          found.put(id, node);
        }
      }
    } finally {
      caching.readLock().unlock();
    }
    if (missing.isEmpty()) {
      return found;
    }
    Map<NodeId, Node> read = rows.apply(missing);
    boolean isOneState =
        unlessCommitted(
            before, () -> read.forEach((id, node) -> nodes.put(new NodeRef(graph, id), node)));
    if (!isOneState) {
      return rows.apply(ids);
    }
    found.putAll(read);
    return found;
  }

  /** Whether a state is that of the cached nodes; to be asked while nobody changes them. */
  private boolean isLatest(GraphRef graph, long at) {
    Known found = known.get(graph.id());
    return at == GraphReader.LATEST || (found != null && found.head.sequence() <= at);
  }

  /**
   * Takes in what was just committed.
   *
   * @param gids the numbers of the graphs
   */
  void committed(List<Commit> commits, Map<GraphId, Long> gids) {
    caching.writeLock().lock();
    try {
      epoch.incrementAndGet();
      for (Commit commit : commits) {
        GraphRef graph = commit.graph();
        long gid = gids.getOrDefault(graph.id(), 0L);
        known.put(graph.id(), new Known(gid, graph.owner(), commit.head()));
        commit.changes().forEach(change -> changed(graph, change));
      }
    } finally {
      caching.writeLock().unlock();
    }
  }

  private void changed(GraphRef graph, Change change) {
    switch (change) {
      case Change.NodeChange n -> {
        Node after = n.after();
        Node before = n.before();
        if (after != null) {
          nodes.put(new NodeRef(graph, after.id()), after);
        } else if (before != null) {
          nodes.invalidate(new NodeRef(graph, before.id()));
        }
      }
      case Change.GraphChange g -> {
        graphs.remove(graph.id());
        if (g.after() == null) {
          nodes.invalidateAll();
        } else if (g.after().isDefault()) {
          // By rule another one no longer is.
          graphs.values().removeIf(other -> other.owner().equals(graph.owner()));
        }
      }
      case Change.NodePassed n -> {}
      case Change.EdgeChange e -> {}
      case Change.EdgePassed e -> {}
      case Change.CategoryChange c -> {}
    }
  }
}
