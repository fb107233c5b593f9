package dev.knowledgegraph.memory;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.memory.Pages.Place;
import dev.knowledgegraph.memory.StoredGraph.NoKey;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Counts;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.Revision;
import dev.knowledgegraph.spi.Change.GraphChange;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Lease;
import dev.knowledgegraph.spi.Receipt;
import dev.knowledgegraph.spi.Storage;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps everything in memory until it is closed. One lock guards it all. */
public final class InMemoryStorage implements Storage {
  private static final Comparator<Node> OLDEST_NODE_FIRST =
      Comparator.comparing(Node::created).thenComparing(Node::id);
  private static final Comparator<Edge> EDGE_ORDER =
      Comparator.comparing(Edge::source)
          .thenComparing(edge -> edge.type().name(), NodeSort.byCodePoint())
          .thenComparing(Edge::target)
          .thenComparing(edge -> edge.data().discriminator().value(), NodeSort.byCodePoint())
          .thenComparing(Edge::id);
  private static final Comparator<Category> CATEGORY_ORDER =
      Comparator.comparing(Category::title, NodeSort.byCodePoint()).thenComparing(Category::id);
  private static final Comparator<Graph> GRAPH_ORDER =
      Comparator.comparing(Graph::name, NodeSort.byCodePoint());

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<GraphId, StoredGraph> graphs = new LinkedHashMap<>();
  private final Map<GraphId, Graph> live = new HashMap<>();
  private final Map<Subscription, Long> checkpoints = new HashMap<>();
  private final Map<String, Lease> leases = new HashMap<>();
  private final Map<Subscription, NavigableMap<EventPlace, DeadLetter>> letters = new HashMap<>();
  private boolean closed;

  private record Subscription(String subscriber, GraphRef graph) {}

  // The log.

  @Override
  public void append(List<Commit> commits) {
    locked(
        lock.writeLock(),
        () -> {
          checkHeads(commits);
          checkNames(commits);
          commits.forEach(this::apply);
          return true;
        });
  }

  private void checkHeads(List<Commit> commits) {
    var heads = new HashMap<GraphId, Long>();
    for (var commit : commits) {
      var ref = commit.graph();
      var known = graphs.get(ref.id());
      if (known != null && !known.ref.equals(ref)) {
        throw new ConflictException("graph id " + ref.id() + " is or was in use");
      }
      long head = heads.getOrDefault(ref.id(), known == null ? 0 : known.head.sequence());
      if (commit.expectedHead() != head) {
        throw new ConflictException(
            "graph "
                + ref.id()
                + ": expected its log to stand at "
                + commit.expectedHead()
                + ", found it at "
                + head);
      }
      heads.put(ref.id(), head + 1);
    }
  }

  private void checkNames(List<Commit> commits) {
    if (settings(commits).findAny().isEmpty()) {
      return;
    }
    var then = new HashMap<>(live);
    for (var commit : commits) {
      for (var change : settings(List.of(commit)).toList()) {
        var after = change.after();
        then.remove(commit.graph().id());
        if (after != null) {
          if (then.values().stream().anyMatch(other -> isNamesake(other, after))) {
            throw new ConflictException("there is a graph named " + after.name() + " already");
          }
          then.put(after.id(), after);
        }
      }
    }
  }

  private static Stream<GraphChange> settings(List<Commit> commits) {
    return commits.stream()
        .flatMap(commit -> commit.changes().stream())
        .filter(GraphChange.class::isInstance)
        .map(GraphChange.class::cast);
  }

  private static boolean isNamesake(Graph a, Graph b) {
    return a.owner().equals(b.owner()) && a.name().equals(b.name());
  }

  private void apply(Commit commit) {
    var graph = graphs.computeIfAbsent(commit.graph().id(), id -> new StoredGraph(commit.graph()));
    graph.apply(commit);
    settings(List.of(commit))
        .forEach(
            change -> {
              var after = change.after();
              if (after == null) {
                live.remove(graph.id());
              } else {
                if (after.isDefault()) {
                  clearOtherDefaults(after);
                }
                live.put(after.id(), after);
              }
            });
  }

