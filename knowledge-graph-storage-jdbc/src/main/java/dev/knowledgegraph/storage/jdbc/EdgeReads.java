package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Revision;
import dev.knowledgegraph.spi.EdgeShape;
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

/** Reads of edges, within a graph and on one state of the store. */
final class EdgeReads {
  private static final Comparator<Edge> BY_IDENTITY =
      Comparator.comparing(Edge::source)
          .thenComparing(edge -> edge.type().name(), NodeSort.byCodePoint())
          .thenComparing(Edge::target)
          .thenComparing(edge -> edge.data().discriminator().value(), NodeSort.byCodePoint());

  private EdgeReads() {}

  static Set<EdgeId> used(Db db, long gid, Collection<EdgeId> ids) throws SQLException {
    // New ids are above all that are there: then one look is enough.
    if (ids.isEmpty()
        || db.number(Sql.EDGES_FROM, gid, Codec.bytes(Collections.min(ids).value())) == 0) {
      return Set.of();
    }
    var used = new HashSet<EdgeId>();
    for (List<EdgeId> part : db.parts(ids)) {
      try (var row = db.bind(Sql.USED_EDGES, gid, ids(part)).executeQuery()) {
        while (row.next()) {
          used.add(new EdgeId(Codec.uuid(row.getBytes(1))));
        }
      }
    }
    return used;
  }

  static Map<EdgeId, Edge> byId(Db db, long gid, GraphId graph, Collection<EdgeId> ids, long at)
      throws SQLException {
    var byId = new LinkedHashMap<EdgeId, Edge>();
    for (List<EdgeId> part : db.parts(ids)) {
      for (Edge edge : rows(db, graph, Sql.EDGES.at(at), gid, at, ids(part))) {
        byId.put(edge.id(), edge);
      }
    }
    return byId;
  }

  static List<Edge> ofShape(Db db, long gid, GraphId graph, Collection<EdgeShape> shapes, long at)
      throws SQLException {
    var found = new ArrayList<Edge>();
    for (List<String> part : db.parts(shapes.stream().distinct().map(EdgeReads::text).toList())) {
      found.addAll(rows(db, graph, Sql.EDGES_OF_SHAPE.at(at), gid, at, Codec.array(part)));
    }
    found.sort(BY_IDENTITY);
    return found;
  }

  private static String text(EdgeShape shape) {
    return Codec.hex(shape.source().value())
        + Codec.hex(shape.target().value())
        + shape.type().name();
  }

  static int degree(Db db, long gid, NodeId node, long at) throws SQLException {
    int degree = 0;
    for (Sql sql : List.of(Sql.DEGREE_OUT, Sql.DEGREE_IN)) {
      try (var row = db.bind(sql.at(at), gid, at, Codec.bytes(node.value())).executeQuery()) {
        while (row.next()) {
          degree += row.getInt(1);
        }
      }
    }
    return degree;
  }

  static int each(Db db, long gid, GraphId graph, long at, Consumer<Edge> action)
      throws SQLException {
    try (var row = db.bind(Sql.ALL_EDGES.at(at), gid, at).executeQuery()) {
      while (row.next()) {
        action.accept(Rows.edge(row, graph));
      }
    }
    return 0;
  }

  static List<Revision<Edge>> history(Db db, long gid, GraphId graph, EdgeId id)
      throws SQLException {
    var history = new ArrayList<Revision<Edge>>();
    String sql = Sql.history(Sql.EDGE_HISTORY, "edge", "{e}", "e");
    try (var row = db.bind(sql, gid, Codec.bytes(id.value())).executeQuery()) {
      while (row.next()) {
        history.add(
            new Revision<>(
                Rows.edge(row, graph),
                row.getLong(Rows.EDGE_COLUMNS + 1),
                row.getLong(Rows.EDGE_COLUMNS + 2)));
      }
    }
    history.sort(Comparator.comparingLong(Revision::from));
    return history;
  }

  static List<Edge> of(
      Db db,
      long gid,
      GraphId graph,
      Collection<NodeId> nodes,
      Direction direction,
      Collection<EdgeType> types,
      long at)
      throws SQLException {
    String names =
        types.isEmpty()
            ? null
            : Codec.array(types.stream().map(EdgeType::name).distinct().toList());
    var found = new LinkedHashMap<EdgeId, Edge>();
    for (Sql side : List.of(out(direction, names != null), in(direction, names != null))) {
      for (Edge edge : ends(db, gid, graph, side, nodes, names, at)) {
        found.put(edge.id(), edge);
      }
    }
    var sorted = new ArrayList<>(found.values());
    sorted.sort(BY_IDENTITY);
    return sorted;
  }

  private static Sql out(Direction direction, boolean isTyped) {
    return direction == Direction.INCOMING
        ? isTyped ? Sql.BIDIRECTIONAL_OUT_TYPED : Sql.BIDIRECTIONAL_OUT
        : isTyped ? Sql.EDGES_OUT_TYPED : Sql.EDGES_OUT;
  }

  private static Sql in(Direction direction, boolean isTyped) {
    return direction == Direction.OUTGOING
        ? isTyped ? Sql.BIDIRECTIONAL_IN_TYPED : Sql.BIDIRECTIONAL_IN
        : isTyped ? Sql.EDGES_IN_TYPED : Sql.EDGES_IN;
  }

  static List<Edge> from(Db db, long gid, GraphId graph, Collection<NodeId> sources, long at)
      throws SQLException {
    List<Edge> found = ends(db, gid, graph, Sql.EDGES_OUT, sources, null, at);
    found.sort(BY_IDENTITY);
    return found;
  }

  private static List<Edge> ends(
      Db db,
      long gid,
      GraphId graph,
      Sql sql,
      Collection<NodeId> nodes,
      @Nullable String names,
      long at)
      throws SQLException {
    var found = new ArrayList<Edge>();
    for (List<NodeId> part : db.parts(nodes)) {
      String ends = Codec.ids(part.stream().map(NodeId::value));
      found.addAll(
          names == null
              ? rows(db, graph, sql.at(at), gid, at, ends)
              : rows(db, graph, sql.at(at), gid, at, ends, names));
    }
    return found;
  }

  private static List<Edge> rows(Db db, GraphId graph, String sql, @Nullable Object... values)
      throws SQLException {
    var found = new ArrayList<Edge>();
    try (var row = db.bind(sql, values).executeQuery()) {
      while (row.next()) {
        found.add(Rows.edge(row, graph));
      }
    }
    return found;
  }

  private static String ids(Collection<EdgeId> ids) {
    return Codec.ids(ids.stream().map(EdgeId::value));
  }
}
