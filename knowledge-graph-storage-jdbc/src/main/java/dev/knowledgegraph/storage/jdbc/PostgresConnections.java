package dev.knowledgegraph.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.GraphId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A pool of connections to PostgreSQL. Transactions are repeatable reads: all statements of one see
 * the same state, and one that changes what another one changed meanwhile fails and is begun anew.
 *
 * <p>A connection that breaks while a transaction is committed leaves open whether it was: then the
 * work is done again, which is told to look first.
 */
final class PostgresConnections implements Connections {
  /** "Transaction resolution unknown", by the SQL standard. */
  private static final String UNKNOWN_OUTCOME = "08007";

  private static final int MOST_TRIES = 100;
  private static final long FEW = 1_000;

  /** Three hundred rows each: sizes are what plans need, not how values are distributed. */
  private static final int SAMPLE = 10;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

  /** Some commits of the others long; who steps back for longer wins no more often. */
  private static final Duration LONGEST_STEP_BACK = Duration.ofMillis(50);

  private final HikariDataSource pool;
  private final PostgresSettings settings;
  private final boolean readOnly;
  private final AtomicLong changedNodes = new AtomicLong();
  private final AtomicLong changedEdges = new AtomicLong();
  private final AtomicInteger lost = new AtomicInteger();

  /** The graphs that other processes wait with. */
  private final Set<GraphId> undisturbed = ConcurrentHashMap.newKeySet();

  private final UnaryOperator<Connection> watch;

  private PostgresConnections(
      HikariDataSource pool,
      PostgresSettings settings,
      boolean readOnly,
      UnaryOperator<Connection> watch) {
    this.pool = pool;
    this.settings = settings;
    this.readOnly = readOnly;
    this.watch = watch;
  }

  /** Where a store is, with all that connections to it have in common. */
  private static PGSimpleDataSource source(String url, PostgresSettings settings) {
    var source = new PGSimpleDataSource();
    try {
      source.setURL(url);
    } catch (IllegalArgumentException e) {
      // Its message would hold the address, and with it a password.
      throw new IllegalArgumentException(
          "expected an address like jdbc:postgresql://HOST:PORT/DATABASE?user=NAME");
    }
    source.setCurrentSchema(settings.schema());
    source.setApplicationName("knowledge-graph");
    source.setTcpKeepAlive(true);
    source.setConnectTimeout((int) Math.max(1, settings.connectionWait().toSeconds()));
    source.setSocketTimeout((int) settings.statementLimit().toSeconds() + 10);
    // Planned anew each time, for tables grow: a plan for an empty one would stay for minutes.
    source.setOptions(
        "-c statement_timeout="
            + settings.statementLimit().toMillis()
            + " -c plan_cache_mode=force_custom_plan -c enable_seqscan=off");
    source.setReWriteBatchedInserts(true);
    // What its errors say would hold the values of rows.
    source.setLogServerErrorDetail(false);
    return source;
  }

  /** Makes the schema, or brings it up to date, before any of them is opened. */
  static PostgresConnections writing(
      String url, PostgresSettings settings, UnaryOperator<Connection> watch) {
    PGSimpleDataSource source = source(url, settings);
    try (Connection connection = source.getConnection()) {
      makeSchema(connection, settings);
      Migrations.up(connection);
    } catch (SQLException e) {
      throw PostgresDialect.INSTANCE.translate(e);
    }
    return open(source, settings, false, watch);
  }

  static PostgresConnections reading(String url, PostgresSettings settings) {
    PGSimpleDataSource source = source(url, settings);
    try (Connection connection = source.getConnection()) {
      Migrations.checkWhole(connection);
    } catch (SQLException e) {
      throw PostgresDialect.INSTANCE.translate(e);
    }
    return open(source, settings, true, UnaryOperator.identity());
  }

  /** One connection, of no pool. */
  static Connection connect(String url, PostgresSettings settings) throws SQLException {
    return source(url, settings).getConnection();
  }

