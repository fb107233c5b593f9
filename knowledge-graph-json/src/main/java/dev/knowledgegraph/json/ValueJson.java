package dev.knowledgegraph.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeStyle;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.Layout;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.model.ViewSettings;
import dev.knowledgegraph.model.Visibility;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON, without loss: what is read back equals what was written. Fields that hold their
 * default are left out, except in policies and view settings, whose defaults may change.
 *
 * <p>A property is a JSON boolean, text, array or object; a number with a dot or an exponent is a
 * decimal, any other an integer; {@code {"$instant":"…"}} and {@code {"$date":"…"}} are an instant
 * and a date, and {@code {"$map":{…}}} is a map that would otherwise be taken for one of these.
 *
 * <p>Everything that parses throws {@link IllegalArgumentException} for text that is not such JSON.
 */
public final class ValueJson {
  private ValueJson() {}

  /** The properties as a JSON object. */
  public static String properties(Properties properties) {
    return Json.text(generator -> write(generator, properties));
  }

  /** What {@link #properties} wrote. */
  public static Properties parseProperties(String json) {
    return readProperties(Json.object("properties", Json.parse(json)));
  }

  /** What a node holds as a JSON object. */
  public static String nodeData(NodeData data) {
    return Json.text(generator -> write(generator, data));
  }

  /** What {@link #nodeData} wrote. */
  public static NodeData parseNodeData(String json) {
    return readNodeData(Json.object("node", Json.parse(json)));
  }

  /** What an edge holds as a JSON object. */
  public static String edgeData(EdgeData data) {
    return Json.text(generator -> write(generator, data));
  }

  /** What {@link #edgeData} wrote. */
  public static EdgeData parseEdgeData(String json) {
    return readEdgeData(Json.object("edge", Json.parse(json)));
  }

  /** What a graph holds as a JSON object. */
  public static String graphData(GraphData data) {
    return Json.text(generator -> write(generator, data));
  }

  /** What {@link #graphData} wrote. */
  public static GraphData parseGraphData(String json) {
    return readGraphData(Json.object("graph", Json.parse(json)));
  }

  /** What a category holds as a JSON object. */
  public static String categoryData(CategoryData data) {
    return Json.text(generator -> write(generator, data));
  }

  /** What {@link #categoryData} wrote. */
  public static CategoryData parseCategoryData(String json) {
    return readCategoryData(Json.object("category", Json.parse(json)));
  }

  /** The categories of a node as a JSON array. */
  public static String categorizations(List<Categorization> categorizations) {
    return Json.text(generator -> write(generator, categorizations));
  }

