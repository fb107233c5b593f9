package dev.knowledgegraph.storage.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.error.UnsupportedCapabilityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.json.LogFormat;
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
import dev.knowledgegraph.spi.Lease;
import dev.knowledgegraph.spi.Receipt;
import dev.knowledgegraph.spi.ShapeSink;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.storage.jdbc.Remembered.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A store in an SQL database. In a directory that is an SQLite file {@code events.db}, with {@code
 * kg.json} saying what it is and {@code lock} who writes to it: one process writes, any number
 * read. On a PostgreSQL server it is a schema: any number of processes write.
 */
public final class JdbcStorage implements Storage {
  private static final int GRAPHS = 10_000;
  private static final String HEAD =
      "SELECT gid, seq, time_us, nodes, edges, fingerprint FROM graph WHERE id = ? AND owner = ?";
  private static final String SAVE_CHECKPOINT =
      "INSERT INTO checkpoint VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (subscriber, owner, graph) DO UPDATE"
          + " SET seq = excluded.seq";

  private final @Nullable Path directory;
  private final Connections connections;
  private final WriterMemory memory;

  private final Cache<GraphRef, Long> gids =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(GRAPHS).build();

  /** Null if others write to the store as well. */
  private final @Nullable Remembered remembered;

  /** One thing that was looked at. */
  public record Check(String name, boolean ok, String detail) {}

  private JdbcStorage(@Nullable Path directory, Connections connections) {
    this.directory = directory;
    this.connections = connections;
    this.memory = new WriterMemory(connections.isAlone());
    this.remembered = connections.isAlone() ? new Remembered() : null;
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
        Path file = home.resolve(StoreDirectory.DATABASE);
        Db writer = SqliteDialect.writer(file, watch);
        try {
          Migrations.up(writer.connection());
          done = true;
          return new JdbcStorage(home, SqliteConnections.writing(file, lock, writer, watch));
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
      throw SqliteDialect.INSTANCE.translate(e);
    }
  }

  /**
   * Opens the store in a PostgreSQL database, from version 14; makes it if it is not there. Any
   * number of processes may read and write it at the same time.
   *
   * @param url as the driver takes it, {@code jdbc:postgresql://HOST:PORT/DATABASE?user=NAME}
   */
  public static JdbcStorage openPostgres(String url, PostgresSettings settings) {
    return openPostgres(url, settings, UnaryOperator.identity());
  }

  /** The same, with connections as {@code watch} makes them. */
  static JdbcStorage openPostgres(
      String url, PostgresSettings settings, UnaryOperator<Connection> watch) {
    return new JdbcStorage(null, PostgresConnections.writing(url, settings, watch));
  }

  /** The same for reading. */
  public static JdbcStorage openPostgresReadOnly(String url, PostgresSettings settings) {
    return new JdbcStorage(null, PostgresConnections.reading(url, settings));
  }

