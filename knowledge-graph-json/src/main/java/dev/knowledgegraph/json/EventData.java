package dev.knowledgegraph.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.knowledgegraph.event.CategoryEvent.CategoryAdded;
import dev.knowledgegraph.event.CategoryEvent.CategoryChanged;
import dev.knowledgegraph.event.CategoryEvent.CategoryRemoved;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.EdgeEvent.EdgePropertiesChanged;
import dev.knowledgegraph.event.EdgeEvent.EdgeRemoved;
import dev.knowledgegraph.event.EdgeEvent.EdgeRetyped;
import dev.knowledgegraph.event.EdgeEvent.EdgeReweighted;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.ImportFinished;
import dev.knowledgegraph.event.ImportEvent.ImportStarted;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.NodeEvent.NodeArchived;
import dev.knowledgegraph.event.NodeEvent.NodeCategorized;
import dev.knowledgegraph.event.NodeEvent.NodeContentChanged;
import dev.knowledgegraph.event.NodeEvent.NodeKeyed;
import dev.knowledgegraph.event.NodeEvent.NodeMerged;
import dev.knowledgegraph.event.NodeEvent.NodeMoved;
import dev.knowledgegraph.event.NodeEvent.NodePropertiesChanged;
import dev.knowledgegraph.event.NodeEvent.NodePublished;
import dev.knowledgegraph.event.NodeEvent.NodeRelabelled;
import dev.knowledgegraph.event.NodeEvent.NodeRemoved;
import dev.knowledgegraph.event.NodeEvent.NodeRestored;
import dev.knowledgegraph.event.NodeEvent.NodeTagged;
import dev.knowledgegraph.event.NodeEvent.NodeUncategorized;
import dev.knowledgegraph.event.NodeEvent.NodeUnmerged;
import dev.knowledgegraph.event.NodeEvent.NodeUntagged;
import dev.knowledgegraph.event.NodeEvent.Restored;
import dev.knowledgegraph.event.SettingsEvent.GraphAutoLinkChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphCreated;
import dev.knowledgegraph.event.SettingsEvent.GraphDescribed;
import dev.knowledgegraph.event.SettingsEvent.GraphMadeDefault;
import dev.knowledgegraph.event.SettingsEvent.GraphPolicyChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphRemoved;
import dev.knowledgegraph.event.SettingsEvent.GraphRenamed;
import dev.knowledgegraph.event.SettingsEvent.GraphViewChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphVisibilityChanged;
import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.model.Visibility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What stands in the data of each type of event. */
final class EventData {
  /** More in one run cannot be: a damaged count must not fill the memory. */
  private static final int MAX_CHUNK = 10_000_000;

  private EventData() {}

