package dev.knowledgegraph.benchmarks.peers;

import dev.knowledgegraph.peers.Problem;
import dev.knowledgegraph.peers.StoredPeer;
import dev.knowledgegraph.peers.Versions;
import dev.knowledgegraph.peers.Walker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Two tables with the indexes that hops need, by hand; one statement for each hop. */
public final class Sqlite extends Walker implements StoredPeer {
  private @Nullable Connection connection;
  private @Nullable PreparedStatement neighbors;
  private @Nullable PreparedStatement neighborsOfMany;

  @Override
  public String name() {
    return "hand-written SQLite";
  }

  @Override
  public String version() {
    return Versions.of("sqlite-jdbc");
  }

  @Override
  public String durability() {
    return "one transaction, synced (WAL, synchronous=FULL)";
  }

  @Override
  public String how() {
    return "two covering indexes, a statement for each hop, nodes given as int";
  }

  @Override
  public void load(Problem problem, Path directory) throws SQLException {
    open(directory);
    execute("CREATE TABLE node (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)");
    execute("CREATE TABLE edge (source INTEGER NOT NULL, target INTEGER NOT NULL, type TEXT)");
    connection().setAutoCommit(false);
    try (var insert = connection().prepareStatement("INSERT INTO node VALUES (?, ?)")) {
      for (int i = 0; i < problem.nodes(); i++) {
        insert.setInt(1, i);
        insert.setString(2, problem.keys().get(i));
        insert.executeUpdate();
      }
    }
    try (var insert = connection().prepareStatement("INSERT INTO edge VALUES (?, ?, ?)")) {
      for (int i = 0; i < problem.edges(); i++) {
        insert.setInt(1, problem.sources()[i]);
        insert.setInt(2, problem.targets()[i]);
        insert.setString(3, problem.type(i));
        insert.executeUpdate();
      }
    }
    execute("CREATE INDEX edge_out ON edge (source, target)");
    execute("CREATE INDEX edge_in ON edge (target, source)");
    connection().commit();
    connection().setAutoCommit(true);
  }

  @Override
  public void open(Path directory) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("peer.db"));
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA cache_size = -1048576");
  }

  @Override
  public void ready(Problem problem) throws SQLException {
    size(problem.nodes());
    neighbors =
        connection()
            .prepareStatement(
                "SELECT target FROM edge WHERE source = ?1"
                    + " UNION ALL SELECT source FROM edge WHERE target = ?1");
    neighborsOfMany =
        connection()
            .prepareStatement(
                "SELECT edge.target FROM json_each(?1) AS node JOIN edge ON source = node.value"
                    + " UNION ALL"
                    + " SELECT edge.source FROM json_each(?1) AS node JOIN edge"
                    + " ON target = node.value");
  }

  @Override
  protected void neighbors(int node, IntConsumer action) throws SQLException {
    var statement = Objects.requireNonNull(neighbors);
    statement.setInt(1, node);
    show(statement, action);
  }

  @Override
  protected void neighbors(int[] nodes, int from, int to, IntConsumer action) throws SQLException {
    if (to - from == 1) {
      neighbors(nodes[from], action);
      return;
    }
    var list = new StringBuilder(8 * (to - from)).append('[').append(nodes[from]);
    for (int i = from + 1; i < to; i++) {
      list.append(',').append(nodes[i]);
    }
    var statement = Objects.requireNonNull(neighborsOfMany);
    statement.setString(1, list.append(']').toString());
    show(statement, action);
  }

  private static void show(PreparedStatement statement, IntConsumer action) throws SQLException {
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        action.accept(rows.getInt(1));
      }
    }
  }

  @Override
  public Set<String> neighbors(String key) throws SQLException {
    try (var statement =
        connection()
            .prepareStatement(
                "WITH start AS (SELECT id FROM node WHERE key = ?1)"
                    + " SELECT key FROM start JOIN edge ON source = start.id"
                    + " JOIN node ON node.id = target WHERE node.id != start.id"
                    + " UNION SELECT key FROM start JOIN edge ON target = start.id"
                    + " JOIN node ON node.id = source WHERE node.id != start.id")) {
      statement.setString(1, key);
      var keys = new HashSet<String>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.add(rows.getString(1));
        }
      }
      return keys;
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection().createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connection() {
    return Objects.requireNonNull(connection);
  }

  @Override
  public void close() throws SQLException {
    connection().close();
  }
}