  // Not an event of the other graphs: being the default is a fact about the owner.
  private void clearOtherDefaults(Graph chosen) {
    for (var other : List.copyOf(live.values())) {
      if (other.isDefault()
          && other.owner().equals(chosen.owner())
          && !other.id().equals(chosen.id())) {
        var cleared =
            new Graph(
                other.id(),
                other.owner(),
                other.data(),
                false,
                other.created(),
                other.updated(),
                other.version());
        live.put(other.id(), cleared);
        stored(other.ref()).settings.amend(NoKey.SETTINGS, cleared);
      }
    }
  }

  @Override
  public List<Committed> read(GraphRef graph, long after, int limit) {
    return reading(() -> stored(graph).log.stream().skip(Math.max(0, after)).limit(limit).toList());
  }

  @Override
  public List<GraphRef> logs(@Nullable GraphRef after, int limit) {
    return reading(
        () -> {
          var all = graphs.values().stream().map(stored -> stored.ref).toList();
          int from = after == null ? 0 : all.indexOf(after) + 1;
          if (after != null && from == 0) {
            throw new IllegalArgumentException("graph " + after.id() + " has no log");
          }
          return all.subList(from, Math.min(from + limit, all.size()));
        });
  }

  @Override
  public Optional<Receipt> findReceipt(GraphRef graph, String idempotencyKey, Instant notBefore) {
    return reading(
        () ->
            Optional.ofNullable(stored(graph).receipts.get(idempotencyKey))
                .filter(receipt -> !receipt.time().isBefore(notBefore)));
  }

  @Override
  public long sequenceAt(GraphRef graph, Instant time) {
    return reading(
        () ->
            stored(graph).log.reversed().stream()
                .filter(commit -> !commit.time().isAfter(time))
                .findFirst()
                .map(commit -> commit.position().sequence())
                .orElse(0L));
  }

  // Graphs.

  @Override
  public Optional<Graph> findGraph(GraphId id) {
    return reading(() -> Optional.ofNullable(live.get(id)));
  }

  @Override
  public Optional<Graph> findGraph(UserId owner, String name) {
    return graphs(owner).stream().filter(graph -> graph.name().equals(name)).findFirst();
  }

  @Override
  public List<Graph> graphs(UserId owner) {
    return reading(
        () ->
            live.values().stream()
                .filter(graph -> graph.owner().equals(owner))
                .sorted(GRAPH_ORDER)
                .toList());
  }

  @Override
  public GraphHead head(GraphRef graph) {
    return reading(() -> stored(graph).head);
  }

  @Override
  public Optional<Graph> graphAt(GraphRef graph, long at) {
    return reading(() -> stored(graph).settings.find(NoKey.SETTINGS, at));
  }

  // Elements.

  @Override
  public Map<NodeId, Node> nodes(GraphRef graph, Collection<NodeId> ids, long at) {
    return reading(() -> byKey(stored(graph).nodes.find(ids, at), Node::id));
  }

  @Override
  public Map<NodeKey, Node> nodesByKey(GraphRef graph, Collection<NodeKey> keys, long at) {
    return reading(
        () -> {
          var found = new LinkedHashMap<NodeKey, Node>();
          for (var key : keys) {
            stored(graph).nodesWithKey(key, at).forEach(node -> found.put(key, node));
          }
          return found;
        });
  }

  @Override
  public List<Node> nodesByTitle(GraphRef graph, String title, int limit, long at) {
    return reading(
        () ->
            stored(graph)
                .nodesWithTitle(title, at)
                .sorted(OLDEST_NODE_FIRST)
                .limit(limit)
                .toList());
  }

  @Override
  public Map<EdgeId, Edge> edges(GraphRef graph, Collection<EdgeId> ids, long at) {
    return reading(() -> byKey(stored(graph).edges.find(ids, at), Edge::id));
  }

