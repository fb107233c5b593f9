package dev.knowledgegraph.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.UnexpectedException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.query.Views;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the command line prints and HTTP answers with. Fields always stand in the same order, and
 * all of them always stand there; instants and dates are ISO 8601 texts.
 */
public final class Shapes {
  private Shapes() {}

  /** A node. */
  public static ObjectNode node(Node node) {
    NodeKey key = node.data().key();
    ObjectNode json = object();
    json.put("id", node.id().toString());
    json.put("key", key == null ? null : key.value());
    json.set("labels", texts(node.labels()));
    json.put("title", node.title());
    json.put("body", node.body());
    json.put("format", node.content().format().code());
    json.set("tags", texts(node.tags()));
    json.set("properties", properties(node.properties()));
    json.set("position", position(node.data().position()));
    json.put("status", node.status().code());
    json.put("version", node.version());
    json.put("created", node.created().toString());
    json.put("updated", node.updated().toString());
    ArrayNode categories = json.putArray("categories");
    for (Categorization categorization : node.categories()) {
      categories
          .addObject()
          .put("category", categorization.category().toString())
          .put("confidence", categorization.confidence())
          .put("origin", categorization.origin().code());
    }
    json.put("source", node.data().source());
    return json;
  }

  /**
   * An edge.
   *
   * @param keys the natural key of a node, null if it has none or nobody knows
   */
  public static ObjectNode edge(Edge edge, Function<NodeId, @Nullable String> keys) {
    ObjectNode json = object();
    json.put("id", edge.id().toString());
    json.put("source", edge.source().toString());
    json.put("target", edge.target().toString());
    json.put("sourceKey", keys.apply(edge.source()));
    json.put("targetKey", keys.apply(edge.target()));
    json.put("type", edge.type().name());
    json.put("weight", edge.weight());
    json.set("properties", properties(edge.properties()));
    json.put("version", edge.version());
    json.put("discriminator", edge.data().discriminator().value());
    json.put("directed", edge.directed());
    json.put("label", edge.data().label());
    Provenance provenance = edge.data().provenance();
    json.putObject("provenance")
        .put("origin", provenance.origin().code())
        .put("method", provenance.method())
        .put("confidence", provenance.confidence())
        .put("reason", provenance.reason());
    json.put("created", edge.created().toString());
    json.put("updated", edge.updated().toString());
    return json;
  }

  /** A graph and its settings. */
  public static ObjectNode graph(Graph graph) {
    ObjectNode json = object();
    json.put("id", graph.id().toString());
    json.put("owner", graph.owner().value());
    json.put("name", graph.name());
    json.put("description", graph.data().description());
    json.put("visibility", graph.visibility().code());
    json.put("default", graph.isDefault());
    json.set("view", tree(generator -> ValueJson.write(generator, graph.data().view())));
    json.set("policy", tree(generator -> ValueJson.write(generator, graph.policy())));
    json.put("autoLink", graph.autoLink().code());
    json.put("version", graph.version());
    json.put("created", graph.created().toString());
    json.put("updated", graph.updated().toString());
    return json;
  }

  /** A category. */
  public static ObjectNode category(Category category) {
    CategoryId parent = category.data().parent();
    ObjectNode json = object();
    json.put("id", category.id().toString());
    json.put("title", category.title());
    json.put("description", category.data().description());
    json.put("parent", parent == null ? null : parent.toString());
    json.put("color", category.data().color());
    json.put("icon", category.data().icon());
    json.put("version", category.version());
    json.put("created", category.created().toString());
    json.put("updated", category.updated().toString());
    return json;
  }

  /** The surroundings of a node. */
  public static ObjectNode neighbors(Views.Neighborhood neighborhood) {
    ObjectNode json = object();
    json.set("node", node(neighborhood.node()));
    json.put("depth", neighborhood.depth());
    json.put("total", neighborhood.total());
    ArrayNode neighbors = json.putArray("neighbors");
    for (Views.Neighbor neighbor : neighborhood.neighbors()) {
      ObjectNode item = neighbors.addObject();
      item.set("node", node(neighbor.node()));
      item.put("distance", neighbor.distance());
    }
    return json;
  }

