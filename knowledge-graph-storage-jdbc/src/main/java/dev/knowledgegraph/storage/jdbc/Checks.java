package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.storage.jdbc.JdbcStorage.Check;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/** Looks at a store: whether it is sound in itself, and whether what follows from the log does. */
final class Checks {
  private Checks() {}

  /** Everything that can be seen without reading every element. */
  static List<Check> all(Db db) throws SQLException {
    var checks = new ArrayList<Check>();
    checks.add(integrity(db));
    try {
      checks.addAll(logs(db));
    } catch (SQLException e) {
      checks.add(new Check("rows", false, "cannot be read: " + e.getMessage()));
      return checks;
    }
    checks.addAll(beyondHead(db));
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
  }

  private static Check integrity(Db db) throws SQLException {
    try (var row = db.bind("PRAGMA integrity_check").executeQuery()) {
      String answer = row.next() ? row.getString(1) : "no answer";
      return new Check("pages", answer.equals("ok"), answer);
    }
  }

  static Check zero(Db db, String name, String what, String sql) throws SQLException {
    long count = db.number(sql);
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
          firstDamaged = crc == 0 ? place(db, gid, sequence) : firstDamaged;
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
        zero(
            db,
            "receipts",
            "receipts of commands that the log does not have",
            "SELECT count(*) FROM receipt r LEFT JOIN graph g ON g.gid = r.gid"
                + " WHERE g.gid IS NULL OR r.seq > g.seq"),
        zero(
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
