package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.ShapeSink;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Objects;

/** Reads the shape of a graph, on one state of the store: numbers of nodes instead of their ids. */
final class ShapeReads {
  private ShapeReads() {}

  static int all(Db db, long gid, long at, ShapeSink sink) throws SQLException {
    try (var row = db.bind(Sql.SHAPE_NODES.at(at), gid, at).executeQuery()) {
      while (row.next()) {
        sink.node(Math.toIntExact(row.getLong(1)), new NodeId(Codec.uuid(row.getBytes(2))));
      }
    }
    var types = new HashMap<Integer, EdgeType>();
    try (var row = db.bind("SELECT tid, name FROM edge_type").executeQuery()) {
      while (row.next()) {
        types.put(row.getInt(1), EdgeType.of(row.getString(2)));
      }
    }
    try (var row = db.bind(Sql.SHAPE_EDGES.at(at), gid, at).executeQuery()) {
      while (row.next()) {
        long target = row.getLong(2);
        long flags = row.getLong(3);
        sink.edge(
            Math.toIntExact(row.getLong(1)),
            Math.toIntExact(target),
            Objects.requireNonNull(types.get((int) (flags >> 2)), "a type that edges have"),
            (flags & 1) != 0,
            (flags & 2) == 0 ? 1 : row.getDouble(4));
      }
    }
    return 0;
  }
}