  /** Makes the schema that the tables are in, if it is not there. */
  static void makeSchema(Connection connection, PostgresSettings settings) throws SQLException {
    String name = settings.schema();
    if (hasSchema(connection, name)) {
      return;
    }
    try (var make = connection.createStatement()) {
      // The name has letters, digits and _ only.
      make.execute("CREATE SCHEMA IF NOT EXISTS " + name);
    } catch (SQLException e) {
      // Of two that do this at once one may fail, whatever it says about existing.
      if (!hasSchema(connection, name)) {
        throw e;
      }
    }
  }

  private static boolean hasSchema(Connection connection, String name) throws SQLException {
    try (var find = connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
      find.setString(1, name);
      try (var row = find.executeQuery()) {
        return row.next();
      }
    }
  }

  private static PostgresConnections open(
      PGSimpleDataSource source,
      PostgresSettings settings,
      boolean readOnly,
      UnaryOperator<Connection> watch) {
    var config = new HikariConfig();
    config.setPoolName("knowledge-graph");
    config.setDataSource(source);
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(Math.min(2, settings.connections()));
    config.setConnectionTimeout(settings.connectionWait().toMillis());
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.setReadOnly(readOnly);
    config.setInitializationFailTimeout(-1);
    return new PostgresConnections(new HikariDataSource(config), settings, readOnly, watch);
  }