  static void write(JsonGenerator json, GraphEvent event) throws IOException {
    json.writeStartObject();
    switch (event) {
      case GraphCreated e -> {
        json.writeFieldName("data");
        ValueJson.write(json, e.data());
      }
      case GraphRenamed e -> json.writeStringField("name", e.name());
      case GraphDescribed e -> json.writeStringField("description", e.description());
      case GraphVisibilityChanged e -> json.writeStringField("visibility", e.visibility().code());
      case GraphViewChanged e -> {
        json.writeFieldName("view");
        ValueJson.write(json, e.view());
      }
      case GraphPolicyChanged e -> {
        json.writeFieldName("policy");
        ValueJson.write(json, e.policy());
      }
      case GraphAutoLinkChanged e -> json.writeStringField("autoLink", e.autoLink().code());
      case GraphMadeDefault() -> {}
      case GraphRemoved() -> {}
      case NodeAdded e -> {
        node(json, e.node());
        json.writeFieldName("data");
        ValueJson.write(json, e.data());
      }
      case NodeContentChanged e -> {
        node(json, e.node());
        ValueJson.writeInto(json, e.content());
      }
      case NodeRelabelled e -> {
        node(json, e.node());
        ValueJson.writeTexts(json, "labels", e.labels().names());
      }
      case NodeTagged e -> {
        node(json, e.node());
        ValueJson.writeTexts(json, "tags", e.tags().names());
      }
      case NodeUntagged e -> {
        node(json, e.node());
        ValueJson.writeTexts(json, "tags", e.tags().names());
      }
      case NodeMoved e -> {
        node(json, e.node());
        ValueJson.writeInto(json, e.position());
      }
      case NodePropertiesChanged e -> {
        node(json, e.node());
        ValueJson.writePropertiesField(json, e.properties());
      }
      case NodePublished e -> node(json, e.node());
      case NodeArchived e -> node(json, e.node());
      case NodeRestored e -> node(json, e.node());
      case NodeKeyed e -> {
        node(json, e.node());
        ValueJson.writeInto(json, e.key());
      }
      case NodeRemoved e -> node(json, e.node());
      case NodeCategorized e -> {
        node(json, e.node());
        json.writeStringField("category", e.category().toString());
        json.writeNumberField("confidence", Json.finite("confidence", e.confidence()));
        json.writeStringField("origin", e.origin().code());
      }
      case NodeUncategorized e -> {
        node(json, e.node());
        json.writeStringField("category", e.category().toString());
      }
      case NodeMerged e -> {
        node(json, e.node());
        json.writeStringField("absorbed", e.absorbed().toString());
        json.writeFieldName("data");
        ValueJson.write(json, e.data());
        ValueJson.writeTexts(json, "moved", e.moved().stream().map(EdgeId::toString).toList());
      }
      case NodeUnmerged e -> {
        node(json, e.node());
        json.writeStringField("absorbed", e.absorbed().toString());
        json.writeFieldName("restored");
        write(json, e.restored());
      }
      case EdgeAdded e -> edgeAdded(json, e);
      case EdgeReweighted e -> {
        edge(json, e.edge());
        json.writeNumberField("weight", Json.finite("weight", e.weight()));
      }
      case EdgeRetyped e -> {
        edge(json, e.edge());
        json.writeStringField("type", e.type().name());
      }
      case EdgePropertiesChanged e -> {
        edge(json, e.edge());
        ValueJson.writePropertiesField(json, e.properties());
        if (!e.label().isEmpty()) {
          json.writeStringField("label", e.label());
        }
        if (!e.directed()) {
          json.writeBooleanField("directed", false);
        }
      }
      case EdgeRemoved e -> edge(json, e.edge());
      case CategoryAdded e -> {
        json.writeStringField("category", e.category().toString());
        json.writeFieldName("data");
        ValueJson.write(json, e.data());
      }
      case CategoryChanged e -> {
        json.writeStringField("category", e.category().toString());
        json.writeFieldName("data");
        ValueJson.write(json, e.data());
      }
      case CategoryRemoved e -> json.writeStringField("category", e.category().toString());
      case ImportStarted e -> {
        json.writeStringField("job", e.job());
        json.writeStringField("format", e.format());
        json.writeStringField("source", e.source());
      }
      case ImportFinished e -> {
        json.writeStringField("job", e.job());
        json.writeNumberField("nodes", e.nodes());
        json.writeNumberField("edges", e.edges());
      }
      case NodesImported e -> {
        ids(json, e.nodes(), added -> added.node().value());
        json.writeArrayFieldStart("nodes");
        for (NodeAdded added : e.nodes()) {
          ValueJson.write(json, added.data());
        }
        json.writeEndArray();
      }
      case EdgesImported e -> {
        ids(json, e.edges(), added -> added.edge().value());
        json.writeArrayFieldStart("edges");
        for (EdgeAdded added : e.edges()) {
          ValueJson.write(json, added.data());
        }
        json.writeEndArray();
      }
    }
    json.writeEndObject();
  }

