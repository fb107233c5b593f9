package dev.knowledgegraph.storage.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventPlace;
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
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Receipt;
import dev.knowledgegraph.spi.ShapeSink;
import dev.knowledgegraph.spi.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store in a directory: an SQLite file {@code events.db}, with {@code kg.json} saying what it is
 * and {@code lock} who writes to it. One process writes, any number read.
 */
public final class JdbcStorage implements Storage {
  private static final int POOL = 8;

  /** A node takes some four bytes for each: the cache is at most about a sixth of the heap. */
  private static final long CACHED_CHARACTERS = Runtime.getRuntime().maxMemory() / 24;

  private static final String HEAD =
      "SELECT gid, seq, time_us, nodes, edges, fingerprint FROM graph WHERE id = ? AND owner = ?";
  private static final String SAVE_CHECKPOINT =
      "INSERT INTO checkpoint VALUES (?, ?, ?, ?)"
          + " ON CONFLICT DO UPDATE SET seq = excluded.seq";

  private final Path directory;
  private final Path file;
  private final boolean immutable;
  private final @Nullable StoreLock lock;
  private final @Nullable Db writer;
  private final UnaryOperator<Connection> watch;
  private final ReentrantLock writing = new ReentrantLock();
  private final ConcurrentLinkedDeque<Db> readers = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /** What only the writing process may remember, for nobody else changes it. */
  private final ConcurrentHashMap<GraphId, Known> known = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<GraphId, Graph> graphs = new ConcurrentHashMap<>();

  private final WriterMemory memory = new WriterMemory();
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

  private record Known(long gid, UserId owner, GraphHead head) {}

  /** One thing that was looked at. */
  public record Check(String name, boolean ok, String detail) {}

  private JdbcStorage(
      Path directory,
      boolean immutable,
      @Nullable StoreLock lock,
      @Nullable Db writer,
      UnaryOperator<Connection> watch) {
    this.directory = directory;
    this.file = directory.resolve(StoreDirectory.DATABASE);
    this.immutable = immutable;
    this.lock = lock;
    this.writer = writer;
    this.watch = watch;
  }

  /** Opens the store in {@code directory} for reading and writing; makes it if it is not there. */
  public static JdbcStorage openSqlite(Path directory) {
    return openSqlite(directory, UnaryOperator.identity());
  }

  /** The same, with connections as {@code watch} makes them. */
  static JdbcStorage openSqlite(Path directory, UnaryOperator<Connection> watch) {
    Path home = directory.toAbsolutePath();
    StoreDirectory.refuseFile(home);
    try {
      if (!Files.isDirectory(home)) {
        Files.createDirectories(home);
      }
      if (!Files.isWritable(home)) {
        throw new StorageException(
            "STORE_READ_ONLY", "the directory of the store is read-only", false, null);
      }
      StoreLock lock = StoreLock.acquire(home);
      boolean done = false;
      try {
        StoreDirectory.describe(home);
        Db writer = Db.writer(home.resolve(StoreDirectory.DATABASE), watch);
        try {
          Migrations.up(writer.connection());
          done = true;
          return new JdbcStorage(home, false, lock, writer, watch);
        } finally {
          if (!done) {
            writer.close();
          }
        }
      } finally {
        if (!done) {
          lock.close();
        }
      }
    } catch (java.nio.file.AccessDeniedException e) {
      throw new StorageException(
          "STORE_READ_ONLY", "the directory of the store is read-only", false, e);
    } catch (IOException e) {
      throw StoreDirectory.unavailable(e);
    } catch (SQLException e) {
      throw Db.translate(e);
    }
  }

