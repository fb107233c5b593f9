package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.query.Revision;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads of nodes, within a graph and on one state of the store. */
final class NodeReads {
  private NodeReads() {}

  static Map<NodeId, Node> byId(Db db, long gid, GraphId graph, Collection<NodeId> ids, long at)
      throws SQLException {
    var byId = new LinkedHashMap<NodeId, Node>();
    for (List<NodeId> part : db.parts(ids)) {
      for (Node node : rows(db, graph, Sql.NODES.at(at), gid, at, ids(part))) {
        byId.put(node.id(), node);
      }
    }
    return byId;
  }

  static Map<NodeKey, Node> byKey(Db db, long gid, GraphId graph, Collection<NodeKey> keys, long at)
      throws SQLException {
    var byKey = new LinkedHashMap<NodeKey, Node>();
    for (List<String> part : db.parts(keys.stream().map(NodeKey::value).distinct().toList())) {
      String json = Codec.array(part);
      for (Node node : rows(db, graph, Sql.NODES_BY_KEY.at(at), gid, at, json)) {
        node.key().ifPresent(key -> byKey.put(key, node));
      }
    }
    return byKey;
  }

  static Set<NodeId> used(Db db, long gid, Collection<NodeId> ids) throws SQLException {
    // New ids are above all that are there: then one look is enough.
    if (ids.isEmpty()
        || db.number(Sql.NODES_FROM, gid, Codec.bytes(Collections.min(ids).value())) == 0) {
      return Set.of();
    }
    var used = new HashSet<NodeId>();
    for (List<NodeId> part : db.parts(ids)) {
      try (var row = db.bind(Sql.USED_NODES, gid, ids(part)).executeQuery()) {
        while (row.next()) {
          used.add(new NodeId(Codec.uuid(row.getBytes(1))));
        }
      }
    }
    return used;
  }

  static int each(Db db, long gid, GraphId graph, long at, Consumer<Node> action)
      throws SQLException {
    try (var row = db.bind(Sql.ALL_NODES.at(at), gid, at).executeQuery()) {
      while (row.next()) {
        action.accept(Rows.node(row, graph));
      }
    }
    return 0;
  }

  static List<Revision<Node>> history(Db db, long gid, GraphId graph, NodeId id)
      throws SQLException {
    var history = new ArrayList<Revision<Node>>();
    String sql = Sql.history(Sql.NODE_HISTORY, "node", "{n}", "n");
    try (var row = db.bind(sql, gid, Codec.bytes(id.value())).executeQuery()) {
      while (row.next()) {
        history.add(
            new Revision<>(
                Rows.node(row, graph),
                row.getLong(Rows.NODE_COLUMNS + 1),
                row.getLong(Rows.NODE_COLUMNS + 2)));
      }
    }
    history.sort(Comparator.comparingLong(Revision::from));
    return history;
  }

  static List<Node> byTitle(Db db, long gid, GraphId graph, String title, int limit, long at)
      throws SQLException {
    return rows(db, graph, Sql.NODES_BY_TITLE.at(at), gid, at, Codec.stored(title), limit);
  }

  private static List<Node> rows(Db db, GraphId graph, String sql, @Nullable Object... values)
      throws SQLException {
    var found = new ArrayList<Node>();
    try (var row = db.bind(sql, values).executeQuery()) {
      while (row.next()) {
        found.add(Rows.node(row, graph));
      }
    }
    return found;
  }

  private static String ids(Collection<NodeId> ids) {
    return Codec.ids(ids.stream().map(NodeId::value));
  }
}
