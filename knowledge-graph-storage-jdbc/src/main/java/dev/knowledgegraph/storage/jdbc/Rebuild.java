package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.GraphRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a store anew from its log: beside it, so that a crash on the way leaves it as it was, and
 * then in its place with one move.
 */
final class Rebuild {
  private static final String KEPT = "events.db.before-repair";

  private final Path home;
  private final Path file;
  private final Path workshop;

  private Rebuild(Path home) {
    this.home = home;
    this.file = home.resolve(StoreDirectory.DATABASE);
    this.workshop = home.resolve("repair");
  }

  static Path run(Path home) {
    try (StoreLock lock = StoreLock.acquire(home)) {
      return new Rebuild(home).run();
    } catch (IOException e) {
      throw StoreDirectory.unavailable(e);
    } catch (SQLException e) {
      throw SqliteDialect.INSTANCE.translate(e);
    }
  }

  private Path run() throws IOException, SQLException {
    emptyWorkshop();
    try {
      foldWal();
      try (var old = JdbcStorage.openReadOnly(home);
          var made = JdbcStorage.openSqlite(workshop)) {
        List<GraphRef> graphs = old.everyGraph();
        KnowledgeGraph.replay(old, graphs, made);
      }
      carryTheRest();
      foldWal();
      return swap();
    } finally {
      emptyWorkshop();
    }
  }

  /** A log that lies beside the old file would be taken for one of the new file. */
  private void foldWal() throws SQLException {
    try (Db old = SqliteDialect.writer(file)) {
      old.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    if (Files.exists(home.resolve(StoreDirectory.DATABASE + "-wal"))) {
      throw new StorageException(
          "STORE_LOCKED", "the store is open for reading in another process", true, null);
    }
  }

  /**
   * Receipts, checkpoints and dead letters do not follow from the log; what it bears out is kept.
   */
  private void carryTheRest() throws SQLException {
    try (Db made = SqliteDialect.writer(workshop.resolve(StoreDirectory.DATABASE))) {
      made.update("ATTACH ? AS old", file.toString());
      chainsAreEqual(made);
      made.execute(
          "INSERT INTO receipt SELECT g.gid, r.key, r.hash, r.seq, r.events, r.time_us"
              + " FROM old.receipt r JOIN old.graph o ON o.gid = r.gid JOIN graph g ON g.id = o.id"
              + " WHERE r.seq <= g.seq");
      made.execute(
          "INSERT INTO checkpoint SELECT c.subscriber, c.owner, c.graph, min(c.seq, g.seq)"
              + " FROM old.checkpoint c JOIN graph g ON g.id = c.graph");
      made.execute(
          "INSERT INTO dead_letter SELECT d.* FROM old.dead_letter d"
              + " JOIN graph g ON g.id = d.graph AND g.owner = d.owner WHERE d.seq <= g.seq");
      made.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private static void chainsAreEqual(Db made) throws SQLException {
    try (var row =
        made.bind(
                "SELECT o.seq, o.chain FROM old.log o JOIN old.graph og ON og.gid = o.gid"
                    + " JOIN graph g ON g.id = og.id"
                    + " JOIN log l ON l.gid = g.gid AND l.seq = o.seq WHERE l.chain <> o.chain"
                    + " ORDER BY o.seq")
            .executeQuery()) {
      if (row.next()) {
        throw new IntegrityException(
            "EVENT_DAMAGED", "log entry " + row.getLong(1) + " of a graph does not follow", null);
      }
    }
  }

  private Path swap() throws IOException {
    Path kept = home.resolve(KEPT);
    for (int i = 2; Files.exists(kept); i++) {
      kept = home.resolve(KEPT + "-" + i);
    }
    Files.copy(file, kept);
    Path made = workshop.resolve(StoreDirectory.DATABASE);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return kept;
  }

  private void emptyWorkshop() throws IOException {
    if (Files.isDirectory(workshop)) {
      try (Stream<Path> files = Files.list(workshop)) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(workshop);
    }
  }
}