  /** What a search found. */
  public static ObjectNode search(Views.SearchResult found) {
    ObjectNode json = object();
    json.put("query", found.query());
    json.put("mode", found.mode().name().toLowerCase(Locale.ROOT));
    json.put("total", found.total());
    json.put("tookMs", found.tookMs());
    ArrayNode hits = json.putArray("hits");
    found.hits().forEach(hit -> hits.add(hit(hit)));
    ObjectNode facets = json.putObject("facets");
    found
        .facets()
        .forEach(
            (facet, counts) -> {
              ArrayNode values = facets.putArray(facet.name().toLowerCase(Locale.ROOT));
              for (Views.FacetCount count : counts) {
                values
                    .addObject()
                    .put("value", count.value())
                    .put("name", count.name())
                    .put("count", count.count());
              }
            });
    json.put("didYouMean", found.didYouMean());
    ArrayNode warnings = json.putArray("warnings");
    found.warnings().forEach(warnings::add);
    return json.put("next", found.next());
  }

  private static ObjectNode hit(Views.Hit hit) {
    ObjectNode json = object();
    json.set("node", node(hit.node()));
    json.put("graphId", hit.node().graph().toString());
    json.put("score", hit.score());
    Views.Match text = hit.text();
    Views.Match vector = hit.vector();
    json.put("text", text == null ? null : text.score());
    json.put("textRank", text == null ? null : text.rank());
    json.put("vector", vector == null ? null : vector.score());
    json.put("vectorRank", vector == null ? null : vector.rank());
    json.put("snippet", hit.snippet().marked("**"));
    if (hit.explanation() != null) {
      json.put("explanation", hit.explanation());
    }
    return json;
  }

  /** A path; null if there is none. */
  public static ObjectNode path(Views.@Nullable Route route) {
    ObjectNode json = object();
    json.put("found", route != null);
    json.put("hops", route == null ? 0 : route.hops());
    json.put("weight", route == null ? 0 : route.weight());
    ArrayNode nodes = json.putArray("nodes");
    ArrayNode edges = json.putArray("edges");
    if (route != null) {
      var keys = new HashMap<NodeId, String>();
      for (Node node : route.nodes()) {
        nodes.add(node(node));
        node.key().ifPresent(key -> keys.put(node.id(), key.value()));
      }
      for (Edge edge : route.edges()) {
        edges.add(edge(edge, keys::get));
      }
    }
    return json;
  }

  /** A graph in numbers. */
  public static ObjectNode stats(GraphId graph, Views.Statistics statistics) {
    ObjectNode json = object();
    json.put("graph", graph.toString());
    json.put("position", statistics.sequence());
    json.put("nodes", statistics.nodes());
    json.put("edges", statistics.edges());
    json.set("labels", counts(statistics.labels()));
    json.set("types", counts(statistics.types()));
    json.set("tags", counts(statistics.tags()));
    json.put("components", statistics.components());
    json.put("orphans", statistics.orphans());
    json.put("density", statistics.density());
    return json;
  }

  /**
   * A line of the log. Each event is its type and its data; of the chunks of an import only the
   * number of elements is told, as {@code count}.
   */
  public static ObjectNode committed(Committed committed) {
    ObjectNode json = object();
    json.put("position", committed.position().sequence());
    json.put("time", committed.time().toString());
    json.put("actor", committed.actor().value());
    json.put("commandId", committed.commandId());
    json.put("correlationId", committed.correlationId());
    ArrayNode events = json.putArray("events");
    for (GraphEvent event : committed.events()) {
      events.add(event(event));
    }
    return json;
  }