  static void write(JsonGenerator generator, List<Categorization> categorizations)
      throws IOException {
    generator.writeStartArray();
    for (Categorization categorization : categorizations) {
      generator.writeStartObject();
      generator.writeStringField("category", categorization.category().toString());
      generator.writeNumberField("confidence", categorization.confidence());
      generator.writeStringField("origin", categorization.origin().code());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  /** What {@link #categorizations} wrote. */
  public static List<Categorization> parseCategorizations(String json) {
    return readCategorizations(Json.parse(json));
  }

  static List<Categorization> readCategorizations(JsonNode json) {
    if (!json.isArray()) {
      throw Json.expected("categories", "an array", json);
    }
    var categorizations = new ArrayList<Categorization>();
    for (JsonNode item : json) {
      categorizations.add(
          new Categorization(
              CategoryId.parse(Json.text(item, "category")),
              Json.number(item, "confidence"),
              Origin.parse(Json.text(item, "origin"))));
    }
    return List.copyOf(categorizations);
  }

  /** Writes one property value. */
  public static void write(JsonGenerator generator, PropertyValue value) throws IOException {
    switch (value) {
      case PropertyValue.Bool flag -> generator.writeBoolean(flag.value());
      case PropertyValue.Int number -> generator.writeNumber(number.value());
      case PropertyValue.Decimal number -> generator.writeNumber(number.value());
      case PropertyValue.Text text -> generator.writeString(Json.bounded(text.value()));
      case PropertyValue.Moment moment -> tagged(generator, "$instant", moment.value().toString());
      case PropertyValue.Date date -> tagged(generator, "$date", date.value().toString());
      case PropertyValue.Items items -> {
        generator.writeStartArray();
        for (PropertyValue item : items.values()) {
          write(generator, item);
        }
        generator.writeEndArray();
      }
      case PropertyValue.Fields fields -> {
        boolean escaped = isTag(fields.values());
        if (escaped) {
          generator.writeStartObject();
          generator.writeFieldName("$map");
        }
        writeFields(generator, fields.values());
        if (escaped) {
          generator.writeEndObject();
        }
      }
    }
  }

  /**
   * The property value in a JSON tree.
   *
   * @throws IllegalArgumentException if the tree holds null or a number out of range
   */
  public static PropertyValue readValue(JsonNode json) {
    return switch (json.getNodeType()) {
      case BOOLEAN -> new PropertyValue.Bool(json.booleanValue());
      case STRING -> new PropertyValue.Text(json.textValue());
      case NUMBER -> {
        if (!json.isIntegralNumber()) {
          yield new PropertyValue.Decimal(json.doubleValue());
        }
        if (!json.canConvertToLong()) {
          throw new IllegalArgumentException("expected an integer of 64 bits, found a longer one");
        }
        yield new PropertyValue.Int(json.longValue());
      }
      case ARRAY -> {
        var items = new ArrayList<PropertyValue>(json.size());
        json.forEach(item -> items.add(readValue(item)));
        yield new PropertyValue.Items(items);
      }
      case OBJECT -> {
        String name = json.size() == 1 ? json.fieldNames().next() : "";
        yield name.startsWith("$")
            ? readTagged(name, Json.get(json, name))
            : new PropertyValue.Fields(readFields(json));
      }
      case NULL, MISSING, BINARY, POJO ->
          throw new IllegalArgumentException(
              "expected a boolean, number, text, array or object, found null");
    };
  }

  private static PropertyValue readTagged(String tag, JsonNode value) {
    try {
      return switch (tag) {
        case "$instant" -> new PropertyValue.Moment(Instant.parse(Json.text(tag, value)));
        case "$date" -> new PropertyValue.Date(LocalDate.parse(Json.text(tag, value)));
        case "$map" -> new PropertyValue.Fields(readFields(Json.object(tag, value)));
        default ->
            throw new IllegalArgumentException(
                "expected one of $instant, $date, $map, found another name that starts with $");
      };
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(tag + ": expected ISO 8601, found something else", e);
    }
  }

  private static Map<String, PropertyValue> readFields(JsonNode object) {
    var fields = new TreeMap<String, PropertyValue>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      fields.put(field.getKey(), readValue(field.getValue()));
    }
    return fields;
  }

  private static boolean isTag(Map<String, PropertyValue> values) {
    return values.size() == 1 && values.keySet().iterator().next().startsWith("$");
  }

  private static void tagged(JsonGenerator generator, String tag, String value) throws IOException {
    generator.writeStartObject();
    generator.writeStringField(tag, value);
    generator.writeEndObject();
  }

  private static void writeFields(JsonGenerator generator, Map<String, PropertyValue> values)
      throws IOException {
    generator.writeStartObject();
    for (Map.Entry<String, PropertyValue> field : values.entrySet()) {
      generator.writeFieldName(Json.bounded(field.getKey()));
      write(generator, field.getValue());
    }
    generator.writeEndObject();
  }

  static void write(JsonGenerator generator, Properties properties) throws IOException {
    writeFields(generator, properties.values());
  }

  static Properties readProperties(JsonNode json) {
    return json.isEmpty() ? Properties.none() : new Properties(readFields(json));
  }

  static void writePropertiesField(JsonGenerator generator, Properties properties)
      throws IOException {
    if (!properties.isEmpty()) {
      generator.writeFieldName("properties");
      write(generator, properties);
    }
  }

  static Properties readPropertiesField(JsonNode json) {
    return Json.find(json, "properties") == null
        ? Properties.none()
        : readProperties(Json.getObject(json, "properties"));
  }

  static void writeTexts(JsonGenerator generator, String name, List<String> texts)
      throws IOException {
    if (!texts.isEmpty()) {
      generator.writeArrayFieldStart(name);
      for (String text : texts) {
        generator.writeString(text);
      }
      generator.writeEndArray();
    }
  }

  private static void textField(JsonGenerator generator, String name, @Nullable String text)
      throws IOException {
    if (text != null) {
      generator.writeStringField(name, Json.bounded(text));
    }
  }

  private static void nonEmpty(JsonGenerator generator, String name, String text)
      throws IOException {
    if (!text.isEmpty()) {
      generator.writeStringField(name, Json.bounded(text));
    }
  }

  /** Writes the fields of a content into the object that is open. */
  static void writeInto(JsonGenerator generator, Content content) throws IOException {
    nonEmpty(generator, "title", content.title());
    nonEmpty(generator, "body", content.body());
    if (content.format() != ContentFormat.TEXT) {
      generator.writeStringField("format", content.format().code());
    }
  }

  static Content readContent(JsonNode json) {
    String title = Json.text(json, "title", "");
    String body = Json.text(json, "body", "");
    String format = Json.textOrNull(json, "format");
    return title.isEmpty() && body.isEmpty() && format == null
        ? Content.empty()
        : new Content(
            title, body, format == null ? ContentFormat.TEXT : ContentFormat.parse(format));
  }

  static void writeInto(JsonGenerator generator, @Nullable Coordinates position)
      throws IOException {
    if (position != null) {
      generator.writeArrayFieldStart("position");
      generator.writeNumber(position.x());
      generator.writeNumber(position.y());
      if (position.z() != 0) {
        generator.writeNumber(position.z());
      }
      generator.writeEndArray();
    }
  }

  static @Nullable Coordinates readPosition(JsonNode json) {
    JsonNode position = Json.array(json, "position");
    if (position.isMissingNode()) {
      return null;
    }
    if (position.size() < 2 || position.size() > 3) {
      throw new IllegalArgumentException(
          "position: expected 2 or 3 numbers, found " + position.size());
    }
    return Coordinates.of(
        Json.number("position x", position.get(0)),
        Json.number("position y", position.get(1)),
        position.size() == 3 ? Json.number("position z", position.get(2)) : 0);
  }

  static void writeInto(JsonGenerator generator, @Nullable NodeKey key) throws IOException {
    if (key != null) {
      generator.writeStringField("key", key.value());
    }
  }

  static @Nullable NodeKey readKey(JsonNode json) {
    String key = Json.textOrNull(json, "key");
    return key == null ? null : NodeKey.of(key);
  }

  static void write(JsonGenerator generator, NodeData data) throws IOException {
    generator.writeStartObject();
    writeInto(generator, data.key());
    writeTexts(generator, "labels", data.labels().names());
    writeInto(generator, data.content());
    writeTexts(generator, "tags", data.tags().names());
    writeInto(generator, data.position());
    writePropertiesField(generator, data.properties());
    if (data.status() != NodeStatus.DRAFT) {
      generator.writeStringField("status", data.status().code());
    }
    textField(generator, "source", data.source());
    generator.writeEndObject();
  }

  static NodeData readNodeData(JsonNode json) {
    String status = Json.textOrNull(json, "status");
    return new NodeData(
        readKey(json),
        Labels.of(Json.texts(json, "labels")),
        readContent(json),
        Tags.of(Json.texts(json, "tags")),
        readPosition(json),
        readPropertiesField(json),
        status == null ? NodeStatus.DRAFT : NodeStatus.parse(status),
        Json.textOrNull(json, "source"));
  }

  static void write(JsonGenerator generator, EdgeData data) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("source", data.source().toString());
    generator.writeStringField("target", data.target().toString());
    generator.writeStringField("type", data.type().name());
    nonEmpty(generator, "discriminator", data.discriminator().value());
    if (data.weight() != 1) {
      generator.writeNumberField("weight", data.weight());
    }
    if (!data.directed()) {
      generator.writeBooleanField("directed", false);
    }
    nonEmpty(generator, "label", data.label());
    writePropertiesField(generator, data.properties());
    if (!data.provenance().equals(Provenance.manual())) {
      generator.writeFieldName("provenance");
      write(generator, data.provenance());
    }
    generator.writeEndObject();
  }

