package dev.knowledgegraph.storage.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The reads, each in two forms: of the latest state, and of an earlier one. Parameter 1 is always
 * the graph, 2 the sequence number.
 *
 * @param latest reads the current rows
 * @param asOf reads the current rows that are old enough and the historic ones that were current
 */
record Sql(String latest, String asOf) {
  private static final String NODE_FROM = "SELECT " + Rows.NODE + " FROM ";
  private static final String EDGE_FROM = "SELECT " + Rows.EDGE + " FROM ";
  private static final String IDS =
      "{each 3 j} {join ident i}i.gid = ?1 AND i.id = {unhex j.value}{end i}";
  private static final String TYPES =
      "CROSS JOIN {each 4 k} {join edge_type z}z.name = k.value{end z}";

  static final Sql NODES =
      node(NODE_FROM + IDS + "{join {n} n}n.gid = ?1 AND n.nid = i.nid{end n} WHERE {live}", "");
  static final Sql NODES_BY_KEY =
      node(
          NODE_FROM + "{each 3 j} {join {n} n}n.gid = ?1 AND n.key = j.value{end n} WHERE {live}",
          "");
  static final Sql NODES_BY_TITLE =
      node(
          NODE_FROM + "{n} n WHERE n.gid = ?1 AND {titled 3} AND {live}",
          " ORDER BY created_us, id LIMIT ?4");
  static final Sql ALL_NODES = node(NODE_FROM + "{n} n WHERE n.gid = ?1 AND {live}", "");
  static final Sql EDGES =
      edge(
          EDGE_FROM
              + "{each 3 j} {join {e} e}e.gid = ?1 AND e.id = {unhex j.value}{end e}"
              + Rows.EDGE_JOINS
              + "WHERE {live}",
          "");
  static final Sql EDGES_OUT =
      edge(
          EDGE_FROM
              + IDS
              + "{join {e} e{out}}e.gid = ?1 AND e.src = i.nid{end e}"
              + Rows.EDGE_JOINS
              + "WHERE {live}",
          "");
  static final Sql EDGES_IN =
      edge(
          EDGE_FROM
              + IDS
              + "{join {e} e{in}}e.gid = ?1 AND e.dst = i.nid{end e}"
              + Rows.EDGE_JOINS
              + "WHERE {live}",
          "");
  static final Sql EDGES_OUT_TYPED =
      edge(
          EDGE_FROM
              + IDS
              + TYPES
              + "{join {e} e{out}}e.gid = ?1 AND e.src = i.nid AND e.type = z.tid{end e}"
              + Rows.EDGE_JOINS
              + "WHERE {live}",
          "");
  static final Sql EDGES_IN_TYPED =
      edge(
          EDGE_FROM
              + IDS
              + TYPES
              + "{join {e} e{in}}e.gid = ?1 AND e.dst = i.nid AND e.type = z.tid{end e}"
              + Rows.EDGE_JOINS
              + "WHERE {live}",
          "");
  static final Sql BIDIRECTIONAL_OUT = EDGES_OUT.bidirectional();
  static final Sql BIDIRECTIONAL_IN = EDGES_IN.bidirectional();
  static final Sql BIDIRECTIONAL_OUT_TYPED = EDGES_OUT_TYPED.bidirectional();
  static final Sql BIDIRECTIONAL_IN_TYPED = EDGES_IN_TYPED.bidirectional();

  /** Parameter 3 has texts of source, target and type, the former in 32 digits each. */
  static final Sql EDGES_OF_SHAPE =
      edge(
          EDGE_FROM
              + "{each 3 j}"
              + " {join ident s}s.gid = ?1 AND s.id = {unhex substr(j.value,1,32)}{end s}"
              + " {join ident t}t.gid = ?1 AND t.id = {unhex substr(j.value,33,32)}{end t}"
              + " {join edge_type y}y.name = substr(j.value, 65){end y}"
              + " {join {e} e{out}}e.gid = ?1 AND e.src = s.nid AND e.type = y.tid"
              + " AND e.dst = t.nid{end e} WHERE {live}",
          "");

