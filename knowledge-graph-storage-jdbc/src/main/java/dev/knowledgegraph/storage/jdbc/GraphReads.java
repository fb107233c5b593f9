package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.Counts;
import dev.knowledgegraph.query.NodeSort;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads of a graph as a whole: settings, categories, counts. */
final class GraphReads {
  static final String GRAPH =
      "SELECT id, owner, data, is_default, created_us, updated_us, ver FROM graph WHERE live = 1 ";

  private GraphReads() {}

  static Optional<Graph> at(Db db, long gid, long at) throws SQLException {
    try (var row = db.bind(GRAPH + "AND gid = ? AND from_seq <= ?", gid, at).executeQuery()) {
      if (row.next()) {
        return Optional.of(Rows.graph(row));
      }
    }
    if (at == Long.MAX_VALUE) {
      return Optional.empty();
    }
    try (var row =
        db.bind(
                "SELECT g.id, g.owner, h.data, h.is_default, h.created_us, h.updated_us,"
                    + " h.ver FROM graph_hist h JOIN graph g ON g.gid = h.gid"
                    + " WHERE h.gid = ?1 AND h.from_seq <= ?2 AND h.to_seq > ?2",
                gid,
                at)
            .executeQuery()) {
      return row.next() ? Optional.of(Rows.graph(row)) : Optional.empty();
    }
  }

  static List<Category> categories(Db db, long gid, GraphId graph, long at) throws SQLException {
    var found = new ArrayList<Category>();
    try (var row = db.bind(Sql.CATEGORIES.at(at), gid, at).executeQuery()) {
      while (row.next()) {
        found.add(Rows.category(row, graph));
      }
    }
    found.sort(
        Comparator.comparing(Category::title, NodeSort.byCodePoint()).thenComparing(Category::id));
    return found;
  }

  static Counts counts(Db db, long gid, GraphId graph, long at) throws SQLException {
    var labels = new TreeMap<String, Long>(NodeSort.byCodePoint());
    var tags = new TreeMap<String, Long>(NodeSort.byCodePoint());
    var byType = new TreeMap<String, Long>(NodeSort.byCodePoint());
    long nodeCount = 0;
    if (at == Long.MAX_VALUE) {
      nodeCount = db.number("SELECT count(*) FROM node WHERE gid = ?", gid);
      try (var row =
          db.bind(
                  "SELECT kind, term, count(*) FROM node_term WHERE gid = ? AND kind < 2"
                      + " GROUP BY kind, term",
                  gid)
              .executeQuery()) {
        while (row.next()) {
          (row.getInt(1) == 0 ? labels : tags).put(row.getString(2), row.getLong(3));
        }
      }
    } else {
      try (var row = db.bind(Sql.ALL_NODES.at(at), gid, at).executeQuery()) {
        while (row.next()) {
          nodeCount++;
          Node node = Rows.node(row, graph);
          node.labels().forEach(label -> labels.merge(label, 1L, Long::sum));
          node.tags().folded().forEach(tag -> tags.merge(tag, 1L, Long::sum));
        }
      }
    }
    long edgeCount = 0;
    try (var row = db.bind(Listing.TYPE_COUNTS.at(at), gid, at).executeQuery()) {
      while (row.next()) {
        byType.merge(row.getString(1), row.getLong(2), Long::sum);
        edgeCount += row.getLong(2);
      }
    }
    return new Counts(nodeCount, edgeCount, labels, tags, byType);
  }
}