  @Override
  public List<Edge> edgesOf(
      GraphRef graph,
      Collection<NodeId> nodes,
      Direction direction,
      Collection<EdgeType> types,
      long at) {
    return reading(
        () -> {
          var ends = Set.copyOf(nodes);
          return stored(graph)
              .edgesWithEnd(ends, at)
              .filter(edge -> types.isEmpty() || types.contains(edge.type()))
              .filter(
                  edge ->
                      (ends.contains(edge.source()) && direction.counts(true, edge.directed()))
                          || (ends.contains(edge.target())
                              && direction.counts(false, edge.directed())))
              .sorted(EDGE_ORDER)
              .toList();
        });
  }

  @Override
  public List<Edge> edgesFrom(GraphRef graph, Collection<NodeId> sources, long at) {
    return reading(
        () -> {
          var wanted = Set.copyOf(sources);
          return stored(graph)
              .edgesWithEnd(wanted, at)
              .filter(edge -> wanted.contains(edge.source()))
              .sorted(EDGE_ORDER)
              .toList();
        });
  }

  @Override
  public List<Edge> edgesOfShape(GraphRef graph, Collection<EdgeShape> shapes, long at) {
    return reading(
        () -> {
          var wanted = Set.copyOf(shapes);
          var sources = shapes.stream().map(EdgeShape::source).collect(Collectors.toSet());
          return stored(graph)
              .edgesWithEnd(sources, at)
              .filter(
                  edge -> wanted.contains(new EdgeShape(edge.source(), edge.type(), edge.target())))
              .sorted(EDGE_ORDER)
              .toList();
        });
  }

  @Override
  public int degree(GraphRef graph, NodeId node, long at) {
    return reading(() -> degree(stored(graph), node, at));
  }

  private static int degree(StoredGraph graph, NodeId node, long at) {
    return graph
        .edgesWithEnd(List.of(node), at)
        .mapToInt(edge -> edge.data().isSelfLoop() ? 2 : 1)
        .sum();
  }

  @Override
  public Set<NodeId> usedNodeIds(GraphRef graph, Collection<NodeId> ids) {
    return reading(
        () -> ids.stream().filter(stored(graph).nodes::contains).collect(Collectors.toSet()));
  }

  @Override
  public Set<EdgeId> usedEdgeIds(GraphRef graph, Collection<EdgeId> ids) {
    return reading(
        () -> ids.stream().filter(stored(graph).edges::contains).collect(Collectors.toSet()));
  }

  @Override
  public Page<Node> listNodes(
      GraphRef graph, NodeFilter filter, NodeSort sort, Page.Request page, long at) {
    return reading(
        () -> {
          var stored = stored(graph);
          Function<Node, String> value =
              node ->
                  switch (sort.by()) {
                    case CREATED -> Pages.ordered(node.created());
                    case UPDATED -> Pages.ordered(node.updated());
                    case TITLE -> node.title();
                    case DEGREE -> Pages.ordered(degree(stored, node.id(), at));
                  };
          return Pages.page(
              stored.nodes.all(at).filter(filter::matches),
              node -> new Place(value.apply(node), node.id().toString()),
              sort.descending(),
              page);
        });
  }

  @Override
  public Page<Edge> listEdges(GraphRef graph, EdgeFilter filter, Page.Request page, long at) {
    return reading(
        () ->
            Pages.page(
                stored(graph).edges.all(at).filter(filter::matches),
                edge -> new Place(Pages.ordered(edge.created()), edge.id().toString()),
                false,
                page));
  }

  @Override
  public List<Category> categories(GraphRef graph, long at) {
    return reading(() -> stored(graph).categories.all(at).sorted(CATEGORY_ORDER).toList());
  }

  @Override
  public Counts counts(GraphRef graph, long at) {
    return reading(
        () -> {
          var nodes = stored(graph).nodes.all(at).toList();
          var edges = stored(graph).edges.all(at).toList();
          return new Counts(
              nodes.size(),
              edges.size(),
              tally(nodes.stream().flatMap(node -> node.labels().names().stream())),
              tally(nodes.stream().flatMap(node -> node.tags().folded().stream())),
              tally(edges.stream().map(edge -> edge.type().name())));
        });
  }

  private static Map<String, Long> tally(Stream<String> names) {
    return names.collect(
        Collectors.groupingBy(
            Function.identity(),
            () -> new TreeMap<>(NodeSort.byCodePoint()),
            Collectors.counting()));
  }