  static final Sql ALL_EDGES =
      edge(EDGE_FROM + "{e} e" + Rows.EDGE_JOINS + "WHERE e.gid = ?1 AND {live}", "");
  static final Sql DEGREE_OUT =
      edge(
          "SELECT count(*) FROM ident i {join {e} e{out}}e.gid = ?1 AND e.src = i.nid{end e}"
              + " WHERE i.gid = ?1 AND i.id = ?3 AND {live}",
          "");
  static final Sql DEGREE_IN =
      edge(
          "SELECT count(*) FROM ident i {join {e} e{in}}e.gid = ?1 AND e.dst = i.nid{end e}"
              + " WHERE i.gid = ?1 AND i.id = ?3 AND {live}",
          "");

  /** Current nodes are read from an index, which is all of them without what they hold. */
  static final Sql SHAPE_NODES =
      new Sql(
          "SELECT nid, id FROM node {by node_created} WHERE gid = ?1 AND ?2 >= 0",
          node("SELECT nid, id FROM {n} n WHERE n.gid = ?1 AND {live}", "").asOf);

  /** Source, target, and in one number: type, whether it has a weight but 1, direction. */
  static final Sql SHAPE_EDGES =
      edge(
          "SELECT src, dst, 4 * type + CASE WHEN weight <> 1 THEN 2 ELSE 0 END + directed, weight"
              + " FROM {e} e WHERE e.gid = ?1 AND {live}",
          "");

  private static final String CATEGORY_FROM =
      "SELECT " + Rows.CATEGORY + " FROM {c} c WHERE c.gid = ?1 AND {live}";
  static final Sql CATEGORIES = of(CATEGORY_FROM, CATEGORY_FROM, "{c}", "category", "c", "");
  static final String NODE_HISTORY =
      NODE_FROM.replace(" FROM ", ", n.from_seq, {to} FROM ")
          + "ident i {join {n} n}n.gid = ?1 AND n.nid = i.nid{end n}"
          + " WHERE i.gid = ?1 AND i.id = ?2";
  static final String EDGE_HISTORY =
      EDGE_FROM.replace(" FROM ", ", e.from_seq, {to} FROM ")
          + "{e} e"
          + Rows.EDGE_JOINS
          + "WHERE e.gid = ?1 AND e.id = ?2";
  static final String READ_LOG =
      "SELECT seq, time_us, actor, cmd_id, corr, caus, codec, crc32c, payload FROM log"
          + " WHERE gid = ? AND seq > ? ORDER BY seq LIMIT ?";

  /** Numbers of graphs only grow. */
  static final String LOGS =
      "SELECT owner, id FROM graph WHERE gid > ? AND seq > 0 ORDER BY gid LIMIT ?";

  /** Times in a log only grow, so halving finds the place: no index has to be kept for it. */
  static final String SEQUENCE_AT =
      "WITH RECURSIVE half(low, high) AS (SELECT 0 * seq, seq FROM graph WHERE gid = ?1 UNION ALL"
          + " SELECT CASE WHEN l.time_us <= ?2 THEN l.seq ELSE low END,"
          + " CASE WHEN l.time_us <= ?2 THEN high ELSE l.seq - 1 END"
          + " FROM half {join log l}l.gid = ?1 AND l.seq = (low + high + 1) / 2{end l}"
          + " WHERE low < high) SELECT low FROM half WHERE low = high";

  static final String NUMBERS =
      "SELECT i.nid, i.id FROM {each 2 j} {join ident i}i.gid = ?1 AND i.id = {unhex j.value}{end"
          + " i}";

  /** Whether there ever was a node of an id, or of one above it. */
  static final String NODES_FROM = "SELECT 1 FROM ident WHERE gid = ?1 AND id >= ?2 LIMIT 1";

  /** The same for edges. */
  static final String EDGES_FROM =
      "SELECT 1 FROM edge WHERE gid = ?1 AND id >= ?2"
          + " UNION ALL SELECT 1 FROM edge_hist WHERE gid = ?1 AND id >= ?2"
          + " UNION ALL SELECT 1 FROM edge_passed WHERE gid = ?1 AND id >= ?2 LIMIT 1";

