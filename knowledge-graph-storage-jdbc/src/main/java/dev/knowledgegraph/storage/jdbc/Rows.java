package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.json.ValueJson;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns, and the elements they hold. */
final class Rows {
  static final String NODE =
      "n.id AS id, n.key, n.title AS title, n.body, n.format, n.labels, n.tags, n.x, n.y, n.z,"
          + " n.props, n.status, n.source, n.categories, n.created_us AS created_us,"
          + " coalesce(n.updated_us, n.created_us) AS updated_us, n.ver";
  static final int NODE_COLUMNS = 17;

  static final String EDGE =
      "e.id AS id, s.id AS sid, y.name AS type, t.id AS tid, e.disc, e.weight, e.directed,"
          + " e.label, e.props, e.origin, e.method, e.confidence, e.reason,"
          + " e.created_us AS created_us, coalesce(e.updated_us, e.created_us), e.ver";
  static final int EDGE_COLUMNS = 16;

  /** The ends and the type of an edge {@code e}. */
  static final String EDGE_JOINS =
      " {join ident s}s.gid = ?1 AND s.nid = e.src{end s}"
          + " {join ident t}t.gid = ?1 AND t.nid = e.dst{end t}"
          + " {join edge_type y}y.tid = e.type{end y} ";

  static final String CATEGORY = "c.id, c.data, c.created_us, c.updated_us, c.ver";

  private Rows() {}

  static Node node(ResultSet row, GraphId graph) throws SQLException {
    String key = row.getString(2);
    double x = row.getDouble(8);
    Coordinates position =
        row.wasNull() ? null : new Coordinates(x, row.getDouble(9), row.getDouble(10));
    String source = row.getString(13);
    String categories = row.getString(14);
    List<String> labels = Codec.parseTexts(row.getString(6));
    List<String> tags = Codec.parseTexts(row.getString(7));
    return new Node(
        new NodeId(Codec.uuid(row.getBytes(1))),
        graph,
        new NodeData(
            key == null ? null : new NodeKey(key),
            labels.isEmpty() ? Labels.none() : new Labels(labels),
            new Content(
                Codec.text(row.getString(3)),
                Codec.text(row.getString(4)),
                ContentFormat.valueOf(row.getString(5))),
            tags.isEmpty() ? Tags.none() : new Tags(tags),
            position,
            Codec.parseProperties(row.getString(11)),
            NodeStatus.valueOf(row.getString(12)),
            source == null ? null : Codec.text(source)),
        categories == null ? List.of() : ValueJson.parseCategorizations(categories),
        LogFormat.instant(row.getLong(15)),
        LogFormat.instant(row.getLong(16)),
        row.getLong(17));
  }

  static Edge edge(ResultSet row, GraphId graph) throws SQLException {
    String method = row.getString(11);
    double confidence = row.getDouble(12);
    boolean sure = row.wasNull();
    String reason = row.getString(13);
    return new Edge(
        new EdgeId(Codec.uuid(row.getBytes(1))),
        graph,
        new EdgeData(
            new NodeId(Codec.uuid(row.getBytes(2))),
            new NodeId(Codec.uuid(row.getBytes(4))),
            new EdgeType(row.getString(3)),
            Discriminator.of(Codec.text(row.getString(5))),
            row.getDouble(6),
            row.getInt(7) != 0,
            Codec.text(row.getString(8)),
            Codec.parseProperties(row.getString(9)),
            new Provenance(
                Origin.valueOf(row.getString(10)),
                method == null ? "" : Codec.text(method),
                sure ? 1 : confidence,
                reason == null ? "" : Codec.text(reason))),
        LogFormat.instant(row.getLong(14)),
        LogFormat.instant(row.getLong(15)),
        row.getLong(16));
  }

  static Category category(ResultSet row, GraphId graph) throws SQLException {
    return new Category(
        new CategoryId(Codec.uuid(row.getBytes(1))),
        graph,
        ValueJson.parseCategoryData(row.getString(2)),
        LogFormat.instant(row.getLong(3)),
        LogFormat.instant(row.getLong(4)),
        row.getLong(5));
  }

  /** Columns id, owner, data, is_default, created_us, updated_us, ver. */
  static Graph graph(ResultSet row) throws SQLException {
    return new Graph(
        new GraphId(Codec.uuid(row.getBytes(1))),
        new UserId(row.getString(2)),
        graphData(row.getString(3)),
        row.getInt(4) != 0,
        LogFormat.instant(row.getLong(5)),
        LogFormat.instant(row.getLong(6)),
        row.getLong(7));
  }

  private static GraphData graphData(String json) {
    try {
      return ValueJson.parseGraphData(json);
    } catch (IllegalArgumentException e) {
      // Looked up before it is known whether the caller may see the graph: nothing of it is told.
      throw new IntegrityException("STORE_DAMAGED", "the settings of a graph are damaged", null);
    }
  }

  static @Nullable Object[] nodeInCommon(long gid, Node node, long sequence) {
    NodeData data = node.data();
    return new @Nullable Object[] {
      gid,
      data.content().format().name(),
      data.status().name(),
      data.source() == null ? null : Codec.stored(data.source()),
      LogFormat.micros(node.created()),
      node.updated().equals(node.created()) ? null : LogFormat.micros(node.updated()),
      node.version(),
      sequence
    };
  }

  static @Nullable Object[] nodeOfItsOwn(long nid, Node node) {
    NodeData data = node.data();
    Coordinates at = data.position();
    NodeKey key = data.key();
    return new @Nullable Object[] {
      nid,
      Codec.bytes(node.id().value()),
      key == null ? null : key.value(),
      Codec.stored(data.content().title()),
      Codec.stored(data.content().body()),
      Codec.texts(data.labels().names()),
      Codec.texts(data.tags().names()),
      at == null ? null : at.x(),
      at == null ? null : at.y(),
      at == null ? null : at.z(),
      Codec.properties(data.properties()),
      node.categories().isEmpty() ? null : ValueJson.categorizations(node.categories())
    };
  }

  static @Nullable Object[] edgeInCommon(long gid, Edge edge, long sequence) {
    EdgeData data = edge.data();
    Provenance from = data.provenance();
    return new @Nullable Object[] {
      gid,
      data.directed(),
      Codec.stored(data.label()),
      from.origin().name(),
      from.method().isEmpty() ? null : Codec.stored(from.method()),
      from.confidence() == 1 ? null : from.confidence(),
      from.reason().isEmpty() ? null : Codec.stored(from.reason()),
      LogFormat.micros(edge.created()),
      edge.updated().equals(edge.created()) ? null : LogFormat.micros(edge.updated()),
      edge.version(),
      sequence
    };
  }

  static @Nullable Object[] edgeOfItsOwn(long source, long type, long target, Edge edge) {
    EdgeData data = edge.data();
    return new @Nullable Object[] {
      source,
      type,
      target,
      Codec.stored(data.discriminator().value()),
      Codec.bytes(edge.id().value()),
      data.weight(),
      Codec.properties(data.properties())
    };
  }
}