  @Override
  public void forEachNode(GraphRef graph, long at, Consumer<Node> action) {
    // The list is taken first: the action may read and write here itself.
    reading(() -> stored(graph).nodes.all(at).toList()).forEach(action);
  }

  @Override
  public void forEachEdge(GraphRef graph, long at, Consumer<Edge> action) {
    reading(() -> stored(graph).edges.all(at).toList()).forEach(action);
  }

  @Override
  public List<Revision<Node>> nodeHistory(GraphRef graph, NodeId id) {
    return reading(() -> stored(graph).nodes.history(id));
  }

  @Override
  public List<Revision<Edge>> edgeHistory(GraphRef graph, EdgeId id) {
    return reading(() -> stored(graph).edges.history(id));
  }

  // Checkpoints.

  @Override
  public long checkpoint(String subscriber, GraphRef graph) {
    return reading(() -> checkpoints.getOrDefault(new Subscription(subscriber, graph), 0L));
  }

  @Override
  public void saveCheckpoint(String subscriber, GraphRef graph, long sequence) {
    locked(
        lock.writeLock(),
        () -> {
          checkpoints.put(new Subscription(subscriber, graph), sequence);
          return true;
        });
  }

  // Leases.

  @Override
  public Lease lease(String name) {
    return reading(() -> leases.getOrDefault(name, Lease.NONE));
  }

  @Override
  public boolean replaceLease(String name, Lease expected, Lease next) {
    return locked(
        lock.writeLock(),
        () -> {
          boolean isThere = leases.getOrDefault(name, Lease.NONE).equals(expected);
          if (isThere) {
            leases.put(name, next);
          }
          return isThere;
        });
  }

  // Dead letters.

  @Override
  public void park(String subscriber, GraphRef graph, List<DeadLetter> parked) {
    locked(
        lock.writeLock(),
        () -> {
          if (!parked.isEmpty()) {
            var own =
                letters.computeIfAbsent(
                    new Subscription(subscriber, graph), subscription -> new TreeMap<>());
            parked.forEach(letter -> own.put(letter.place(), letter));
          }
          return true;
        });
  }

  @Override
  public void unpark(String subscriber, GraphRef graph, Collection<EventPlace> places) {
    locked(
        lock.writeLock(),
        () -> {
          letters.computeIfPresent(
              new Subscription(subscriber, graph),
              (subscription, own) -> {
                own.keySet().removeAll(Set.copyOf(places));
                return own.isEmpty() ? null : own;
              });
          return true;
        });
  }

  @Override
  public List<DeadLetter> parked(
      String subscriber, GraphRef graph, @Nullable EventPlace after, int limit) {
    return reading(
        () -> {
          var own = letters.getOrDefault(new Subscription(subscriber, graph), new TreeMap<>());
          var page = after == null ? own : own.tailMap(after, false);
          return page.values().stream().limit(limit).toList();
        });
  }

  @Override
  public List<String> parkedFor(GraphRef graph) {
    return reading(
        () ->
            letters.keySet().stream()
                .filter(subscription -> subscription.graph.equals(graph))
                .map(Subscription::subscriber)
                .toList());
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      graphs.clear();
      live.clear();
      checkpoints.clear();
      letters.clear();
    } finally {
      lock.writeLock().unlock();
    }
  }

  // An empty one if there is none, or if somebody else owns it.
  private StoredGraph stored(GraphRef ref) {
    var stored = graphs.get(ref.id());
    return stored != null && stored.ref.equals(ref) ? stored : new StoredGraph(ref);
  }

  private <R> R reading(Supplier<R> read) {
    return locked(lock.readLock(), read);
  }

  private <R> R locked(Lock held, Supplier<R> work) {
    held.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the storage is closed");
      }
      return work.get();
    } finally {
      held.unlock();
    }
  }

  private static <K, T> Map<K, T> byKey(Stream<T> items, Function<T, K> key) {
    var map = new LinkedHashMap<K, T>();
    items.forEach(item -> map.put(key.apply(item), item));
    return map;
  }
}