  static final String USED_NODES =
      "SELECT i.id FROM {each 2 j} {join ident i}i.gid = ?1 AND i.id = {unhex j.value}{end i}";
  static final String USED_EDGES =
      "SELECT e.id FROM {each 2 j} {join edge e}e.gid = ?1 AND e.id = {unhex j.value}{end e}"
          + " UNION SELECT e.id FROM {each 2 j}"
          + " {join edge_hist e}e.gid = ?1 AND e.id = {unhex j.value}{end e}"
          + " UNION SELECT e.id FROM {each 2 j}"
          + " {join edge_passed e}e.gid = ?1 AND e.id = {unhex j.value}{end e}";

  /** The same read of edges, of those only that count in every direction. */
  private Sql bidirectional() {
    String condition = "WHERE e.directed = 0 AND ";
    return new Sql(latest.replace("WHERE ", condition), asOf.replace("WHERE ", condition));
  }

  String at(long at) {
    return at == Long.MAX_VALUE ? latest : asOf;
  }

  static Sql node(String template, String order) {
    return of(template, template, "{n}", "node", "n", order);
  }

  static Sql edge(String template, String order) {
    // Without being told, SQLite would rather go through all edges of a graph, or all there were.
    String told = template.replace("{out}", "").replace("{in}", " INDEXED BY edge_in");
    String toldOfHistory =
        template
            .replace("{out}", " INDEXED BY edge_hist_out")
            .replace("{in}", " INDEXED BY edge_hist_in");
    return of(told, toldOfHistory, "{e}", "edge", "e", order);
  }

  private static Sql of(
      String template, String ofHistory, String place, String table, String alias, String order) {
    String old = alias + ".from_seq <= ?2";
    return new Sql(
        template.replace(place, table).replace("{live}", "?2 >= 0") + order,
        template.replace(place, table).replace("{live}", old)
            + " UNION ALL "
            + ofHistory
                .replace(place, table + "_hist")
                .replace("{live}", old + " AND " + alias + ".to_seq > ?2")
            + order);
  }

  static String history(String template, String table, String place, String alias) {
    return template.replace(place, table + "_hist").replace("{to}", alias + ".to_seq")
        + " UNION ALL "
        + template.replace(place, table).replace("{to}", String.valueOf(Long.MAX_VALUE));
  }

  /** The reads whose plans are worth looking at, by name. */
  static Map<String, String> important() {
    var all = new LinkedHashMap<String, String>();
    all.put("nodes", NODES.latest);
    all.put("nodes as of", NODES.asOf);
    all.put("nodes by key", NODES_BY_KEY.latest);
    all.put("nodes by title", NODES_BY_TITLE.latest);
    all.put("edges", EDGES.latest);
    all.put("edges as of", EDGES.asOf);
    all.put("edges out", EDGES_OUT.latest);
    all.put("edges out as of", EDGES_OUT.asOf);
    all.put("edges out by type", EDGES_OUT_TYPED.latest);
    all.put("edges in", EDGES_IN.latest);
    all.put("edges in as of", EDGES_IN.asOf);
    all.put("edges in by type", EDGES_IN_TYPED.latest);
    all.put("edges of a shape", EDGES_OF_SHAPE.latest);
    all.put("edges of a shape as of", EDGES_OF_SHAPE.asOf);
    all.put("degree out", DEGREE_OUT.latest);
    all.put("degree in", DEGREE_IN.latest);
    all.put("log", READ_LOG);
    all.put("sequence at", SEQUENCE_AT);
    all.put("nodes from", NODES_FROM);
    all.put("edges from", EDGES_FROM);
    all.put("used nodes", USED_NODES);
    all.put("used edges", USED_EDGES);
    all.put("node history", history(NODE_HISTORY, "node", "{n}", "n"));
    all.put("edge history", history(EDGE_HISTORY, "edge", "{e}", "e"));
    return all;
  }
}
