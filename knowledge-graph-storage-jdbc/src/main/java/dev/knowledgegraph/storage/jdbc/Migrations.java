package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.error.UnsupportedCapabilityException;
import dev.knowledgegraph.json.LogFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The steps of the schema: SQL files, each of which is run once and can be taken back. */
public final class Migrations {
  private static final List<String> FILES =
      List.of("V1__tables", "V2__indexes", "V3__dead_letters", "V4__leases");

  private Migrations() {}

  /**
   * One step.
   *
   * @param checksum the SHA-256 of its file
   * @param applied whether the store has it
   */
  public record Step(int version, String name, String checksum, boolean applied) {}

  /**
   * Connects to the database of a store.
   *
   * @param address {@code jdbc:sqlite:FILE}, or {@code jdbc:postgresql://…} with the settings that
   *     {@link PostgresStorageFactory} knows
   */
  public static Connection connect(String address) throws SQLException {
    if (address.startsWith("jdbc:sqlite:")) {
      return DriverManager.getConnection(address);
    }
    if (!address.startsWith("jdbc:postgresql:")) {
      throw new UnsupportedCapabilityException(
          "STORE_WITHOUT_STEPS", "a store of this kind has no steps to run");
    }
    PostgresAddress at = PostgresAddress.parse(address);
    return PostgresConnections.connect(at.url(), at.settings());
  }

  /** Runs the steps that a store on a server lacks, at an address as above; returns how many. */
  public static int up(String address) throws SQLException {
    try (Connection connection = connect(address)) {
      PostgresConnections.makeSchema(connection, PostgresAddress.parse(address).settings());
      return up(connection);
    }
  }

  /** All steps this library knows, in order. */
  public static List<Step> status(Connection connection) throws SQLException {
    Dialect dialect = Dialect.of(connection);
    var applied = applied(connection);
    var steps = new ArrayList<Step>();
    for (int i = 0; i < FILES.size(); i++) {
      String name = FILES.get(i);
      String checksum = checksum(resource(dialect, name, "up"));
      String stored = applied.remove(i + 1);
      if (stored != null && !stored.equals(checksum)) {
        throw new IntegrityException(
            "STORE_DAMAGED", "schema step " + name + " was changed after it was run", null);
      }
      steps.add(new Step(i + 1, name, checksum, stored != null));
    }
    if (!applied.isEmpty()) {
      throw new IntegrityException(
          "STORE_NEWER",
          "the store has schema version "
              + applied.keySet().stream().mapToInt(v -> v).max().orElse(0)
              + ", this version of the library knows "
              + FILES.size(),
          null);
    }
    return steps;
  }

  /** Refuses a store that lacks steps. */
  static void checkWhole(Connection connection) throws SQLException {
    List<Step> steps = status(connection);
    if (steps.stream().noneMatch(Step::applied)) {
      throw StoreDirectory.absent();
    }
    for (Step step : steps) {
      if (!step.applied()) {
        throw new IntegrityException(
            "STORE_OLDER", "the store lacks schema step " + step.name(), null);
      }
    }
  }

  /** The statements {@link #up} would run, without running them. */
  public static List<String> plan(Connection connection) throws SQLException {
    Dialect dialect = Dialect.of(connection);
    var statements = new ArrayList<String>();
    for (Step step : status(connection)) {
      if (!step.applied()) {
        statements.addAll(statements(resource(dialect, step.name(), "up")));
      }
    }
    return statements;
  }

  /**
   * Runs the steps that the store in {@code directory} lacks, as its only writer; returns how many.
   *
   * @throws StorageException if another process writes to it, or it cannot be used
   */
  public static int up(Path directory) {
    return alone(directory, Migrations::up);
  }

  /**
   * Takes back the steps after {@code version}, as the only writer of the store in {@code
   * directory}; returns how many.
   *
   * @throws StorageException if another process writes to it, or it cannot be used
   */
  public static int down(Path directory, int version) {
    return alone(directory, connection -> down(connection, version));
  }

  @FunctionalInterface
  private interface Steps {
    int run(Connection connection) throws SQLException;
  }

  private static int alone(Path directory, Steps steps) {
    Path home = directory.toAbsolutePath();
    try (StoreLock lock = StoreLock.acquire(home);
        Db db = SqliteDialect.writer(home.resolve(StoreDirectory.DATABASE))) {
      return steps.run(db.connection());
    } catch (SQLException e) {
      throw SqliteDialect.INSTANCE.translate(e);
    } catch (IOException e) {
      throw StoreDirectory.unavailable(e);
    }
  }

  /** Runs, in one transaction, the steps that are missing; returns how many. */
  public static int up(Connection connection) throws SQLException {
    return inTransaction(
        connection,
        () -> {
          execute(
              connection,
              "CREATE TABLE IF NOT EXISTS schema_version ("
                  + "version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)");
          int count = 0;
          for (Step step : status(connection)) {
            if (!step.applied()) {
              run(connection, step.name(), "up");
              try (var insert =
                  connection.prepareStatement(
                      "INSERT INTO schema_version (version, name, checksum) VALUES (?, ?, ?)")) {
                insert.setInt(1, step.version());
                insert.setString(2, step.name());
                insert.setString(3, step.checksum());
                insert.executeUpdate();
              }
              count++;
            }
          }
          return count;
        });
  }

  /** Takes back, in one transaction, all steps after {@code version}; returns how many. */
  public static int down(Connection connection, int version) throws SQLException {
    return inTransaction(
        connection,
        () -> {
          int count = 0;
          for (Step step : status(connection).reversed()) {
            if (step.applied() && step.version() > version) {
              run(connection, step.name(), "down");
              try (var delete =
                  connection.prepareStatement("DELETE FROM schema_version WHERE version = ?")) {
                delete.setInt(1, step.version());
                delete.executeUpdate();
              }
              count++;
            }
          }
          return count;
        });
  }

  @FunctionalInterface
  private interface Work {
    int run() throws SQLException;
  }

  private static int inTransaction(Connection connection, Work work) throws SQLException {
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      Dialect.of(connection).lockSchema(connection);
      int result = work.run();
      connection.setAutoCommit(true);
      done = true;
      return result;
    } finally {
      if (!done) {
        rollback(connection);
      }
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // SQLite rolled back by itself, as it does when the disk is full.
    }
  }

  private static Map<Integer, String> applied(Connection connection) throws SQLException {
    var applied = new TreeMap<Integer, String>();
    if (!Dialect.of(connection).hasTable(connection, "schema_version")) {
      return applied;
    }
    try (var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery("SELECT version, checksum FROM schema_version")) {
        while (rows.next()) {
          applied.put(rows.getInt(1), rows.getString(2));
        }
      }
    }
    return applied;
  }

  private static void run(Connection connection, String name, String way) throws SQLException {
    for (String sql : statements(resource(Dialect.of(connection), name, way))) {
      execute(connection, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> statements(String script) {
    return Arrays.stream(script.split(";\\s*(\n|$)"))
        .map(String::strip)
        .filter(sql -> !sql.isEmpty())
        .toList();
  }

  private static String checksum(String script) {
    return HexFormat.of()
        .formatHex(LogFormat.sha256().digest(script.getBytes(StandardCharsets.UTF_8)));
  }

  private static String resource(Dialect dialect, String name, String way) {
    String path = "/db/" + dialect.folder() + "/" + name + "." + way + ".sql";
    try (InputStream in = Migrations.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
