package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.storage.jdbc.JdbcStorage.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A copy of a store made anew from its log, to hold the rows of state and history against. */
final class Replayed {
  private static final List<String> TABLES =
      List.of("graph_hist", "category", "category_hist", "node", "node_hist", "edge", "edge_hist");

  /** Numbers that a store gives, and another may give otherwise. */
  private static final Set<String> NUMBERS = Set.of("gid", "nid", "src", "type", "dst");

  private Replayed() {}

  /** Compares in a temporary directory, on the state the store has when this begins. */
  static Check check(JdbcStorage storage) {
    try {
      Path workshop = Files.createTempDirectory("kg-replay");
      try {
        return check(storage, workshop);
      } finally {
        delete(workshop);
      }
    } catch (IOException e) {
      throw StoreDirectory.unavailable(e);
    } catch (SQLException e) {
      throw SqliteDialect.INSTANCE.translate(e);
    }
  }

  private static Check check(JdbcStorage storage, Path workshop) throws SQLException {
    Path found = workshop.resolve("found");
    Path made = workshop.resolve("made");
    storage.backup(found);
    try (var from = JdbcStorage.openReadOnly(found);
        var to = JdbcStorage.openSqlite(made)) {
      KnowledgeGraph.replay(from, from.everyGraph(), to);
    } catch (IntegrityException | ConflictException e) {
      // Which graph that is, and what is in it, is not everybody's to know.
      return new Check("replay", false, "the log of a graph tells what cannot have happened");
    }
    long different = 0;
    try (Db db = SqliteDialect.writer(made.resolve(StoreDirectory.DATABASE))) {
      db.update("ATTACH ? AS found", found.resolve(StoreDirectory.DATABASE).toString());
      for (String table : TABLES) {
        List<String> columns = columns(db, table);
        String here = rows("main", table, columns);
        String there = rows("found", table, columns);
        different += db.number("SELECT count(*) FROM (" + here + " EXCEPT " + there + ")");
        different += db.number("SELECT count(*) FROM (" + there + " EXCEPT " + here + ")");
      }
    }
    return new Check("replay", different == 0, different + " rows that the log does not bear out");
  }

  private static List<String> columns(Db db, String table) throws SQLException {
    var columns = new ArrayList<String>();
    try (var row = db.bind("SELECT name FROM pragma_table_info(?)", table).executeQuery()) {
      while (row.next()) {
        if (!NUMBERS.contains(row.getString(1))) {
          columns.add("x." + row.getString(1));
        }
      }
    }
    return columns;
  }

  private static String rows(String store, String table, List<String> columns) {
    String select = "SELECT g.id, " + String.join(", ", columns);
    String from = " FROM {s}." + table + " x JOIN {s}.graph g ON g.gid = x.gid";
    if (table.startsWith("edge")) {
      select += ", a.id, y.name, b.id";
      from +=
          " JOIN {s}.ident a ON a.gid = x.gid AND a.nid = x.src"
              + " JOIN {s}.ident b ON b.gid = x.gid AND b.nid = x.dst"
              + " JOIN {s}.edge_type y ON y.tid = x.type";
    }
    return (select + from).replace("{s}", store);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