  /** Opens the store in {@code directory} for reading; another process may write meanwhile. */
  public static JdbcStorage openReadOnly(Path directory) {
    Path home = directory.toAbsolutePath();
    StoreDirectory.refuseFile(home);
    if (!Files.isRegularFile(home.resolve(StoreDirectory.DATABASE))) {
      throw StoreDirectory.absent();
    }
    boolean immutable =
        !Files.isWritable(home) && !Files.exists(home.resolve(StoreDirectory.DATABASE + "-wal"));
    var storage = new JdbcStorage(home, immutable, null, null, UnaryOperator.identity());
    boolean done = false;
    try {
      StoreDirectory.checkFormat(home.resolve(StoreDirectory.DESCRIPTION));
      storage.<@Nullable Void>read(
          db -> {
            List<Migrations.Step> steps = Migrations.status(db.connection());
            if (steps.stream().noneMatch(Migrations.Step::applied)) {
              throw StoreDirectory.absent();
            }
            for (Migrations.Step step : steps) {
              if (!step.applied()) {
                throw new IntegrityException(
                    "STORE_OLDER", "the store lacks schema step " + step.name(), null);
              }
            }
            return null;
          });
      done = true;
      return storage;
    } catch (IOException e) {
      throw StoreDirectory.unavailable(e);
    } finally {
      if (!done) {
        storage.close();
      }
    }
  }

  // Connections

  @FunctionalInterface
  private interface Work<T extends @Nullable Object> {
    T run(Db db) throws SQLException;
  }

  /** Runs {@code work} on one state of the store. */
  private <T extends @Nullable Object> T read(Work<T> work) {
    return connected(
        db -> {
          db.begin();
          try {
            return work.run(db);
          } finally {
            db.commit();
          }
        });
  }

  private <T extends @Nullable Object> T connected(Work<T> work) {
    checkOpen();
    Db db = readers.poll();
    boolean sound = false;
    try {
      if (db == null) {
        db = Db.reader(file, immutable, watch);
      }
      T result = work.run(db);
      sound = true;
      return result;
    } catch (SQLException e) {
      throw Db.translate(e);
    } finally {
      if (db != null) {
        if (sound && !closed && readers.size() < POOL) {
          readers.push(db);
        } else {
          db.close();
        }
      }
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the storage is closed");
    }
  }

  private Db writer() {
    checkOpen();
    if (writer == null) {
      throw new StorageException("STORE_READ_ONLY", "the store is open for reading", false, null);
    }
    return writer;
  }

  private @Nullable Known known(Db db, GraphRef graph) throws SQLException {
    Known found = known.get(graph.id());
    if (found == null) {
      long before = epoch.get();
      try (var row =
          db.bind(HEAD, Codec.bytes(graph.id().value()), graph.owner().value()).executeQuery()) {
        if (!row.next()) {
          return null;
        }
        found =
            new Known(
                row.getLong(1),
                graph.owner(),
                new GraphHead(
                    row.getLong(2),
                    Codec.instant(row.getLong(3)),
                    row.getLong(4),
                    row.getLong(5),
                    Fingerprint.of(row.getBytes(6))));
      }
      if (writer != null) {
        caching.readLock().lock();
        try {
          if (epoch.get() == before) {
            known.putIfAbsent(graph.id(), found);
          }
        } finally {
          caching.readLock().unlock();
        }
      }
    }
    return found.owner.equals(graph.owner()) ? found : null;
  }

  @FunctionalInterface
  private interface GraphWork<T extends @Nullable Object> {
    T run(Db db, long gid, long at) throws SQLException;
  }

  /** Reads within a graph; {@code none} if it is not there or another owner's. */
  private <T> T in(GraphRef graph, long at, T none, GraphWork<T> work) {
    return read(
        db -> {
          Known found = known(db, graph);
          if (found == null) {
            return none;
          }
          // The cached head may be older than what this read sees: look at the head it sees.
          boolean isLatest =
              at == LATEST || at >= db.number("SELECT seq FROM graph WHERE gid = ?", found.gid);
          return work.run(db, found.gid, isLatest ? LATEST : at);
        });
  }

  /** The same for what is one statement: of the latest state, that needs no transaction. */
  private <T> T one(GraphRef graph, long at, T none, GraphWork<T> work) {
    if (at != LATEST) {
      return in(graph, at, none, work);
    }
    return connected(
        db -> {
          Known found = known(db, graph);
          return found == null ? none : work.run(db, found.gid, LATEST);
        });
  }

  @Override
  public boolean isReadOnly() {
    return writer == null;
  }