  @Override
  public Dialect dialect() {
    return PostgresDialect.INSTANCE;
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  /** Any number of processes may write. */
  @Override
  public boolean isAlone() {
    return false;
  }

  @Override
  public void checkOpen() {
    if (pool.isClosed()) {
      throw new IllegalStateException("the storage is closed");
    }
  }

  private Db take() {
    checkOpen();
    try {
      return new Db(watch.apply(pool.getConnection()), dialect());
    } catch (SQLTransientConnectionException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw dialect().translate(cause);
      }
      throw new StorageException(
          "STORE_BUSY",
          "all "
              + settings.connections()
              + " connections were in use for "
              + settings.connectionWait().toMillis()
              + " ms",
          true,
          e);
    } catch (SQLException e) {
      checkOpen();
      throw dialect().translate(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    try (Db db = take()) {
      db.begin();
      try {
        T result = work.run(db);
        db.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollback(db);
        throw e;
      }
    } catch (SQLException e) {
      throw dialect().translate(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T one(Work<T> work) {
    try (Db db = take()) {
      return work.run(db);
    } catch (SQLException e) {
      throw dialect().translate(e);
    }
  }

  @Override
  public <T> T write(Writing<T> work, Consumer<T> committed) {
    if (readOnly) {
      checkOpen();
      throw new StorageException("STORE_READ_ONLY", "the store is open for reading", false, null);
    }
    long start = System.nanoTime();
    boolean isUnsure = false;
    for (int tries = 1; ; tries++) {
      try {
        T result = once(work, isUnsure);
        committed.accept(result);
        lost.set(0);
        return result;
      } catch (ConflictException e) {
        // Whoever lost steps back a moment, so that one of those that go on wins.
        pause(lost.incrementAndGet(), LONGEST_STEP_BACK);
        throw e;
      } catch (SQLException e) {
        isUnsure = true;
        giveUpLate(start, e);
      } catch (StorageException e) {
        if (isUnsure) {
          giveUpLate(start, e);
        } else if (!(e.getCause() instanceof SQLException cause)
            || !PostgresDialect.isLostRace(cause)
            || tries >= MOST_TRIES) {
          throw e;
        }
      }
      pause(tries, LONGEST_PAUSE);
    }
  }

  /**
   * Holds an advisory lock on the graph, in a transaction that does nothing else, so that it also
   * works behind a pool of servers and ends with the connection. Without another connection to work
   * with, or when the lock is not had in time, the work is done without it.
   */
  @Override
  public void undisturbed(GraphId graph, Runnable work) {
    if (settings.connections() == 1 || !undisturbed.add(graph)) {
      work.run();
      return;
    }
    Db lock = null;
    try {
      lock = lock(graph);
      work.run();
    } finally {
      undisturbed.remove(graph);
      if (lock != null) {
        release(lock);
      }
    }
  }

  private @Nullable Db lock(GraphId graph) {
    try {
      Db db = take();
      try {
        db.begin();
        lock(db, "pg_advisory_xact_lock", graph);
        return db;
      } catch (SQLException e) {
        release(db);
        return null;
      }
    } catch (StorageException e) {
      return null;
    }
  }

  private static void release(Db db) {
    try (db) {
      rollback(db);
    }
  }

  /** Shares the lock that {@link #undisturbed} has for itself. */
  @Override
  public void await(Db db, Collection<GraphId> graphs) throws SQLException {
    for (GraphId graph : graphs) {
      if (!undisturbed.contains(graph)) {
        lock(db, "pg_advisory_xact_lock_shared", graph);
      }
    }
  }

  /** By half of the id, which is by chance: who meets another graph's lock merely waits. */
  private static void lock(Db db, String function, GraphId graph) throws SQLException {
    try (var row =
        db.bind("SELECT " + function + "(?)", graph.value().getLeastSignificantBits())
            .executeQuery()) {
      row.next();
    }
  }

  /**
   * Carries out a transaction.
   *
   * @throws SQLException if nobody knows whether it was committed
   */
  private <T> T once(Writing<T> work, boolean isUnsure) throws SQLException {
    try (Db db = take()) {
      db.begin();
      T result;
      try {
        result = work.run(db, isUnsure);
      } catch (SQLException | RuntimeException e) {
        rollback(db);
        throw e;
      }
      try {
        db.commit();
      } catch (SQLException e) {
        if (PostgresDialect.isLostConnection(e)) {
          throw new SQLException(e.getMessage(), UNKNOWN_OUTCOME, e);
        }
        throw e;
      }
      return result;
    } catch (SQLException e) {
      if (UNKNOWN_OUTCOME.equals(e.getSQLState())) {
        throw e;
      }
      throw dialect().translate(e);
    }
  }

  /**
   * Has the server count its rows anew whenever this process has changed four times as many as
   * before: the server does so by itself, but only after a minute, and plans as for empty tables
   * until then.
   */
  @Override
  public void changed(int nodes, int edges) {
    analyze(changedNodes, nodes, "ident, node, node_term, node_hist, log");
    analyze(changedEdges, edges, "edge, edge_hist, edge_passed");
  }

  private void analyze(AtomicLong changed, int more, String tables) {
    long before = changed.getAndAdd(more);
    if (magnitude(before + more) > magnitude(before)) {
      try {
        this.<@Nullable Void>read(
            db -> {
              db.execute("SET LOCAL default_statistics_target = " + SAMPLE);
              db.execute("ANALYZE " + tables);
              return null;
            });
      } catch (StorageException e) {
        // It makes reads faster and nothing else; the owner of the tables may be another.
      }
    }
  }

  /** Grows by one when {@code rows} is four times as large. */
  private static int magnitude(long rows) {
    return (Long.SIZE - Long.numberOfLeadingZeros(rows / FEW) + 1) / 2;
  }

  private void giveUpLate(long start, Exception e) {
    if (System.nanoTime() - start > settings.patience().toNanos()) {
      throw new StorageException(
          "STORE_OUTCOME_UNKNOWN",
          "the database did not answer a commit, and does not say whether it is there",
          false,
          e);
    }
  }

  private static void rollback(Db db) {
    try {
      if (!db.connection().isClosed()) {
        db.rollback();
      }
    } catch (SQLException e) {
      // The server rolls back what its client left.
    }
  }

  /** Twice as long each time, and by chance anything down to nothing. */
  private static void pause(int tries, Duration longest) {
    long most = Math.min(longest.toNanos(), FIRST_PAUSE.toNanos() << Math.min(tries, 10));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
  }

  @Override
  public void close() {
    pool.close();
  }
}
