package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.storage.jdbc.JdbcStorage.Check;
import java.sql.SQLException;
import java.util.List;

/** Looks at what follows from the log. */
final class Checks {
  private Checks() {}

  /** Whether the fingerprint kept with a log is that of the rows. */
  static Check state(JdbcStorage storage) {
    long wrong = 0;
    for (GraphRef graph : storage.everyGraph()) {
      wrong += isAsKept(storage, graph) ? 0 : 1;
    }
    return new Check("state", wrong == 0, wrong + " graphs whose rows are not what the log made");
  }

  private static boolean isAsKept(JdbcStorage storage, GraphRef graph) {
    long at = storage.head(graph).sequence();
    try {
      return KnowledgeGraph.recount(storage, graph, at).equals(storage.head(graph).fingerprint());
    } catch (IntegrityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether nothing claims to follow from an entry that the log does not have. */
  static List<Check> beyondHead(Db db) throws SQLException {
    return List.of(
        JdbcStorage.zero(
            db,
            "receipts",
            "receipts of commands that the log does not have",
            "SELECT count(*) FROM receipt r LEFT JOIN graph g ON g.gid = r.gid"
                + " WHERE g.gid IS NULL OR r.seq > g.seq"),
        JdbcStorage.zero(
            db,
            "checkpoints",
            "subscribers that are ahead of the log",
            "SELECT count(*) FROM checkpoint c LEFT JOIN graph g ON g.id = c.graph"
                + " WHERE g.gid IS NULL AND c.seq > 0 OR c.seq > g.seq"));
  }

  /** Names a log entry. */
  static String place(Db db, long gid, long sequence) throws SQLException {
    try (var row = db.bind("SELECT id FROM graph WHERE gid = ?", gid).executeQuery()) {
      return ", the first is "
          + sequence
          + (row.next() ? " of graph " + Codec.uuid(row.getBytes(1)) : " of an unknown graph");
    }
  }
}
