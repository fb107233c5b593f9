package dev.knowledgegraph.storage.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.json.EventCodec;
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
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Receipt;
import dev.knowledgegraph.spi.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A store in a directory: an SQLite file {@code events.db}, with {@code kg.json} saying what it is
 * and {@code lock} who writes to it. One process writes, any number read.
 */
public final class JdbcStorage implements Storage {
  private static final int FORMAT = 1;
  private static final int POOL = 8;
  private static final long CACHED_CHARACTERS = 64_000_000;
  private static final String DATABASE = "events.db";
  private static final String DESCRIPTION = "kg.json";
  private static final String HEAD =
      "SELECT gid, seq, time_us, nodes, edges, fingerprint FROM graph WHERE id = ? AND owner = ?";
  private static final String GRAPH =
      "SELECT id, owner, data, is_default, created_us, updated_us, ver FROM graph WHERE live = 1 ";
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

  private final Cache<Writer.NidKey, Long> nids =
      Caffeine.newBuilder().maximumSize(1_000_000).build();
  private final Map<String, Long> types = new HashMap<>();
  private final Cache<NodeRef, Node> nodes =
      Caffeine.newBuilder()
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
    this.file = directory.resolve(DATABASE);
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
    refuseFile(home);
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
        describe(home);
        Db writer = Db.writer(home.resolve(DATABASE), watch);
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
      throw unavailable(e);
    } catch (SQLException e) {
      throw Db.translate(e);
    }
  }

  /** Opens the store in {@code directory} for reading; another process may write meanwhile. */
  public static JdbcStorage openReadOnly(Path directory) {
    Path home = directory.toAbsolutePath();
    refuseFile(home);
    if (!Files.isRegularFile(home.resolve(DATABASE))) {
      throw absent();
    }
    boolean immutable = !Files.isWritable(home) && !Files.exists(home.resolve(DATABASE + "-wal"));
    var storage = new JdbcStorage(home, immutable, null, null, UnaryOperator.identity());
    boolean done = false;
    try {
      checkFormat(home.resolve(DESCRIPTION));
      storage.<@Nullable Void>read(
          db -> {
            List<Migrations.Step> steps = Migrations.status(db.connection());
            if (steps.stream().noneMatch(Migrations.Step::applied)) {
              throw absent();
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
      throw unavailable(e);
    } finally {
      if (!done) {
        storage.close();
      }
    }
  }

  private static void refuseFile(Path home) {
    if (Files.exists(home) && !Files.isDirectory(home)) {
      throw new StorageException(
          "STORE_UNAVAILABLE", "a file is where the directory of the store should be", false, null);
    }
  }

  /** Nothing was ever written: neither is there a store when its making was interrupted. */
  private static StorageException absent() {
    return new StorageException("STORE_ABSENT", "there is no store", false, null);
  }

  static StorageException unavailable(IOException e) {
    return isDiskFull(e)
        ? new StorageException("STORE_FULL", "no room is left for the store", true, e)
        : new StorageException("STORE_UNAVAILABLE", "the store cannot be opened", false, e);
  }

  /** Java has no class of its own for it. */
  private static boolean isDiskFull(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("not enough space");
  }

  private static void describe(Path home) throws IOException {
    Path description = home.resolve(DESCRIPTION);
    if (Files.exists(description)) {
      checkFormat(description);
    } else {
      // In one move: half a description is none that anybody could read.
      Path draft = home.resolve(DESCRIPTION + ".new");
      Files.writeString(
          draft, "{\"format\": " + FORMAT + ", \"store\": \"" + UUID.randomUUID() + "\"}\n");
      Files.move(draft, description, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void checkFormat(Path description) throws IOException {
    if (!Files.exists(description)) {
      return;
    }
    var found =
        Pattern.compile("\"format\"\\s*:\\s*(\\d{1,9})").matcher(Files.readString(description));
    if (!found.find()) {
      throw new IntegrityException("STORE_DAMAGED", "kg.json does not say its format", null);
    }
    int format = Integer.parseInt(found.group(1));
    if (format > FORMAT) {
      throw new IntegrityException(
          "STORE_NEWER",
          "the store has format " + format + ", this version of the library knows " + FORMAT,
          null);
    }
  }

  // Connections

  @FunctionalInterface
  private interface Work<T extends @Nullable Object> {
    T run(Db db) throws SQLException;
  }

  /** Runs {@code work} on one state of the store. */
  private <T extends @Nullable Object> T read(Work<T> work) {
    checkOpen();
    Db db = readers.poll();
    boolean sound = false;
    try {
      if (db == null) {
        db = Db.reader(file, immutable, watch);
      }
      db.begin();
      try {
        T result = work.run(db);
        sound = true;
        return result;
      } finally {
        db.commit();
      }
    } catch (SQLException e) {
      sound = false;
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
              at == LATEST || at >= number(db, "SELECT seq FROM graph WHERE gid = ?", found.gid);
          return work.run(db, found.gid, isLatest ? LATEST : at);
        });
  }

  @Override
  public boolean isReadOnly() {
    return writer == null;
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
        var work = new Writer(db, nids, types);
        work.write(commits);
        db.commit();
        done = true;
        remember(commits, work.gids());
      } catch (SQLException e) {
        throw Db.translate(e);
      } finally {
        if (!done) {
          nids.invalidateAll();
          types.clear();
          try {
            if (!db.connection().isClosed()) {
              db.rollback();
            }
          } catch (SQLException e) {
            // SQLite rolled back by itself.
          }
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
            case Change.EdgeChange e -> {}
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
        (db, gid, at) -> {
          var entries = new ArrayList<Committed>();
          try (var row = db.bind(Sql.READ_LOG, gid, after, limit).executeQuery()) {
            while (row.next()) {
              entries.add(entry(row, graph.id()));
            }
          }
          return entries;
        });
  }

  private static Committed entry(ResultSet row, GraphId graph) throws SQLException {
    byte[] payload = row.getBytes(9);
    long sequence = row.getLong(1);
    if (Codec.crc32c(payload) != row.getLong(8)) {
      throw new IntegrityException(
          "EVENT_DAMAGED", "log entry " + sequence + " of a graph is damaged", null);
    }
    return new Committed(
        new Position(graph, sequence),
        Codec.instant(row.getLong(2)),
        new UserId(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        EventCodec.decode(row.getInt(7) == Codec.DEFLATED ? Codec.inflate(payload) : payload));
  }

  @Override
  public Optional<Receipt> findReceipt(GraphRef graph, String idempotencyKey, Instant notBefore) {
    return in(
        graph,
        LATEST,
        Optional.empty(),
        (db, gid, at) -> {
          try (var row =
              db.bind(
                      "SELECT hash, seq, events, time_us FROM receipt WHERE gid = ? AND key = ?",
                      gid,
                      idempotencyKey)
                  .executeQuery()) {
            if (!row.next()) {
              return Optional.empty();
            }
            var receipt =
                new Receipt(
                    idempotencyKey,
                    row.getString(1),
                    row.getLong(2),
                    row.getInt(3),
                    Codec.instant(row.getLong(4)));
            return receipt.time().isBefore(notBefore) ? Optional.empty() : Optional.of(receipt);
          }
        });
  }

  @Override
  public long sequenceAt(GraphRef graph, Instant time) {
    long micros = clampedMicros(time);
    return in(graph, LATEST, 0L, (db, gid, at) -> number(db, Sql.SEQUENCE_AT, gid, micros));
  }

  static long clampedMicros(Instant time) {
    try {
      return Codec.micros(time);
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static long number(Db db, String sql, @Nullable Object... values) throws SQLException {
    try (var row = db.bind(sql, values).executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public long checkpoint(String subscriber, GraphRef graph) {
    return read(
        db ->
            number(
                db,
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
          try (var row = db.bind(GRAPH + condition, values).executeQuery()) {
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
    return in(
        graph,
        at,
        Optional.empty(),
        (db, gid, then) -> {
          try (var row =
              db.bind(GRAPH + "AND gid = ? AND from_seq <= ?", gid, then).executeQuery()) {
            if (row.next()) {
              return Optional.of(Rows.graph(row));
            }
          }
          if (then == LATEST) {
            return Optional.empty();
          }
          try (var row =
              db.bind(
                      "SELECT g.id, g.owner, h.data, h.is_default, h.created_us, h.updated_us,"
                          + " h.ver FROM graph_hist h JOIN graph g ON g.gid = h.gid"
                          + " WHERE h.gid = ?1 AND h.from_seq <= ?2 AND h.to_seq > ?2",
                      gid,
                      then)
                  .executeQuery()) {
            return row.next() ? Optional.of(Rows.graph(row)) : Optional.empty();
          }
        });
  }

  // Nodes

  private static String ids(Collection<UUID> ids) {
    return Codec.array(new HashSet<>(ids).stream().map(Codec::hex).toList());
  }

  private static List<UUID> nodeIds(Collection<NodeId> ids) {
    return ids.stream().map(NodeId::value).toList();
  }

  private static List<UUID> edgeIds(Collection<EdgeId> ids) {
    return ids.stream().map(EdgeId::value).toList();
  }

  private static List<Node> nodeRows(Db db, GraphId graph, String sql, @Nullable Object... values)
      throws SQLException {
    var found = new ArrayList<Node>();
    try (var row = db.bind(sql, values).executeQuery()) {
      while (row.next()) {
        found.add(Rows.node(row, graph));
      }
    }
    return found;
  }

  private static List<Edge> edgeRows(Db db, GraphId graph, String sql, @Nullable Object... values)
      throws SQLException {
    var found = new ArrayList<Edge>();
    try (var row = db.bind(sql, values).executeQuery()) {
      while (row.next()) {
        found.add(Rows.edge(row, graph));
      }
    }
    return found;
  }

  @Override
  public Map<NodeId, Node> nodes(GraphRef graph, Collection<NodeId> ids, long at) {
    checkOpen();
    if (ids.isEmpty()) {
      return Map.of();
    }
    if (writer == null || at != LATEST) {
      return nodeRows(graph, ids, at);
    }
    var found = new LinkedHashMap<NodeId, Node>();
    var missing = new ArrayList<NodeId>();
    long before = epoch.get();
    caching.readLock().lock();
    try {
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

  private Map<NodeId, Node> nodeRows(GraphRef graph, Collection<NodeId> ids, long at) {
    return in(
        graph,
        at,
        Map.of(),
        (db, gid, then) -> {
          var byId = new LinkedHashMap<NodeId, Node>();
          for (Node node :
              nodeRows(db, graph.id(), Sql.NODES.at(then), gid, then, ids(nodeIds(ids)))) {
            byId.put(node.id(), node);
          }
          return byId;
        });
  }

  @Override
  public Map<NodeKey, Node> nodesByKey(GraphRef graph, Collection<NodeKey> keys, long at) {
    if (keys.isEmpty()) {
      checkOpen();
      return Map.of();
    }
    return in(
        graph,
        at,
        Map.of(),
        (db, gid, then) -> {
          var byKey = new LinkedHashMap<NodeKey, Node>();
          String json = Codec.array(keys.stream().map(NodeKey::value).distinct().toList());
          for (Node node : nodeRows(db, graph.id(), Sql.NODES_BY_KEY.at(then), gid, then, json)) {
            node.key().ifPresent(key -> byKey.put(key, node));
          }
          return byKey;
        });
  }

  @Override
  public List<Node> nodesByTitle(GraphRef graph, String title, int limit, long at) {
    return in(
        graph,
        at,
        List.of(),
        (db, gid, then) ->
            nodeRows(db, graph.id(), Sql.NODES_BY_TITLE.at(then), gid, then, title, limit));
  }

  @Override
  public Set<NodeId> usedNodeIds(GraphRef graph, Collection<NodeId> ids) {
    return in(
        graph,
        LATEST,
        Set.of(),
        (db, gid, at) -> {
          var used = new HashSet<NodeId>();
          try (var row = db.bind(Sql.USED_NODES, gid, ids(nodeIds(ids))).executeQuery()) {
            while (row.next()) {
              used.add(new NodeId(Codec.uuid(row.getBytes(1))));
            }
          }
          return used;
        });
  }

  @Override
  public Set<EdgeId> usedEdgeIds(GraphRef graph, Collection<EdgeId> ids) {
    return in(
        graph,
        LATEST,
        Set.of(),
        (db, gid, at) -> {
          var used = new HashSet<EdgeId>();
          try (var row = db.bind(Sql.USED_EDGES, gid, ids(edgeIds(ids))).executeQuery()) {
            while (row.next()) {
              used.add(new EdgeId(Codec.uuid(row.getBytes(1))));
            }
          }
          return used;
        });
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
    in(
        graph,
        at,
        0,
        (db, gid, then) -> {
          try (var row = db.bind(Sql.ALL_NODES.at(then), gid, then).executeQuery()) {
            while (row.next()) {
              action.accept(Rows.node(row, graph.id()));
            }
          }
          return 0;
        });
  }

  @Override
  public List<Revision<Node>> nodeHistory(GraphRef graph, NodeId id) {
    return in(
        graph,
        LATEST,
        List.of(),
        (db, gid, at) -> {
          var history = new ArrayList<Revision<Node>>();
          String sql = Sql.history(Sql.NODE_HISTORY, "node", "{n}", "n");
          try (var row = db.bind(sql, gid, Codec.bytes(id.value())).executeQuery()) {
            while (row.next()) {
              history.add(
                  new Revision<>(
                      Rows.node(row, graph.id()),
                      row.getLong(Rows.NODE_COLUMNS + 1),
                      row.getLong(Rows.NODE_COLUMNS + 2)));
            }
          }
          history.sort(Comparator.comparingLong(Revision::from));
          return history;
        });
  }

  // Edges

  private static final Comparator<Edge> BY_IDENTITY =
      Comparator.comparing(Edge::source)
          .thenComparing(edge -> edge.type().name(), NodeSort.byCodePoint())
          .thenComparing(Edge::target)
          .thenComparing(edge -> edge.data().discriminator().value(), NodeSort.byCodePoint());

  @Override
  public Map<EdgeId, Edge> edges(GraphRef graph, Collection<EdgeId> ids, long at) {
    if (ids.isEmpty()) {
      checkOpen();
      return Map.of();
    }
    return in(
        graph,
        at,
        Map.of(),
        (db, gid, then) -> {
          var byId = new LinkedHashMap<EdgeId, Edge>();
          for (Edge edge :
              edgeRows(db, graph.id(), Sql.EDGES.at(then), gid, then, ids(edgeIds(ids)))) {
            byId.put(edge.id(), edge);
          }
          return byId;
        });
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
        (db, gid, then) -> edgesOf(db, gid, graph.id(), nodes, direction, types, then));
  }

  static List<Edge> edgesOf(
      Db db,
      long gid,
      GraphId graph,
      Collection<NodeId> nodes,
      Direction direction,
      Collection<EdgeType> types,
      long at)
      throws SQLException {
    String ends = ids(nodeIds(nodes));
    String names =
        types.isEmpty()
            ? null
            : Codec.array(types.stream().map(EdgeType::name).distinct().toList());
    var found = new LinkedHashMap<EdgeId, Edge>();
    Sql out = names == null ? Sql.EDGES_OUT : Sql.EDGES_OUT_TYPED;
    Sql in = names == null ? Sql.EDGES_IN : Sql.EDGES_IN_TYPED;
    if (direction != Direction.INCOMING) {
      for (Edge edge : ends(db, gid, graph, out, ends, names, at)) {
        found.put(edge.id(), edge);
      }
    }
    if (direction != Direction.OUTGOING) {
      for (Edge edge : ends(db, gid, graph, in, ends, names, at)) {
        found.put(edge.id(), edge);
      }
    }
    var sorted = new ArrayList<>(found.values());
    sorted.sort(BY_IDENTITY);
    return sorted;
  }

  private static List<Edge> ends(
      Db db, long gid, GraphId graph, Sql sql, String ends, @Nullable String names, long at)
      throws SQLException {
    return names == null
        ? edgeRows(db, graph, sql.at(at), gid, at, ends)
        : edgeRows(db, graph, sql.at(at), gid, at, ends, names);
  }

  @Override
  public List<Edge> edgesBetween(GraphRef graph, NodeId source, NodeId target, long at) {
    return in(
        graph,
        at,
        List.of(),
        (db, gid, then) -> {
          List<Edge> found =
              edgeRows(
                  db,
                  graph.id(),
                  Sql.EDGES_BETWEEN.at(then),
                  gid,
                  then,
                  Codec.bytes(source.value()),
                  Codec.bytes(target.value()));
          found.sort(BY_IDENTITY);
          return found;
        });
  }

  @Override
  public int degree(GraphRef graph, NodeId node, long at) {
    return in(
        graph,
        at,
        0,
        (db, gid, then) -> {
          int degree = 0;
          for (Sql sql : List.of(Sql.DEGREE_OUT, Sql.DEGREE_IN)) {
            try (var row =
                db.bind(sql.at(then), gid, then, Codec.bytes(node.value())).executeQuery()) {
              while (row.next()) {
                degree += row.getInt(1);
              }
            }
          }
          return degree;
        });
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
    in(
        graph,
        at,
        0,
        (db, gid, then) -> {
          try (var row = db.bind(Sql.ALL_EDGES.at(then), gid, then).executeQuery()) {
            while (row.next()) {
              action.accept(Rows.edge(row, graph.id()));
            }
          }
          return 0;
        });
  }

  @Override
  public List<Revision<Edge>> edgeHistory(GraphRef graph, EdgeId id) {
    return in(
        graph,
        LATEST,
        List.of(),
        (db, gid, at) -> {
          var history = new ArrayList<Revision<Edge>>();
          String sql = Sql.history(Sql.EDGE_HISTORY, "edge", "{e}", "e");
          try (var row = db.bind(sql, gid, Codec.bytes(id.value())).executeQuery()) {
            while (row.next()) {
              history.add(
                  new Revision<>(
                      Rows.edge(row, graph.id()),
                      row.getLong(Rows.EDGE_COLUMNS + 1),
                      row.getLong(Rows.EDGE_COLUMNS + 2)));
            }
          }
          history.sort(Comparator.comparingLong(Revision::from));
          return history;
        });
  }

  // The rest

  @Override
  public List<Category> categories(GraphRef graph, long at) {
    return in(
        graph,
        at,
        List.of(),
        (db, gid, then) -> {
          var found = new ArrayList<Category>();
          try (var row = db.bind(Sql.CATEGORIES.at(then), gid, then).executeQuery()) {
            while (row.next()) {
              found.add(Rows.category(row, graph.id()));
            }
          }
          found.sort(
              Comparator.comparing(Category::title, NodeSort.byCodePoint())
                  .thenComparing(Category::id));
          return found;
        });
  }

  @Override
  public Counts counts(GraphRef graph, long at) {
    return in(
        graph,
        at,
        new Counts(0, 0, Map.of(), Map.of(), Map.of()),
        (db, gid, then) -> {
          var labels = new TreeMap<String, Long>(NodeSort.byCodePoint());
          var tags = new TreeMap<String, Long>(NodeSort.byCodePoint());
          var byType = new TreeMap<String, Long>(NodeSort.byCodePoint());
          long nodeCount = 0;
          if (then == LATEST) {
            nodeCount = number(db, "SELECT count(*) FROM node WHERE gid = ?", gid);
            try (var row =
                db.bind(
                        "SELECT kind, term, count(*) FROM node_term WHERE gid = ? AND kind < 2"
                            + " GROUP BY kind, term",
                        gid)
                    .executeQuery()) {
              while (row.next()) {
                (row.getInt(1) == 0 ? labels : tags).put(row.getString(2), row.getLong(3));
              }
            }
          } else {
            try (var row = db.bind(Sql.ALL_NODES.at(then), gid, then).executeQuery()) {
              while (row.next()) {
                nodeCount++;
                Node node = Rows.node(row, graph.id());
                node.labels().forEach(label -> labels.merge(label, 1L, Long::sum));
                node.tags().folded().forEach(tag -> tags.merge(tag, 1L, Long::sum));
              }
            }
          }
          long edgeCount = 0;
          try (var row = db.bind(Listing.TYPE_COUNTS.at(then), gid, then).executeQuery()) {
            while (row.next()) {
              byType.merge(row.getString(1), row.getLong(2), Long::sum);
              edgeCount += row.getLong(2);
            }
          }
          return new Counts(nodeCount, edgeCount, labels, tags, byType);
        });
  }

  // Care

  /** Writes a copy of the store, as it is now, into the new directory {@code target}. */
  public void backup(Path target) {
    checkOpen();
    try {
      Files.createDirectories(target);
      if (Files.exists(target.resolve(DATABASE))) {
        throw new StorageException(
            "STORE_UNAVAILABLE", "there is a store already at the target", false, null);
      }
      try (Db db = Db.reader(file, immutable, watch)) {
        db.execute("PRAGMA query_only = OFF");
        db.update("VACUUM INTO ?", target.resolve(DATABASE).toAbsolutePath().toString());
      }
      if (Files.exists(directory.resolve(DESCRIPTION))) {
        Files.copy(directory.resolve(DESCRIPTION), target.resolve(DESCRIPTION));
      }
    } catch (SQLException e) {
      throw Db.translate(e);
    } catch (IOException e) {
      throw unavailable(e);
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
   * Makes the state of the store in {@code directory} anew from its log. What was there before is
   * kept beside it.
   *
   * @return the file that holds what was there before
   * @throws IntegrityException if the log itself is damaged; nothing is changed then
   */
  public static Path rebuild(Path directory) {
    return Rebuild.run(directory.toAbsolutePath());
  }

  /** Looks whether the elements are those that the fingerprint kept with the log is of. */
  public Check checkState() {
    return Checks.state(this);
  }

  /** Looks whether what is stored fits together. */
  public List<Check> check() {
    return read(
        db -> {
          var checks = new ArrayList<Check>();
          checks.add(integrity(db));
          try {
            checks.addAll(logs(db));
          } catch (SQLException e) {
            checks.add(new Check("rows", false, "cannot be read: " + e.getMessage()));
            return checks;
          }
          checks.addAll(Checks.beyondHead(db));
          checks.add(
              zero(
                  db,
                  "counts",
                  "graphs whose totals are not those of their rows",
                  "SELECT count(*) FROM graph g WHERE g.live = 1 AND (g.nodes <>"
                      + " (SELECT count(*) FROM node n WHERE n.gid = g.gid) OR g.edges <>"
                      + " (SELECT count(*) FROM edge e WHERE e.gid = g.gid))"));
          checks.add(
              zero(
                  db,
                  "edge ends",
                  "edges with an end that is not there",
                  "SELECT count(*) FROM edge e WHERE NOT EXISTS (SELECT 1 FROM node n WHERE"
                      + " n.gid = e.gid AND n.nid = e.src) OR NOT EXISTS (SELECT 1 FROM node n"
                      + " WHERE n.gid = e.gid AND n.nid = e.dst)"));
          return checks;
        });
  }

  private static Check integrity(Db db) throws SQLException {
    try (var row = db.bind("PRAGMA integrity_check").executeQuery()) {
      String answer = row.next() ? row.getString(1) : "no answer";
      return new Check("pages", answer.equals("ok"), answer);
    }
  }

  static Check zero(Db db, String name, String what, String sql) throws SQLException {
    long count = number(db, sql);
    return new Check(name, count == 0, count + " " + what);
  }

  private static List<Check> logs(Db db) throws SQLException {
    long entries = 0;
    String firstDamaged = "";
    long crc = 0;
    long links = 0;
    long gaps = 0;
    var last = new HashMap<Long, byte[]>();
    var sequences = new HashMap<Long, Long>();
    try (var row =
        db.bind(
                "SELECT gid, seq, time_us, cmd_id, crc32c, chain, payload FROM log"
                    + " ORDER BY gid, seq")
            .executeQuery()) {
      while (row.next()) {
        entries++;
        long gid = row.getLong(1);
        long sequence = row.getLong(2);
        byte[] payload = row.getBytes(7);
        byte[] chain = row.getBytes(6);
        byte[] before = last.getOrDefault(gid, new byte[32]);
        if (Codec.crc32c(payload) != row.getLong(5)) {
          firstDamaged = crc == 0 ? Checks.place(db, gid, sequence) : firstDamaged;
          crc++;
        }
        links +=
            Arrays.equals(
                    chain, Codec.chain(before, sequence, row.getLong(3), row.getString(4), payload))
                ? 0
                : 1;
        gaps += sequence == sequences.getOrDefault(gid, 0L) + 1 ? 0 : 1;
        last.put(gid, chain);
        sequences.put(gid, sequence);
      }
    }
    long heads = 0;
    try (var row = db.bind("SELECT gid, seq, chain FROM graph").executeQuery()) {
      while (row.next()) {
        long gid = row.getLong(1);
        if (row.getLong(2) != sequences.getOrDefault(gid, 0L)
            || !Arrays.equals(row.getBytes(3), last.getOrDefault(gid, new byte[32]))) {
          heads++;
        }
      }
    }
    return List.of(
        new Check(
            "checksums",
            crc == 0,
            crc + " of " + entries + " log entries are damaged" + firstDamaged),
        new Check("chain", links == 0, links + " of " + entries + " log entries do not follow"),
        new Check("sequence", gaps == 0, gaps + " gaps in the logs"),
        new Check("heads", heads == 0, heads + " graphs do not stand where their log ends"));
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