  static EdgeData readEdgeData(JsonNode json) {
    return new EdgeData(
        NodeId.parse(Json.text(json, "source")),
        NodeId.parse(Json.text(json, "target")),
        EdgeType.of(Json.text(json, "type")),
        Discriminator.of(Json.text(json, "discriminator", "")),
        Json.number(json, "weight", 1),
        Json.flag(json, "directed", true),
        Json.text(json, "label", ""),
        readPropertiesField(json),
        Json.find(json, "provenance") == null
            ? Provenance.manual()
            : readProvenance(Json.getObject(json, "provenance")));
  }

  private static void write(JsonGenerator generator, Provenance provenance) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("origin", provenance.origin().code());
    nonEmpty(generator, "method", provenance.method());
    if (provenance.confidence() != 1) {
      generator.writeNumberField("confidence", provenance.confidence());
    }
    nonEmpty(generator, "reason", provenance.reason());
    generator.writeEndObject();
  }

  private static Provenance readProvenance(JsonNode json) {
    return new Provenance(
        Origin.parse(Json.text(json, "origin")),
        Json.text(json, "method", ""),
        Json.number(json, "confidence", 1),
        Json.text(json, "reason", ""));
  }

  static void write(JsonGenerator generator, GraphData data) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("name", data.name());
    nonEmpty(generator, "description", data.description());
    if (data.visibility() != Visibility.PRIVATE) {
      generator.writeStringField("visibility", data.visibility().code());
    }
    generator.writeFieldName("view");
    write(generator, data.view());
    generator.writeFieldName("policy");
    write(generator, data.policy());
    if (data.autoLink() != AutoLink.OFF) {
      generator.writeStringField("autoLink", data.autoLink().code());
    }
    generator.writeEndObject();
  }

  static GraphData readGraphData(JsonNode json) {
    String visibility = Json.textOrNull(json, "visibility");
    return new GraphData(
        Json.text(json, "name"),
        Json.text(json, "description", ""),
        visibility == null ? Visibility.PRIVATE : Visibility.parse(visibility),
        readView(Json.getObject(json, "view")),
        readPolicy(Json.getObject(json, "policy")),
        AutoLink.parse(Json.text(json, "autoLink", AutoLink.OFF.code())));
  }

  static void write(JsonGenerator generator, ViewSettings view) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("layout", view.layout().code());
    generator.writeStringField("theme", view.theme());
    generator.writeNumberField("nodeSize", view.nodeSize());
    generator.writeStringField("edgeStyle", view.edgeStyle().code());
    generator.writeBooleanField("showLabels", view.showLabels());
    generator.writeBooleanField("showWeights", view.showWeights());
    generator.writeEndObject();
  }

  static ViewSettings readView(JsonNode json) {
    return new ViewSettings(
        Layout.parse(Json.text(json, "layout")),
        Json.text(json, "theme"),
        Json.number(json, "nodeSize"),
        EdgeStyle.parse(Json.text(json, "edgeStyle")),
        Json.flag(json, "showLabels"),
        Json.flag(json, "showWeights"));
  }

  static void write(JsonGenerator generator, Policy policy) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("name", policy.name());
    generator.writeNumberField("maxNodes", policy.maxNodes());
    generator.writeNumberField("maxEdges", policy.maxEdges());
    generator.writeNumberField("maxDegree", policy.maxDegree());
    generator.writeBooleanField("titleRequired", policy.titleRequired());
    generator.writeNumberField("maxTitle", policy.maxTitle());
    generator.writeNumberField("maxBody", policy.maxBody());
    generator.writeBooleanField("uniqueTitles", policy.uniqueTitles());
    generator.writeBooleanField("parallelEdges", policy.parallelEdges());
    generator.writeBooleanField("selfLoops", policy.selfLoops());
    generator.writeNumberField("minWeight", policy.minWeight());
    generator.writeNumberField("maxWeight", policy.maxWeight());
    generator.writeNumberField("maxTags", policy.maxTags());
    generator.writeNumberField("maxTagLength", policy.maxTagLength());
    generator.writeNumberField("maxCoordinate", policy.maxCoordinate());
    generator.writeBooleanField("acyclicHierarchy", policy.acyclicHierarchy());
    generator.writeEndObject();
  }

  static Policy readPolicy(JsonNode json) {
    return new Policy(
        Json.text(json, "name"),
        Json.integer(json, "maxNodes"),
        Json.integer(json, "maxEdges"),
        Json.smallInteger(json, "maxDegree"),
        Json.flag(json, "titleRequired"),
        Json.smallInteger(json, "maxTitle"),
        Json.smallInteger(json, "maxBody"),
        Json.flag(json, "uniqueTitles"),
        Json.flag(json, "parallelEdges"),
        Json.flag(json, "selfLoops"),
        Json.number(json, "minWeight"),
        Json.number(json, "maxWeight"),
        Json.smallInteger(json, "maxTags"),
        Json.smallInteger(json, "maxTagLength"),
        Json.number(json, "maxCoordinate"),
        Json.flag(json, "acyclicHierarchy"));
  }

  static void write(JsonGenerator generator, CategoryData data) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("title", data.title());
    nonEmpty(generator, "description", data.description());
    CategoryId parent = data.parent();
    if (parent != null) {
      generator.writeStringField("parent", parent.toString());
    }
    textField(generator, "color", data.color());
    textField(generator, "icon", data.icon());
    generator.writeEndObject();
  }

  static CategoryData readCategoryData(JsonNode json) {
    String parent = Json.textOrNull(json, "parent");
    return new CategoryData(
        Json.text(json, "title"),
        Json.text(json, "description", ""),
        parent == null ? null : CategoryId.parse(parent),
        Json.textOrNull(json, "color"),
        Json.textOrNull(json, "icon"));
  }
}
