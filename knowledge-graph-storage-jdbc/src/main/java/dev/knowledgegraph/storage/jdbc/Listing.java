package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists, page by page: each page starts after the sort value and the id where the last ended. */
final class Listing {
  static final Sql TYPE_COUNTS =
      Sql.edge(
          "SELECT y.name, q.count FROM (SELECT e.type AS type, count(*) AS count FROM {e} e WHERE"
              + " e.gid = ?1 AND {live} GROUP BY e.type) q JOIN edge_type y ON y.tid = q.type",
          "");
  private static final String UPDATED = "coalesce(n.updated_us, n.created_us)";
  private static final String DEGREE =
      "((SELECT count(*) FROM edge o WHERE o.gid = ?1 AND o.src = n.nid)"
          + " + (SELECT count(*) FROM edge o WHERE o.gid = ?1 AND o.dst = n.nid))";

  private Listing() {}

  /** Where a page ended. The value is a number or a text. */
  private record Place(String value, UUID id) {
    String cursor() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((value + Codec.hex(id)).getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable Place parse(@Nullable String cursor) {
      if (cursor == null) {
        return null;
      }
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int split = text.length() - 32;
      if (split < 0) {
        throw wrongPlace();
      }
      return new Place(
          text.substring(0, split), Codec.uuid(HexFormat.of().parseHex(text.substring(split))));
    }

    Object key(boolean number) {
      try {
        return number ? (Object) Long.valueOf(value) : value;
      } catch (NumberFormatException e) {
        throw wrongPlace();
      }
    }

    private static IllegalArgumentException wrongPlace() {
      return new IllegalArgumentException(
          "page start: expected one from a page, found something else");
    }
  }

  static Page<Node> nodes(
      Db db, long gid, GraphId graph, NodeFilter filter, NodeSort sort, Page.Request page, long at)
      throws SQLException {
    if (at != Long.MAX_VALUE || !filter.properties().isEmpty()) {
      return filtered(db, gid, graph, filter, sort, page, at);
    }
    var values = new ArrayList<@Nullable Object>();
    values.add(gid);
    String where = " FROM node n WHERE n.gid = ?1" + conditions(filter, values);
    long total;
    try (var row = db.bind("SELECT count(*)" + where, values.toArray()).executeQuery()) {
      total = row.next() ? row.getLong(1) : 0;
    }
    boolean number = sort.by() != NodeSort.By.TITLE;
    String key =
        switch (sort.by()) {
          case CREATED -> "n.created_us";
          case UPDATED -> UPDATED;
          case TITLE -> "n.title";
          case DEGREE -> DEGREE;
        };
    where += after(key, "n.id", sort.descending(), page, number, values);
    String sql =
        "SELECT "
            + Rows.NODE
            + ", "
            + key
            + " AS sk"
            + where
            + " ORDER BY "
            + key
            + (sort.descending() ? " DESC" : "")
            + ", n.id LIMIT "
            + (page.size() + 1);
    var found = new ArrayList<Node>();
    var keys = new ArrayList<String>();
    try (var row = db.bind(sql, values.toArray()).executeQuery()) {
      while (row.next()) {
        found.add(Rows.node(row, graph));
        keys.add(row.getString(Rows.NODE_COLUMNS + 1));
      }
    }
    return page(found, keys, node -> node.id().value(), page.size(), total);
  }

  private static <T> Page<T> page(
      List<T> found, List<String> keys, Function<T, UUID> id, int size, long total) {
    if (found.size() <= size) {
      return new Page<>(found, total, null);
    }
    return new Page<>(
        found.subList(0, size),
        total,
        new Place(keys.get(size - 1), id.apply(found.get(size - 1))).cursor());
  }

  private static String after(
      String key,
      String id,
      boolean descending,
      Page.Request page,
      boolean number,
      List<@Nullable Object> values) {
    Place place = Place.parse(page.after());
    if (place == null) {
      return "";
    }
    String value = bind(values, place.key(number));
    String last = bind(values, Codec.bytes(place.id()));
    return descending
        ? " AND " + key + " <= " + value + " AND (" + key + " < " + value + " OR " + id + " > "
            + last + ")"
        : " AND (" + key + ", " + id + ") > (" + value + ", " + last + ")";
  }

  private static String bind(List<@Nullable Object> values, @Nullable Object value) {
    values.add(value);
    return "?" + values.size();
  }

  /** A table with a row for each text. */
  private static String each(
      List<@Nullable Object> values, Collection<String> texts, String alias) {
    values.add(Codec.array(texts));
    return "{each " + values.size() + " " + alias + "}";
  }

  private static String conditions(NodeFilter filter, List<@Nullable Object> values) {
    var where = new StringBuilder();
    for (String label : filter.labels()) {
      where.append(term(0, "= " + bind(values, label)));
    }
    List<String> tags = filter.tags().stream().map(Tags::fold).toList();
    if (filter.anyTag() && !tags.isEmpty()) {
      where.append(term(1, "IN (SELECT j.value FROM " + each(values, tags, "j") + ")"));
    } else {
      for (String tag : tags) {
        where.append(term(1, "= " + bind(values, tag)));
      }
    }
    CategoryId category = filter.category();
    if (category != null) {
      where.append(term(2, "= " + bind(values, Codec.hex(category.value()))));
    }
    if (!filter.status().isEmpty()) {
      List<String> names = filter.status().stream().map(Enum::name).toList();
      where.append(" AND n.status IN (SELECT j.value FROM " + each(values, names, "j") + ")");
    }
    bound(where, "n.created_us >= ", filter.createdFrom(), values);
    bound(where, "n.created_us < ", filter.createdTo(), values);
    bound(where, UPDATED + " >= ", filter.updatedFrom(), values);
    bound(where, UPDATED + " < ", filter.updatedTo(), values);
    return where.toString();
  }