  /** The event of a type in its current form; null if there is no such type. */
  static @Nullable GraphEvent read(String type, JsonNode json) {
    return switch (type) {
      case "graph.created" ->
          new GraphCreated(ValueJson.readGraphData(Json.getObject(json, "data")));
      case "graph.renamed" -> new GraphRenamed(Json.text(json, "name"));
      case "graph.described" -> new GraphDescribed(Json.text(json, "description"));
      case "graph.visibility-changed" ->
          new GraphVisibilityChanged(Visibility.parse(Json.text(json, "visibility")));
      case "graph.view-changed" ->
          new GraphViewChanged(ValueJson.readView(Json.getObject(json, "view")));
      case "graph.policy-changed" ->
          new GraphPolicyChanged(ValueJson.readPolicy(Json.getObject(json, "policy")));
      case "graph.auto-link-changed" ->
          new GraphAutoLinkChanged(AutoLink.parse(Json.text(json, "autoLink")));
      case "graph.made-default" -> new GraphMadeDefault();
      case "graph.removed" -> new GraphRemoved();
      case "node.added" ->
          new NodeAdded(node(json), ValueJson.readNodeData(Json.getObject(json, "data")));
      case "node.content-changed" ->
          new NodeContentChanged(node(json), ValueJson.readContent(json));
      case "node.relabelled" ->
          new NodeRelabelled(node(json), Labels.of(Json.texts(json, "labels")));
      case "node.tagged" -> new NodeTagged(node(json), Tags.of(Json.texts(json, "tags")));
      case "node.untagged" -> new NodeUntagged(node(json), Tags.of(Json.texts(json, "tags")));
      case "node.moved" -> new NodeMoved(node(json), ValueJson.readPosition(json));
      case "node.properties-changed" ->
          new NodePropertiesChanged(node(json), ValueJson.readPropertiesField(json));
      case "node.published" -> new NodePublished(node(json));
      case "node.archived" -> new NodeArchived(node(json));
      case "node.restored" -> new NodeRestored(node(json));
      case "node.keyed" -> new NodeKeyed(node(json), ValueJson.readKey(json));
      case "node.removed" -> new NodeRemoved(node(json));
      case "node.categorized" ->
          new NodeCategorized(
              node(json),
              category(json),
              Json.number(json, "confidence"),
              Origin.parse(Json.text(json, "origin")));
      case "node.uncategorized" -> new NodeUncategorized(node(json), category(json));
      case "node.merged" ->
          new NodeMerged(
              node(json),
              NodeId.parse(Json.text(json, "absorbed")),
              ValueJson.readNodeData(Json.getObject(json, "data")),
              Json.texts(json, "moved").stream().map(EdgeId::parse).toList());
      case "node.unmerged" ->
          new NodeUnmerged(
              node(json),
              NodeId.parse(Json.text(json, "absorbed")),
              readRestored(Json.getObject(json, "restored")));
      case "edge.added" -> readEdgeAdded(json);
      case "edge.reweighted" -> new EdgeReweighted(edge(json), Json.number(json, "weight"));
      case "edge.retyped" -> new EdgeRetyped(edge(json), EdgeType.of(Json.text(json, "type")));
      case "edge.properties-changed" ->
          new EdgePropertiesChanged(
              edge(json),
              ValueJson.readPropertiesField(json),
              Json.text(json, "label", ""),
              Json.flag(json, "directed", true));
      case "edge.removed" -> new EdgeRemoved(edge(json));
      case "category.added" ->
          new CategoryAdded(
              category(json), ValueJson.readCategoryData(Json.getObject(json, "data")));
      case "category.changed" ->
          new CategoryChanged(
              category(json), ValueJson.readCategoryData(Json.getObject(json, "data")));
      case "category.removed" -> new CategoryRemoved(category(json));
      case "import.started" ->
          new ImportStarted(
              Json.text(json, "job"), Json.text(json, "format"), Json.text(json, "source"));
      case "import.finished" ->
          new ImportFinished(
              Json.text(json, "job"), Json.integer(json, "nodes"), Json.integer(json, "edges"));
      case "nodes.imported" -> {
        var datas = new ArrayList<NodeData>();
        Json.array(json, "nodes").forEach(item -> datas.add(ValueJson.readNodeData(item)));
        yield nodes(readIds(Json.get(json, "ids")), datas);
      }
      case "edges.imported" -> {
        var datas = new ArrayList<EdgeData>();
        Json.array(json, "edges").forEach(item -> datas.add(ValueJson.readEdgeData(item)));
        yield edges(readIds(Json.get(json, "ids")), datas);
      }
      default -> null;
    };
  }

  /**
   * The event, one element after the other and never the tree of all of them, if the type is one of
   * the chunks of an import; null if not, and the parser has not moved.
   */
  static @Nullable GraphEvent readChunk(String type, JsonParser parser) throws IOException {
    return switch (type) {
      case "nodes.imported" -> {
        var datas = new ArrayList<NodeData>();
        yield nodes(chunk(parser, "nodes", item -> datas.add(ValueJson.readNodeData(item))), datas);
      }
      case "edges.imported" -> {
        var datas = new ArrayList<EdgeData>();
        yield edges(chunk(parser, "edges", item -> datas.add(ValueJson.readEdgeData(item))), datas);
      }
      default -> null;
    };
  }

