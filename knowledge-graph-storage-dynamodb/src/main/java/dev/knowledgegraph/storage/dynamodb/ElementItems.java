package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.json.ValueJson;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.Receipt;
import java.time.Instant;
import java.util.List;

/** Items, and the elements they hold. */
final class ElementItems {
  /** Marks the version with which something ended. */
  static final String GONE = "gone";

  /** Marks, besides, what one commit both added and removed: it never was. */
  static final String PASSED = "passed";

  /** Marks an edge that can be followed both ways. */
  static final String BIDIRECTIONAL = "bidirectional";

  /** Of an edge: the name of its type. */
  static final String TYPE = "type";

  /** Of an edge: its weight, if that is not 1; a text, for the service knows fewer numbers. */
  static final String WEIGHT = "weight";

  /** Of an edge by id: where it is by source, without the sequence number. */
  static final String PLACE = "place";

  /** Marks settings before which the graph was its owner's default. */
  static final String WAS_DEFAULT = "wasDefault";

  /** Of a key: the node that took it. */
  static final String NODE = "node";

  /** Between a node and its categories; JSON never has it. */
  private static final char CATEGORIES = '\u0000';

  private ElementItems() {}

  static Item gone(Key key) {
    return Item.at(key).mark(GONE);
  }

  static boolean isLive(Item item) {
    return !item.has(GONE);
  }

  static List<Item> node(Keys keys, Node node, long sequence) {
    String body = ValueJson.nodeData(node.data());
    if (!node.categories().isEmpty()) {
      body += CATEGORIES + ValueJson.categorizations(node.categories());
    }
    Item item =
        dated(Item.at(keys.node(node.id(), sequence)), node.created(), node.updated())
            .number("version", node.version());
    return Bodies.put(keys, item, body);
  }

  static Node node(Item item, GraphId graph) {
    String body = Bodies.text(item);
    int end = body.indexOf(CATEGORIES);
    return new Node(
        new NodeId(Codec.uuid(item.key().sort())),
        graph,
        ValueJson.parseNodeData(end < 0 ? body : body.substring(0, end)),
        end < 0 ? List.of() : ValueJson.parseCategorizations(body.substring(end + 1)),
        created(item),
        updated(item),
        item.number("version"));
  }

  /** The edge by its source. */
  static List<Item> edge(Keys keys, Edge edge, long sequence) {
    Item item =
        dated(Item.at(keys.out(edge, sequence)), edge.created(), edge.updated())
            .number("version", edge.version())
            .text(TYPE, edge.type().name());
    if (!edge.directed()) {
      item = item.mark(BIDIRECTIONAL);
    }
    if (edge.weight() != 1) {
      item = item.text(WEIGHT, Double.toString(edge.weight()));
    }
    return Bodies.put(keys, item, ValueJson.edgeData(edge.data()));
  }

  /** Where the edge is, by its target. */
  static Item in(Keys keys, Edge edge, long sequence) {
    Item item = Item.at(keys.in(edge, sequence));
    return edge.directed() ? item : item.mark(BIDIRECTIONAL);
  }

  /** Where the edge is, by its id. */
  static Item byId(Keys keys, Edge edge, long sequence) {
    return Item.at(keys.edge(edge.id(), sequence)).text(PLACE, keys.out(edge, sequence).chain());
  }

  static Edge edge(Item item, GraphId graph) {
    return new Edge(
        edgeId(item),
        graph,
        ValueJson.parseEdgeData(Bodies.text(item)),
        created(item),
        updated(item),
        item.number("version"));
  }

  private static EdgeId edgeId(Item item) {
    String chain = item.key().chain();
    return new EdgeId(Codec.uuid(chain.substring(chain.length() - 33)));
  }

  /** Its source. */
  static NodeId source(Item edge) {
    return new NodeId(Codec.uuid(edge.key().sort()));
  }

  /** Its target. */
  static NodeId target(Item edge) {
    return new NodeId(Codec.uuid(edge.key().sort().split("#")[2]));
  }

  static EdgeType type(Item edge) {
    return EdgeType.of(edge.text(TYPE));
  }

  static double weight(Item edge) {
    return edge.has(WEIGHT) ? Double.parseDouble(edge.text(WEIGHT)) : 1;
  }

  static List<Item> category(Keys keys, Category category, long sequence) {
    Item item =
        dated(
                Item.at(keys.category(category.id(), sequence)),
                category.created(),
                category.updated())
            .number("version", category.version());
    return Bodies.put(keys, item, ValueJson.categoryData(category.data()));
  }

  static Category category(Item item, GraphId graph) {
    return new Category(
        new CategoryId(Codec.uuid(item.key().sort())),
        graph,
        ValueJson.parseCategoryData(Bodies.text(item)),
        created(item),
        updated(item),
        item.number("version"));
  }

  /**
   * The settings of a graph. Whether it is its owner's default is no part of them.
   *
   * @param wasDefault whether it was until then
   */
  static List<Item> settings(Keys keys, Graph graph, boolean wasDefault, long sequence) {
    Item item =
        dated(Item.at(keys.settings(sequence)), graph.created(), graph.updated())
            .number("version", graph.version());
    if (wasDefault) {
      item = item.mark(WAS_DEFAULT);
    }
    return Bodies.put(keys, item, ValueJson.graphData(graph.data()));
  }

  static Graph settings(Item item, GraphRef graph, boolean isDefault) {
    try {
      return new Graph(
          graph.id(),
          graph.owner(),
          ValueJson.parseGraphData(Bodies.text(item)),
          isDefault,
          created(item),
          updated(item),
          item.number("version"));
    } catch (IllegalArgumentException e) {
      // Looked up before it is known whether the caller may see the graph: nothing of it is told.
      throw new IntegrityException("STORE_DAMAGED", "the settings of a graph are damaged", null);
    }
  }

  static Item receipt(Keys keys, Receipt receipt, long sequence, Instant expires) {
    return Item.at(keys.receipt(receipt.idempotencyKey(), sequence))
        .text("hash", receipt.requestHash())
        .number("seq", receipt.sequence())
        .number("events", receipt.events())
        .number("time", LogFormat.micros(receipt.time()))
        .number(DynamoDbTable.EXPIRES, expires.getEpochSecond());
  }

  static Receipt receipt(Item item, String idempotencyKey) {
    return new Receipt(
        idempotencyKey,
        item.text("hash"),
        item.number("seq"),
        Math.toIntExact(item.number("events")),
        LogFormat.instant(item.number("time")));
  }

  private static Item dated(Item item, Instant created, Instant updated) {
    Item dated = item.number("created", LogFormat.micros(created));
    return updated.equals(created) ? dated : dated.number("updated", LogFormat.micros(updated));
  }

  private static Instant created(Item item) {
    return LogFormat.instant(item.number("created"));
  }

  private static Instant updated(Item item) {
    return LogFormat.instant(item.numberOr("updated", item.number("created")));
  }
}