  private static String term(int kind, String condition) {
    return " AND n.nid IN (SELECT x.nid FROM node_term x WHERE x.gid = ?1 AND x.kind = "
        + kind
        + " AND x.term "
        + condition
        + ")";
  }

  private static void bound(
      StringBuilder where,
      String comparison,
      @Nullable Instant time,
      List<@Nullable Object> values) {
    if (time != null) {
      // Stored times are whole microseconds: one within a microsecond bounds like its end.
      long micros = Codec.clampedMicros(time);
      boolean whole = micros == Long.MAX_VALUE || LogFormat.instant(micros).equals(time);
      where.append(" AND ").append(comparison).append(bind(values, whole ? micros : micros + 1));
    }
  }

  /** The same for what SQL cannot say: all rows are read. */
  private static Page<Node> filtered(
      Db db, long gid, GraphId graph, NodeFilter filter, NodeSort sort, Page.Request page, long at)
      throws SQLException {
    var all = new ArrayList<Node>();
    try (var row = db.bind(Sql.ALL_NODES.at(at), gid, at).executeQuery()) {
      while (row.next()) {
        Node node = Rows.node(row, graph);
        if (filter.matches(node)) {
          all.add(node);
        }
      }
    }
    Map<NodeId, Long> degrees = sort.by() == NodeSort.By.DEGREE ? degrees(db, gid, at) : Map.of();
    Function<Node, String> key =
        node ->
            switch (sort.by()) {
              case CREATED -> Long.toString(LogFormat.micros(node.created()));
              case UPDATED -> Long.toString(LogFormat.micros(node.updated()));
              case TITLE -> node.title();
              case DEGREE -> Long.toString(degrees.getOrDefault(node.id(), 0L));
            };
    Comparator<String> byKey =
        sort.by() == NodeSort.By.TITLE
            ? NodeSort.byCodePoint()
            : Comparator.comparingLong(Long::parseLong);
    return inMemory(
        all, key, sort.descending() ? byKey.reversed() : byKey, n -> n.id().value(), page);
  }

  private static <T> Page<T> inMemory(
      List<T> all,
      Function<T, String> key,
      Comparator<String> byKey,
      Function<T, UUID> id,
      Page.Request page) {
    Comparator<Place> order =
        Comparator.comparing(Place::value, byKey).thenComparing(place -> Codec.hex(place.id()));
    record Placed<E>(Place place, E item) {}
    Place last = Place.parse(page.after());
    var rest =
        all.stream()
            .map(item -> new Placed<>(new Place(key.apply(item), id.apply(item)), item))
            .filter(placed -> last == null || order.compare(placed.place, last) > 0)
            .sorted(Comparator.comparing(Placed::place, order))
            .limit(page.size() + 1L)
            .toList();
    return page(
        rest.stream().map(Placed::item).toList(),
        rest.stream().map(placed -> placed.place.value).toList(),
        id,
        page.size(),
        all.size());
  }

  private static Map<NodeId, Long> degrees(Db db, long gid, long at) throws SQLException {
    var degrees = new HashMap<NodeId, Long>();
    try (var row = db.bind(Sql.ALL_EDGES.at(at), gid, at).executeQuery()) {
      while (row.next()) {
        degrees.merge(new NodeId(Codec.uuid(row.getBytes(2))), 1L, Long::sum);
        degrees.merge(new NodeId(Codec.uuid(row.getBytes(4))), 1L, Long::sum);
      }
    }
    return degrees;
  }

  static Page<Edge> edges(
      Db db, long gid, GraphId graph, EdgeFilter filter, Page.Request page, long at)
      throws SQLException {
    NodeId node = filter.node();
    if (node != null) {
      return inMemory(
          EdgeReads.of(db, gid, graph, Set.of(node), filter.direction(), filter.types(), at),
          edge -> Long.toString(LogFormat.micros(edge.created())),
          Comparator.comparingLong(Long::parseLong),
          edge -> edge.id().value(),
          page);
    }
    var values = new ArrayList<@Nullable Object>();
    values.add(gid);
    values.add(at);
    String where = " WHERE e.gid = ?1 AND {live}";
    if (!filter.types().isEmpty()) {
      List<String> names = filter.types().stream().map(EdgeType::name).toList();
      where +=
          " AND e.type IN (SELECT z.tid FROM "
              + each(values, names, "k")
              + " JOIN edge_type z ON z.name = k.value)";
    }
    long total = 0;
    String count = Sql.edge("SELECT count(*) FROM {e} e" + where, "").at(at);
    try (var row = db.bind(count, values.toArray()).executeQuery()) {
      while (row.next()) {
        total += row.getLong(1);
      }
    }
    where += after("e.created_us", "e.id", false, page, true, values);
    String sql =
        Sql.edge(
                "SELECT " + Rows.EDGE + " FROM {e} e" + Rows.EDGE_JOINS + where,
                " ORDER BY created_us, id LIMIT " + (page.size() + 1))
            .at(at);
    var found = new ArrayList<Edge>();
    try (var row = db.bind(sql, values.toArray()).executeQuery()) {
      while (row.next()) {
        found.add(Rows.edge(row, graph));
      }
    }
    List<String> keys =
        found.stream().map(edge -> Long.toString(LogFormat.micros(edge.created()))).toList();
    return page(found, keys, edge -> edge.id().value(), page.size(), total);
  }
}