  private static ObjectNode event(GraphEvent event) {
    ObjectNode json = object();
    json.put("type", EventCodec.typeName(event));
    if (event instanceof NodesImported chunk) {
      json.put("count", chunk.nodes().size());
    } else if (event instanceof EdgesImported chunk) {
      json.put("count", chunk.edges().size());
    } else {
      json.set("data", tree(generator -> EventData.write(generator, event)));
    }
    return json;
  }

  /**
   * What went wrong. Details are fields and what is wrong with them; none if it is not about
   * fields.
   *
   * @param correlationId what the log has more under; null if nothing was said
   */
  public static ObjectNode error(KnowledgeGraphException error, @Nullable String correlationId) {
    String correlation =
        correlationId == null && error instanceof UnexpectedException unexpected
            ? unexpected.correlationId()
            : correlationId;
    ObjectNode json = object();
    ObjectNode inner = json.putObject("error");
    inner.put("code", error.code());
    inner.put("message", error.getMessage());
    ArrayNode details = inner.putArray("details");
    if (error instanceof RejectedException rejected) {
      for (FieldError field : details(rejected.rejection())) {
        details.addObject().put("path", field.path()).put("message", field.message());
      }
    }
    inner.put("retryable", error.retryable());
    inner.put("correlationId", correlation);
    return json;
  }

  private static List<FieldError> details(Rejection rejection) {
    return switch (rejection) {
      case Rejection.Invalid invalid -> invalid.errors();
      case Rejection.ItemRejected item ->
          details(item.reason()).stream()
              .map(field -> field.below("items[" + item.index() + "]"))
              .toList();
      case Rejection.LimitExceeded limit ->
          List.of(
              new FieldError(
                  limit.limit(),
                  "expected at most " + limit.allowed() + ", found " + limit.actual()));
      case Rejection.NotFound r -> List.of();
      case Rejection.Forbidden r -> List.of();
      case Rejection.RuleBroken r -> List.of();
      case Rejection.IdTaken r -> List.of();
      case Rejection.KeyTaken r -> List.of();
      case Rejection.NameTaken r -> List.of();
      case Rejection.VersionMismatch r -> List.of();
      case Rejection.CommandIdReused r -> List.of();
    };
  }

  /** The properties as plain JSON: easy to read, but an instant looks like a text. */
  public static ObjectNode properties(Properties properties) {
    return fields(properties.values());
  }

  private static ObjectNode fields(Map<String, PropertyValue> values) {
    ObjectNode json = object();
    values.forEach((name, value) -> json.set(name, plain(value)));
    return json;
  }

  private static JsonNode plain(PropertyValue value) {
    return switch (value) {
      case PropertyValue.Bool flag -> Json.NODES.booleanNode(flag.value());
      case PropertyValue.Int number -> Json.NODES.numberNode(number.value());
      case PropertyValue.Decimal number -> Json.NODES.numberNode(number.value());
      case PropertyValue.Text text -> Json.NODES.textNode(text.value());
      case PropertyValue.Moment moment -> Json.NODES.textNode(moment.toString());
      case PropertyValue.Date date -> Json.NODES.textNode(date.toString());
      case PropertyValue.Items items -> {
        ArrayNode array = Json.NODES.arrayNode();
        items.values().forEach(item -> array.add(plain(item)));
        yield array;
      }
      case PropertyValue.Fields fields -> fields(fields.values());
    };
  }

  private static JsonNode position(@Nullable Coordinates position) {
    return position == null
        ? Json.NODES.nullNode()
        : object().put("x", position.x()).put("y", position.y()).put("z", position.z());
  }

  private static ArrayNode texts(Iterable<String> texts) {
    ArrayNode array = Json.NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static ObjectNode counts(Map<String, Long> counts) {
    ObjectNode json = object();
    counts.forEach((name, count) -> json.put(name, count));
    return json;
  }

  private static JsonNode tree(Json.Writer writer) {
    try (var buffer = new TokenBuffer(null, false)) {
      writer.write(buffer);
      JsonParser parser = buffer.asParser();
      parser.nextToken();
      return Json.tree(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode object() {
    return Json.NODES.objectNode();
  }
}
