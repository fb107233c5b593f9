package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.storage.jdbc.JdbcStorage.Check;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/** Looks at a store: whether it is sound in itself, and whether what follows from the log does. */
final class Checks {
  /** Of each table that keeps versions: those that cannot be. */
  private static final List<String> HISTORIES =
      List.of(
          misplaced("graph", "0", " WHERE live = 1"),
          misplaced("category", "id", ""),
          misplaced("node", "nid", ""),
          misplaced("edge", "id", ""));

  private Checks() {}

  /**
   * Everything that can be seen without reading every element.
   *
   * @param caller whose graphs may be named; others are only counted
   */
  static List<Check> all(Db db, UserId caller) throws SQLException {
    var checks = new ArrayList<Check>();
    checks.add(integrity(db));
    try {
      checks.addAll(logs(db, caller));
    } catch (SQLException e) {
      checks.add(new Check("rows", false, "cannot be read: " + e.getMessage()));
      return checks;
    }
    checks.addAll(beyondHead(db));
    checks.add(history(db));
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
    String answer = db.dialect().integrity(db);
    return new Check("pages", answer.equals("ok"), answer);
  }

  static Check zero(Db db, String name, String what, String sql) throws SQLException {
    long count = db.number(sql);
    return new Check(name, count == 0, count + " " + what);
  }

  private static List<Check> logs(Db db, UserId caller) throws SQLException {
    long entries = 0;
    String firstDamaged = "";
    long crc = 0;
    long links = 0;
    long gaps = 0;
    var last = new HashMap<Long, byte[]>();
    var sequences = new HashMap<Long, Long>();
    try (var row =
        db.bind(
                "SELECT gid, seq, time_us, crc32c, chain, payload, actor, cmd_id, corr, caus"
                    + " FROM log ORDER BY gid, seq")
            .executeQuery()) {
      while (row.next()) {
        entries++;
        long gid = row.getLong(1);
        long sequence = row.getLong(2);
        byte[] chain = row.getBytes(5);
        byte[] payload = row.getBytes(6);
        List<String> words =
            List.of(row.getString(7), row.getString(8), row.getString(9), row.getString(10));
        byte[] before = last.getOrDefault(gid, new byte[32]);
        if (LogFormat.crc32c(payload) != row.getLong(4)) {
          firstDamaged = crc == 0 ? place(db, caller, gid, sequence) : firstDamaged;
          crc++;
        }
        links +=
            Arrays.equals(chain, LogFormat.chain(before, sequence, row.getLong(3), words, payload))
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
    } catch (RuntimeException e) {
      // A row that no element can be made of; what it holds is not to be told.
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
                + " WHERE g.gid IS NULL AND c.seq > 0 OR c.seq > g.seq"),
        zero(
            db,
            "dead letters",
            "dead letters of events that the log does not have",
            "SELECT count(*) FROM dead_letter d LEFT JOIN graph g ON g.id = d.graph"
                + " AND g.owner = d.owner WHERE g.gid IS NULL OR d.seq > g.seq"));
  }

  /**
   * Whether the versions of each element follow each other: none begins before the one before it
   * has ended, none has a number that is not higher, none ends after the log.
   */
  private static Check history(Db db) throws SQLException {
    long wrong = 0;
    for (String sql : HISTORIES) {
      wrong += db.number(sql);
    }
    return new Check("history", wrong == 0, wrong + " versions that do not follow each other");
  }

  private static String misplaced(String table, String id, String condition) {
    String now = String.valueOf(Long.MAX_VALUE);
    String all =
        "SELECT gid, {id} AS element, from_seq, to_seq, ver FROM {t}_hist UNION ALL"
            + " SELECT gid, {id}, from_seq, {now}, ver FROM {t}"
            + condition;
    String sql =
        "SELECT count(*) FROM (SELECT gid, from_seq, to_seq, lead(from_seq) OVER life AS next,"
            + " ver >= lead(ver) OVER life AS is_late FROM ("
            + all
            + ") WINDOW life AS (PARTITION BY gid, element ORDER BY from_seq, to_seq)) v"
            + " LEFT JOIN graph g ON g.gid = v.gid WHERE g.gid IS NULL OR v.from_seq < 1"
            + " OR v.from_seq >= v.to_seq OR v.to_seq > v.next OR v.is_late OR v.from_seq > g.seq"
            + " OR v.to_seq > g.seq AND v.to_seq < {now}";
    return sql.replace("{t}", table).replace("{id}", id).replace("{now}", now);
  }

  /** Names a log entry, and its graph if it is the caller's. */
  private static String place(Db db, UserId caller, long gid, long sequence) throws SQLException {
    try (var row =
        db.bind("SELECT id FROM graph WHERE gid = ? AND owner = ?", gid, caller.value())
            .executeQuery()) {
      return ", the first is "
          + sequence
          + (row.next()
              ? " of graph " + Codec.uuid(row.getBytes(1))
              : " of a graph of somebody else");
    }
  }
}