  /** Opens the store in {@code directory} for reading; another process may write meanwhile. */
  public static JdbcStorage openReadOnly(Path directory) {
    Path home = directory.toAbsolutePath();
    StoreDirectory.refuseFile(home);
    Path file = home.resolve(StoreDirectory.DATABASE);
    if (!Files.isRegularFile(file)) {
      throw StoreDirectory.absent();
    }
    boolean immutable =
        !Files.isWritable(home) && !Files.exists(home.resolve(StoreDirectory.DATABASE + "-wal"));
    var storage = new JdbcStorage(home, SqliteConnections.reading(file, immutable));
    boolean done = false;
    try {
      StoreDirectory.checkFormat(home.resolve(StoreDirectory.DESCRIPTION));
      storage.<@Nullable Void>read(
          db -> {
            Migrations.checkWhole(db.connection());
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

  private <T extends @Nullable Object> T read(Connections.Work<T> work) {
    return connections.read(work);
  }

  private @Nullable Known known(Db db, GraphRef graph) throws SQLException {
    Known found = remembered == null ? null : remembered.known(graph.id());
    if (found == null) {
      long before = remembered == null ? 0 : remembered.epoch();
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
                    LogFormat.instant(row.getLong(3)),
                    row.getLong(4),
                    row.getLong(5),
                    Fingerprint.of(row.getBytes(6))));
      }
      if (remembered != null) {
        remembered.add(graph.id(), found, before);
      }
    }
    return found.owner().equals(graph.owner()) ? found : null;
  }

  /** The number of a graph, which never changes. */
  private @Nullable Long gid(Db db, GraphRef graph) throws SQLException {
    Long known = gids.getIfPresent(graph);
    if (known == null) {
      Known found = known(db, graph);
      if (found == null) {
        return null;
      }
      known = found.gid();
      gids.put(graph, known);
    }
    return known;
  }

  @FunctionalInterface
  private interface GraphWork<T extends @Nullable Object> {
    T run(Db db, long gid, long at) throws SQLException;
  }

  /** Reads within a graph; {@code none} if it is not there or another owner's. */
  private <T> T in(GraphRef graph, long at, T none, GraphWork<T> work) {
    return read(
        db -> {
          Long gid = gid(db, graph);
          if (gid == null) {
            return none;
          }
          // A remembered head may be older than what this read sees: look at the head it sees.
          boolean isLatest =
              at == LATEST || at >= db.number("SELECT seq FROM graph WHERE gid = ?", gid);
          return work.run(db, gid, isLatest ? LATEST : at);
        });
  }

  /** The same for what is one statement: of the latest state, that needs no transaction. */
  private <T> T one(GraphRef graph, long at, T none, GraphWork<T> work) {
    if (at != LATEST) {
      return in(graph, at, none, work);
    }
    return connections.one(
        db -> {
          Long gid = gid(db, graph);
          return gid == null ? none : work.run(db, gid, LATEST);
        });
  }

  @Override
  public boolean isReadOnly() {
    return connections.isReadOnly();
  }

  /** A directory has one writing process, a server any number. */
  @Override
  public boolean isShared() {
    return directory == null;
  }

  @Override
  public void undisturbed(GraphId graph, Runnable work) {
    connections.undisturbed(graph, work);
  }

  @Override
  public Optional<Path> directory() {
    return Optional.ofNullable(directory);
  }

  @Override
  public void close() {
    connections.close();
  }

  // The log

  @Override
  public void append(List<Commit> commits) {
    connections.write(
        (db, isUnsure) -> {
          connections.await(db, graphs(commits));
          var writer = new Writer(db, memory);
          if (!isUnsure || !writer.isWritten(commits)) {
            writer.write(commits);
          }
          return writer;
        },
        writer -> {
          writer.remember();
          if (remembered != null) {
            remembered.committed(commits, writer.gids());
          }
          connections.changed(
              changes(commits, Change.NodeChange.class), changes(commits, Change.EdgeChange.class));
        });
  }

  private static Set<GraphId> graphs(List<Commit> commits) {
    return commits.stream().map(commit -> commit.graph().id()).collect(Collectors.toSet());
  }

  private static int changes(List<Commit> commits, Class<? extends Change> kind) {
    return commits.stream()
        .mapToInt(commit -> (int) commit.changes().stream().filter(kind::isInstance).count())
        .sum();
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
            Long gid = gid(db, after);
            if (gid == null) {
              throw new IllegalArgumentException("graph " + after.id() + " has no log");
            }
            last = gid;
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
    return connections.one(
        db ->
            db.number(
                "SELECT seq FROM checkpoint WHERE subscriber = ? AND owner = ? AND graph = ?",
                subscriber,
                graph.owner().value(),
                Codec.bytes(graph.id().value())));
  }

  @Override
  public void saveCheckpoint(String subscriber, GraphRef graph, long sequence) {
    connections.write(
        (db, isUnsure) ->
            db.update(
                SAVE_CHECKPOINT,
                subscriber,
                graph.owner().value(),
                Codec.bytes(graph.id().value()),
                sequence),
        saved -> {});
  }

  // Leases

  @Override
  public Lease lease(String name) {
    return connections.one(
        db -> {
          try (var row =
              db.bind("SELECT holder, term FROM lease WHERE name = ?", name).executeQuery()) {
            return row.next() ? new Lease(row.getString(1), row.getLong(2)) : Lease.NONE;
          }
        });
  }

  @Override
  public boolean replaceLease(String name, Lease expected, Lease next) {
    return connections.write((db, isUnsure) -> replace(db, name, expected, next), replaced -> {});
  }

  private static boolean replace(Db db, String name, Lease expected, Lease next)
      throws SQLException {
    int replaced =
        expected.equals(Lease.NONE)
            ? db.update(
                "INSERT INTO lease VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
                name,
                next.holder(),
                next.term())
            : db.update(
                "UPDATE lease SET holder = ?2, term = ?3"
                    + " WHERE name = ?1 AND holder = ?4 AND term = ?5",
                name,
                next.holder(),
                next.term(),
                expected.holder(),
                expected.term());
    return replaced == 1;
  }

  // Dead letters

  @Override
  public void park(String subscriber, GraphRef graph, List<DeadLetter> letters) {
    connections.write(
        (db, isUnsure) -> DeadLetterTable.park(db, subscriber, graph, letters), parked -> {});
  }

  @Override
  public void unpark(String subscriber, GraphRef graph, Collection<EventPlace> places) {
    connections.write(
        (db, isUnsure) -> DeadLetterTable.unpark(db, subscriber, graph, places), unparked -> {});
  }

  @Override
  public List<DeadLetter> parked(
      String subscriber, GraphRef graph, @Nullable EventPlace after, int limit) {
    return connections.one(db -> DeadLetterTable.read(db, subscriber, graph, after, limit));
  }

  @Override
  public List<String> parkedFor(GraphRef graph) {
    return connections.one(db -> DeadLetterTable.subscribers(db, graph));
  }

  // Graphs

  @Override
  public Optional<Graph> findGraph(GraphId id) {
    connections.checkOpen();
    if (remembered == null) {
      return graphOf(id);
    }
    Graph known = remembered.graph(id);
    if (known != null) {
      return Optional.of(known);
    }
    long before = remembered.epoch();
    Optional<Graph> found = graphOf(id);
    found.ifPresent(graph -> remembered.add(graph, before));
    return found;
  }

  private Optional<Graph> graphOf(GraphId id) {
    return graphsWhere("AND id = ?", Codec.bytes(id.value())).stream().findFirst();
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
    return connections.one(
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
    connections.checkOpen();
    Known found = remembered == null ? null : remembered.known(graph.id());
    if (found != null) {
      return found.owner().equals(graph.owner()) ? found.head() : GraphHead.EMPTY;
    }
    return connections.one(
        db -> {
          Known loaded = known(db, graph);
          return loaded == null ? GraphHead.EMPTY : loaded.head();
        });
  }

  @Override
  public Optional<Graph> graphAt(GraphRef graph, long at) {
    return in(graph, at, Optional.empty(), (db, gid, then) -> GraphReads.at(db, gid, then));
  }

  // Nodes

  @Override
  public Map<NodeId, Node> nodes(GraphRef graph, Collection<NodeId> ids, long at) {
    connections.checkOpen();
    if (ids.isEmpty()) {
      return Map.of();
    }
    return remembered == null
        ? nodeRows(graph, ids, at)
        : remembered.nodes(graph, ids, at, missing -> nodeRows(graph, missing, at));
  }

  private Map<NodeId, Node> nodeRows(GraphRef graph, Collection<NodeId> ids, long at) {
    return one(
        graph, at, Map.of(), (db, gid, then) -> NodeReads.byId(db, gid, graph.id(), ids, then));
  }

  @Override
  public Map<NodeKey, Node> nodesByKey(GraphRef graph, Collection<NodeKey> keys, long at) {
    if (keys.isEmpty()) {
      connections.checkOpen();
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
      connections.checkOpen();
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
      connections.checkOpen();
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
      connections.checkOpen();
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
      connections.checkOpen();
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
    connections.checkOpen();
    if (directory == null || !(connections instanceof SqliteConnections sqlite)) {
      throw new UnsupportedCapabilityException(
          "BACKUP_OF_SERVER", "a store on a server is backed up with the server's own tools");
    }
    try {
      Files.createDirectories(target);
      if (Files.exists(target.resolve(StoreDirectory.DATABASE))) {
        throw new StorageException(
            "STORE_UNAVAILABLE", "there is a store already at the target", false, null);
      }
      try (Db db = sqlite.reader()) {
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
      throw SqliteDialect.INSTANCE.translate(e);
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

  /** The plan by which the database would carry out {@code sql}, a step a line. */
  List<String> explain(String sql) {
    return connections.one(db -> connections.dialect().plan(db, sql));
  }
}