  @Override
  public Optional<Path> directory() {
    return Optional.of(directory);
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      for (Db db = readers.poll(); db != null; db = readers.poll()) {
        db.close();
      }
      if (writer != null) {
        writer.close();
      }
      if (lock != null) {
        lock.close();
      }
    } finally {
      writing.unlock();
    }
  }

  // The log

  @Override
  public void append(List<Commit> commits) {
    writing.lock();
    try {
      Db db = writer();
      if (commits.isEmpty()) {
        return;
      }
      boolean done = false;
      try {
        db.begin();
        var work = new Writer(db, memory);
        work.write(commits);
        db.commit();
        done = true;
        remember(commits, work.gids());
      } catch (SQLException e) {
        throw Db.translate(e);
      } finally {
        if (!done) {
          memory.forget();
          rollback(db);
        }
      }
    } finally {
      writing.unlock();
    }
  }

  private void remember(List<Commit> commits, Map<GraphId, Long> gids) {
    caching.writeLock().lock();
    try {
      epoch.incrementAndGet();
      for (Commit commit : commits) {
        GraphRef graph = commit.graph();
        known.put(
            graph.id(), new Known(gids.getOrDefault(graph.id(), 0L), graph.owner(), commit.head()));
        for (Change change : commit.changes()) {
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
    } finally {
      caching.writeLock().unlock();
    }
  }

  @Override
  public List<Committed> read(GraphRef graph, long after, int limit) {
    return in(
        graph,
        LATEST,
        List.of(),
        (db, gid, at) -> LogReads.after(db, gid, graph.id(), after, limit));
  }

  @Override
  public List<GraphRef> logs(@Nullable GraphRef after, int limit) {
    return read(
        db -> {
          long last = 0;
          if (after != null) {
            Known found = known(db, after);
            if (found == null) {
              throw new IllegalArgumentException("graph " + after.id() + " has no log");
            }
            last = found.gid;
          }
          var graphs = new ArrayList<GraphRef>();
          try (var row = db.bind(Sql.LOGS, last, limit).executeQuery()) {
            while (row.next()) {
              graphs.add(
                  new GraphRef(
                      new UserId(row.getString(1)), new GraphId(Codec.uuid(row.getBytes(2)))));
            }
          }
          return graphs;
        });
  }

  @Override
  public Optional<Receipt> findReceipt(GraphRef graph, String idempotencyKey, Instant notBefore) {
    return one(
        graph,
        LATEST,
        Optional.empty(),
        (db, gid, at) -> LogReads.receipt(db, gid, idempotencyKey, notBefore));
  }

  @Override
  public long sequenceAt(GraphRef graph, Instant time) {
    long micros = Codec.clampedMicros(time);
    return in(graph, LATEST, 0L, (db, gid, at) -> db.number(Sql.SEQUENCE_AT, gid, micros));
  }

  @Override
  public long checkpoint(String subscriber, GraphRef graph) {
    return read(
        db ->
            db.number(
                "SELECT seq FROM checkpoint WHERE subscriber = ? AND owner = ? AND graph = ?",
                subscriber,
                graph.owner().value(),
                Codec.bytes(graph.id().value())));
  }

  @Override
  public void saveCheckpoint(String subscriber, GraphRef graph, long sequence) {
    writing.lock();
    try {
      writer()
          .update(
              SAVE_CHECKPOINT,
              subscriber,
              graph.owner().value(),
              Codec.bytes(graph.id().value()),
              sequence);
    } catch (SQLException e) {
      throw Db.translate(e);
    } finally {
      writing.unlock();
    }
  }

  // Dead letters

  @Override
  public void park(String subscriber, GraphRef graph, List<DeadLetter> letters) {
    inTransaction(db -> DeadLetterTable.park(db, subscriber, graph, letters));
  }

  @Override
  public void unpark(String subscriber, GraphRef graph, Collection<EventPlace> places) {
    inTransaction(db -> DeadLetterTable.unpark(db, subscriber, graph, places));
  }

  @FunctionalInterface
  private interface Update {
    void run(Db db) throws SQLException;
  }

  private void inTransaction(Update update) {
    writing.lock();
    try {
      Db db = writer();
      boolean done = false;
      try {
        db.begin();
        update.run(db);
        db.commit();
        done = true;
      } catch (SQLException e) {
        throw Db.translate(e);
      } finally {
        if (!done) {
          rollback(db);
        }
      }
    } finally {
      writing.unlock();
    }
  }

  private static void rollback(Db db) {
    try {
      if (!db.connection().isClosed()) {
        db.rollback();
      }
    } catch (SQLException e) {
      // SQLite rolled back by itself.
    }
  }

  @Override
  public List<DeadLetter> parked(
      String subscriber, GraphRef graph, @Nullable EventPlace after, int limit) {
    return read(db -> DeadLetterTable.read(db, subscriber, graph, after, limit));
  }

  @Override
  public List<String> parkedFor(GraphRef graph) {
    return read(db -> DeadLetterTable.subscribers(db, graph));
  }

  // Graphs

  @Override
  public Optional<Graph> findGraph(GraphId id) {
    checkOpen();
    Graph remembered = graphs.get(id);
    if (remembered != null) {
      return Optional.of(remembered);
    }
    long before = epoch.get();
    Optional<Graph> found = graphsWhere("AND id = ?", Codec.bytes(id.value())).stream().findFirst();
    if (writer != null && found.isPresent()) {
      caching.readLock().lock();
      try {
        if (epoch.get() == before) {
          graphs.put(id, found.get());
        }
      } finally {
        caching.readLock().unlock();
      }
    }
    return found;
  }

  @Override
  public Optional<Graph> findGraph(UserId owner, String name) {
    return graphsWhere("AND owner = ? AND name = ?", owner.value(), name).stream().findFirst();
  }

  @Override
  public List<Graph> graphs(UserId owner) {
    return graphsWhere("AND owner = ?", owner.value()).stream()
        .sorted(Comparator.comparing(Graph::name, NodeSort.byCodePoint()))
        .toList();
  }

  private List<Graph> graphsWhere(String condition, Object... values) {
    return read(
        db -> {
          var graphs = new ArrayList<Graph>();
          try (var row = db.bind(GraphReads.GRAPH + condition, values).executeQuery()) {
            while (row.next()) {
              graphs.add(Rows.graph(row));
            }
          }
          return graphs;
        });
  }

  @Override
  public GraphHead head(GraphRef graph) {
    checkOpen();
    Known found = known.get(graph.id());
    if (found != null) {
      return found.owner.equals(graph.owner()) ? found.head : GraphHead.EMPTY;
    }
    return read(
        db -> {
          Known loaded = known(db, graph);
          return loaded == null ? GraphHead.EMPTY : loaded.head;
        });
  }

  @Override
  public Optional<Graph> graphAt(GraphRef graph, long at) {
    return in(graph, at, Optional.empty(), (db, gid, then) -> GraphReads.at(db, gid, then));
  }

  // Nodes

  @Override
  public Map<NodeId, Node> nodes(GraphRef graph, Collection<NodeId> ids, long at) {
    checkOpen();
    if (ids.isEmpty()) {
      return Map.of();
    }
    if (writer == null) {
      return nodeRows(graph, ids, at);
    }
    var found = new LinkedHashMap<NodeId, Node>();
    var missing = new ArrayList<NodeId>();
    long before = epoch.get();
    caching.readLock().lock();
    try {
      if (!isLatest(graph, at)) {
        return nodeRows(graph, ids, at);
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
    Map<NodeId, Node> read = nodeRows(graph, missing, at);
    caching.readLock().lock();
    try {
      if (epoch.get() == before) {
        read.forEach((id, node) -> nodes.put(new NodeRef(graph, id), node));
        found.putAll(read);
        return found;
      }
    } finally {
      caching.readLock().unlock();
    }
    // Somebody wrote between the two: read all of it in one state.
    return nodeRows(graph, ids, at);
  }

  /** Whether a state is that of the cached nodes; to be asked while nobody changes them. */
  private boolean isLatest(GraphRef graph, long at) {
    Known found = known.get(graph.id());
    return at == LATEST || (found != null && found.head.sequence() <= at);
  }

  private Map<NodeId, Node> nodeRows(GraphRef graph, Collection<NodeId> ids, long at) {
    return one(
        graph, at, Map.of(), (db, gid, then) -> NodeReads.byId(db, gid, graph.id(), ids, then));
  }

  @Override
  public Map<NodeKey, Node> nodesByKey(GraphRef graph, Collection<NodeKey> keys, long at) {
    if (keys.isEmpty()) {
      checkOpen();
      return Map.of();
    }
    return one(
        graph, at, Map.of(), (db, gid, then) -> NodeReads.byKey(db, gid, graph.id(), keys, then));
  }

  @Override
  public List<Node> nodesByTitle(GraphRef graph, String title, int limit, long at) {
    return one(
        graph,
        at,
        List.of(),
        (db, gid, then) -> NodeReads.byTitle(db, gid, graph.id(), title, limit, then));
  }

  @Override
  public Set<NodeId> usedNodeIds(GraphRef graph, Collection<NodeId> ids) {
    return one(graph, LATEST, Set.of(), (db, gid, at) -> NodeReads.used(db, gid, ids));
  }

  @Override
  public Set<EdgeId> usedEdgeIds(GraphRef graph, Collection<EdgeId> ids) {
    return one(graph, LATEST, Set.of(), (db, gid, at) -> EdgeReads.used(db, gid, ids));
  }

  @Override
  public Page<Node> listNodes(
      GraphRef graph, NodeFilter filter, NodeSort sort, Page.Request page, long at) {
    return in(
        graph,
        at,
        new Page<>(List.of(), 0, null),
        (db, gid, then) -> Listing.nodes(db, gid, graph.id(), filter, sort, page, then));
  }

  @Override
  public void forEachNode(GraphRef graph, long at, Consumer<Node> action) {
    in(graph, at, 0, (db, gid, then) -> NodeReads.each(db, gid, graph.id(), then, action));
  }

  @Override
  public List<Revision<Node>> nodeHistory(GraphRef graph, NodeId id) {
    return in(
        graph, LATEST, List.of(), (db, gid, at) -> NodeReads.history(db, gid, graph.id(), id));
  }

  // Edges

  @Override
  public Map<EdgeId, Edge> edges(GraphRef graph, Collection<EdgeId> ids, long at) {
    if (ids.isEmpty()) {
      checkOpen();
      return Map.of();
    }
    return one(
        graph, at, Map.of(), (db, gid, then) -> EdgeReads.byId(db, gid, graph.id(), ids, then));
  }

  @Override
  public List<Edge> edgesOf(
      GraphRef graph,
      Collection<NodeId> nodes,
      Direction direction,
      Collection<EdgeType> types,
      long at) {
    if (nodes.isEmpty()) {
      checkOpen();
      return List.of();
    }
    return in(
        graph,
        at,
        List.of(),
        (db, gid, then) -> EdgeReads.of(db, gid, graph.id(), nodes, direction, types, then));
  }

  @Override
  public List<Edge> edgesFrom(GraphRef graph, Collection<NodeId> sources, long at) {
    if (sources.isEmpty()) {
      checkOpen();
      return List.of();
    }
    return in(
        graph,
        at,
        List.of(),
        (db, gid, then) -> EdgeReads.from(db, gid, graph.id(), sources, then));
  }

  @Override
  public List<Edge> edgesOfShape(GraphRef graph, Collection<EdgeShape> shapes, long at) {
    if (shapes.isEmpty()) {
      checkOpen();
      return List.of();
    }
    return one(
        graph,
        at,
        List.of(),
        (db, gid, then) -> EdgeReads.ofShape(db, gid, graph.id(), shapes, then));
  }

  @Override
  public int degree(GraphRef graph, NodeId node, long at) {
    return in(graph, at, 0, (db, gid, then) -> EdgeReads.degree(db, gid, node, then));
  }

  @Override
  public Page<Edge> listEdges(GraphRef graph, EdgeFilter filter, Page.Request page, long at) {
    return in(
        graph,
        at,
        new Page<>(List.of(), 0, null),
        (db, gid, then) -> Listing.edges(db, gid, graph.id(), filter, page, then));
  }

  @Override
  public void forEachEdge(GraphRef graph, long at, Consumer<Edge> action) {
    in(graph, at, 0, (db, gid, then) -> EdgeReads.each(db, gid, graph.id(), then, action));
  }

  @Override
  public void readShape(GraphRef graph, long at, ShapeSink sink) {
    in(graph, at, 0, (db, gid, then) -> ShapeReads.all(db, gid, then, sink));
  }

  @Override
  public List<Revision<Edge>> edgeHistory(GraphRef graph, EdgeId id) {
    return in(
        graph, LATEST, List.of(), (db, gid, at) -> EdgeReads.history(db, gid, graph.id(), id));
  }

  // The rest

  @Override
  public List<Category> categories(GraphRef graph, long at) {
    return one(
        graph, at, List.of(), (db, gid, then) -> GraphReads.categories(db, gid, graph.id(), then));
  }

  @Override
  public Counts counts(GraphRef graph, long at) {
    return in(
        graph,
        at,
        new Counts(0, 0, Map.of(), Map.of(), Map.of()),
        (db, gid, then) -> GraphReads.counts(db, gid, graph.id(), then));
  }

  // Care

  /**
   * Writes a copy of the store, as it is now, into the new directory {@code target}: the graphs of
   * all owners. It is for whoever may read the store's files; a caller of yours is asked nothing.
   */
  public void backup(Path target) {
    checkOpen();
    try {
      Files.createDirectories(target);
      if (Files.exists(target.resolve(StoreDirectory.DATABASE))) {
        throw new StorageException(
            "STORE_UNAVAILABLE", "there is a store already at the target", false, null);
      }
      try (Db db = Db.reader(file, immutable, watch)) {
        db.execute("PRAGMA query_only = OFF");
        db.update(
            "VACUUM INTO ?", target.resolve(StoreDirectory.DATABASE).toAbsolutePath().toString());
      }
      if (Files.exists(directory.resolve(StoreDirectory.DESCRIPTION))) {
        Files.copy(
            directory.resolve(StoreDirectory.DESCRIPTION),
            target.resolve(StoreDirectory.DESCRIPTION));
      }
    } catch (SQLException e) {
      throw Db.translate(e);
    } catch (IOException e) {
      throw StoreDirectory.unavailable(e);
    }
  }

  /** Every graph there ever was, removed ones too. */
  List<GraphRef> everyGraph() {
    return read(
        db -> {
          var graphs = new ArrayList<GraphRef>();
          try (var row = db.bind("SELECT id, owner FROM graph ORDER BY gid").executeQuery()) {
            while (row.next()) {
              graphs.add(
                  new GraphRef(
                      new UserId(row.getString(2)), new GraphId(Codec.uuid(row.getBytes(1)))));
            }
          }
          return graphs;
        });
  }

  /**
   * Makes the state of the store in {@code directory} anew from its log, that of all owners. What
   * was there before is kept beside it.
   *
   * @return the file that holds what was there before
   * @throws IntegrityException if the log itself is damaged; nothing is changed then. The message
   *     may name what is in the graph of any owner
   */
  public static Path rebuild(Path directory) {
    return Rebuild.run(directory.toAbsolutePath());
  }

  /** Looks whether the elements are those that the fingerprint kept with the log is of. */
  public Check checkState() {
    return Checks.state(this);
  }

  /**
   * Looks whether state and history, row by row, are what a replay of the log makes. That takes as
   * long as it took to write them, and twice the room of the store in the temporary directory.
   */
  public Check checkReplay() {
    return Replayed.check(this);
  }

  /**
   * Looks whether what is stored fits together, in the graphs of all owners.
   *
   * @param caller whose graphs the answer may name; of others it tells only how many
   */
  public List<Check> check(UserId caller) {
    return read(db -> Checks.all(db, caller));
  }

  /** The plan by which SQLite would carry out {@code sql}, a step a line. */
  public List<String> explain(String sql) {
    return read(
        db -> {
          var steps = new ArrayList<String>();
          try (var statement = db.connection().prepareStatement("EXPLAIN QUERY PLAN " + sql);
              var row = statement.executeQuery()) {
            while (row.next()) {
              steps.add(row.getString(4));
            }
          }
          return steps;
        });
  }
}