  private static List<UUID> chunk(JsonParser parser, String name, Consumer<JsonNode> each)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("data: expected an object, found something else");
    }
    List<UUID> ids = List.of();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      if (field.equals("ids")) {
        ids = readIds(Json.tree(parser));
      } else if (field.equals(name) && parser.currentToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          each.accept(Json.tree(parser));
        }
      } else {
        throw new IllegalArgumentException("data: expected ids and " + name);
      }
    }
    return ids;
  }

  private static NodesImported nodes(List<UUID> ids, List<NodeData> datas) {
    checkCount(ids.size(), datas.size());
    var nodes = new ArrayList<NodeAdded>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      nodes.add(new NodeAdded(NodeId.of(ids.get(i)), datas.get(i)));
    }
    return new NodesImported(nodes);
  }

  private static EdgesImported edges(List<UUID> ids, List<EdgeData> datas) {
    checkCount(ids.size(), datas.size());
    var edges = new ArrayList<EdgeAdded>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      edges.add(new EdgeAdded(EdgeId.of(ids.get(i)), datas.get(i)));
    }
    return new EdgesImported(edges);
  }

  private static void checkCount(int ids, int elements) {
    if (ids != elements) {
      throw new IllegalArgumentException(
          "ids: expected " + elements + ", one for each element, found " + ids);
    }
  }

  /** Writes ids one by one, but those that count up by one as their first and their number. */
  private static <T> void ids(JsonGenerator json, List<T> elements, Function<T, UUID> id)
      throws IOException {
    json.writeArrayFieldStart("ids");
    int start = 0;
    while (start < elements.size()) {
      UUID first = id.apply(elements.get(start));
      UUID last = first;
      int end = start + 1;
      while (end < elements.size() && id.apply(elements.get(end)).equals(next(last))) {
        last = next(last);
        end++;
      }
      if (end == start + 1) {
        json.writeString(first.toString());
      } else {
        json.writeStartArray();
        json.writeString(first.toString());
        json.writeNumber(end - start);
        json.writeEndArray();
      }
      start = end;
    }
    json.writeEndArray();
  }

  private static List<UUID> readIds(JsonNode runs) {
    if (!runs.isArray()) {
      throw Json.expected("ids", "an array", runs);
    }
    var ids = new ArrayList<UUID>();
    for (JsonNode run : runs) {
      if (run.isArray()) {
        if (run.size() != 2 || !run.get(1).canConvertToInt() || run.get(1).intValue() < 1) {
          throw new IllegalArgumentException("ids: expected a first id and a number");
        }
        UUID id = NodeId.parse(Json.text("ids", run.get(0))).value();
        int count = run.get(1).intValue();
        if (count > MAX_CHUNK) {
          throw new IllegalArgumentException(
              "ids: expected at most " + MAX_CHUNK + " in a run, found " + count);
        }
        for (int i = 0; i < count; i++) {
          ids.add(id);
          id = next(id);
        }
      } else {
        ids.add(NodeId.parse(Json.text("ids", run)).value());
      }
    }
    return ids;
  }

  private static UUID next(UUID id) {
    long low = id.getLeastSignificantBits() + 1;
    return new UUID(id.getMostSignificantBits() + (low == 0 ? 1 : 0), low);
  }

  private static void write(JsonGenerator json, Restored restored) throws IOException {
    json.writeStartObject();
    json.writeFieldName("survivor");
    ValueJson.write(json, restored.survivor());
    json.writeFieldName("absorbed");
    ValueJson.write(json, restored.absorbed());
    edgesField(json, "moved", restored.moved());
    edgesField(json, "ended", restored.ended());
    json.writeEndObject();
  }

  private static void edgesField(JsonGenerator json, String name, List<EdgeAdded> edges)
      throws IOException {
    if (!edges.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (EdgeAdded edge : edges) {
        json.writeStartObject();
        edgeAdded(json, edge);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static Restored readRestored(JsonNode json) {
    return new Restored(
        ValueJson.readNodeData(Json.getObject(json, "survivor")),
        ValueJson.readNodeData(Json.getObject(json, "absorbed")),
        readEdges(json, "moved"),
        readEdges(json, "ended"));
  }

  private static List<EdgeAdded> readEdges(JsonNode json, String name) {
    var edges = new ArrayList<EdgeAdded>();
    Json.array(json, name).forEach(item -> edges.add(readEdgeAdded(item)));
    return edges;
  }

  private static void edgeAdded(JsonGenerator json, EdgeAdded added) throws IOException {
    edge(json, added.edge());
    json.writeFieldName("data");
    ValueJson.write(json, added.data());
  }

  private static EdgeAdded readEdgeAdded(JsonNode json) {
    return new EdgeAdded(edge(json), ValueJson.readEdgeData(Json.getObject(json, "data")));
  }

  private static void node(JsonGenerator json, NodeId node) throws IOException {
    json.writeStringField("node", node.toString());
  }

  private static NodeId node(JsonNode json) {
    return NodeId.parse(Json.text(json, "node"));
  }

  private static void edge(JsonGenerator json, EdgeId edge) throws IOException {
    json.writeStringField("edge", edge.toString());
  }

  private static EdgeId edge(JsonNode json) {
    return EdgeId.parse(Json.text(json, "edge"));
  }

  private static CategoryId category(JsonNode json) {
    return CategoryId.parse(Json.text(json, "category"));
  }
}
