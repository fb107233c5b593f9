package dev.knowledgegraph.io;

import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.model.Tags;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads one GraphML file, once. */
final class GraphmlReader {
  static final String OWN = "kg.";
  static final String VERSION = "kg.version";
  private static final String PROPERTY = "p.";
  private static final int MAX_DATA = 10_000;
  private static final int MAX_KEYS = 100_000;
  private static final List<String> TITLES = List.of("title", "name", "label");

  private final XMLStreamReader xml;
  private final String file;
  private final ImportOptions.Limits limits;
  private final RecordSink sink;
  private final Map<String, Key> keys = new LinkedHashMap<>();
  private boolean own;

  /**
   * What the file says about a kind of data.
   *
   * @param domain node, edge, graph or all
   * @param type the declared type; empty if it is not declared
   */
  private record Key(
      String id, String name, String domain, String type, @Nullable String standard) {
    boolean isFor(String element) {
      return domain.equals(element) || domain.equals("all");
    }
  }

  GraphmlReader(XMLStreamReader xml, String file, ImportOptions.Limits limits, RecordSink sink) {
    this.xml = xml;
    this.file = file;
    this.limits = limits;
    this.sink = sink;
  }

  void read() throws XMLStreamException {
    boolean inGraph = false;
    boolean directed = true;
    boolean root = true;
    while (xml.hasNext()) {
      int event = xml.next();
      refuse(event);
      if (event == XMLStreamConstants.END_ELEMENT && is("graph")) {
        inGraph = false;
      }
      if (event != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      if (root) {
        if (!is("graphml")) {
          throw problem("expected the element graphml, found " + xml.getLocalName());
        }
        root = false;
      } else if (is("key")) {
        key();
      } else if (is("graph") && !inGraph) {
        inGraph = true;
        directed = !"undirected".equals(attribute("edgedefault"));
      } else if (is("node") && inGraph) {
        node();
      } else if (is("edge") && inGraph) {
        edge(directed);
      } else {
        if (is("hyperedge") || is("port") || is("graph")) {
          sink.reject(place(), "a " + xml.getLocalName() + " here is not supported");
        }
        skip();
      }
    }
  }

  private void key() throws XMLStreamException {
    String id = attribute("id");
    String name = attribute("attr.name");
    String domain = attribute("for");
    String type = attribute("attr.type");
    Place place = place();
    String standard = null;
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      refuse(xml.getEventType());
      if (xml.isStartElement()) {
        if (is("default")) {
          standard = text();
        } else {
          skip();
        }
      }
    }
    if (id == null) {
      sink.reject(place, "expected a key with an id, found one without");
      return;
    }
    if (keys.size() >= MAX_KEYS) {
      throw problem("expected at most " + MAX_KEYS + " keys, found more");
    }
    own |= id.equals(VERSION);
    keys.put(
        id,
        new Key(
            id,
            name == null ? id : name,
            domain == null ? "all" : domain,
            type == null ? "string" : type.toLowerCase(Locale.ROOT),
            standard));
  }

  private void node() throws XMLStreamException {
    Place place = place();
    String id = attribute("id");
    String labels = attribute("labels");
    Map<Key, String> data = data("node");
    if (!sink.wantsNodes()) {
      return;
    }
    try {
      if (id == null) {
        throw new IllegalArgumentException("expected a node with an id, found one without");
      }
      sink.node(own ? ownNode(id, data, place) : foreignNode(id, labels, data, place));
    } catch (IllegalArgumentException | DateTimeException e) {
      sink.reject(place, String.valueOf(e.getMessage()));
    }
    sink.progress(place);
  }

  private void edge(boolean directedByDefault) throws XMLStreamException {
    Place place = place();
    String id = attribute("id");
    String source = attribute("source");
    String target = attribute("target");
    String said = attribute("directed");
    String label = attribute("label");
    Map<Key, String> data = data("edge");
    if (!sink.wantsEdges()) {
      return;
    }
    try {
      if (source == null || target == null) {
        throw new IllegalArgumentException("expected an edge with source and target");
      }
      boolean directed = said == null ? directedByDefault : said.equals("true") || said.equals("1");
      sink.edge(
          own
              ? ownEdge(id, source, target, directed, data, place)
              : foreignEdge(id, source, target, directed, label, data, place));
    } catch (IllegalArgumentException | DateTimeException e) {
      sink.reject(place, String.valueOf(e.getMessage()));
    }
    sink.progress(place);
  }

  /** The data of an element, up to its end, with the defaults of what it does not say. */
  private Map<Key, String> data(String element) throws XMLStreamException {
    var data = new LinkedHashMap<Key, String>();
    var given = new HashMap<String, Boolean>();
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      refuse(xml.getEventType());
      if (!xml.isStartElement()) {
        continue;
      }
      if (is("data")) {
        String id = attribute("key");
        String text = text();
        Key key = id == null ? null : keys.get(id);
        if (key == null) {
          key = id == null ? null : new Key(id, id, "all", "", null);
        }
        if (key != null) {
          data.put(key, text);
          given.put(key.id(), true);
        }
        if (data.size() > MAX_DATA) {
          throw problem("expected at most " + MAX_DATA + " data of one element, found more");
        }
      } else {
        if (is("graph") || is("port") || is("hyperedge")) {
          sink.reject(
              place(), "a " + xml.getLocalName() + " inside a " + element + " is not supported");
        }
        skip();
      }
    }
    for (Key key : keys.values()) {
      String standard = key.standard();
      if (standard != null && key.isFor(element) && !given.containsKey(key.id())) {
        data.put(key, standard);
      }
    }
    return data;
  }

  private NodeRecord foreignNode(
      String id, @Nullable String labelAttribute, Map<Key, String> data, Place place) {
    Map<String, PropertyValue> values = values(data);
    Map<String, String> declared = declared(data);
    Labels labels = Labels.none();
    if (labelAttribute != null) {
      labels = labels.union(labels(labelAttribute));
    }
    for (String name : List.of("labelV", "labels")) {
      String text = declared.get(name);
      if (text != null) {
        labels = labels.union(labels(text));
        values.remove(name);
      }
    }
    String title = "";
    for (String name : TITLES) {
      if (title.isBlank()
          && values.get(name) instanceof PropertyValue.Text text
          && declared.containsKey(name)) {
        title = text.value();
        values.remove(name);
      }
    }
    Double x = number(values.get("x"));
    Double y = number(values.get("y"));
    Double z = number(values.get("z"));
    Coordinates position = null;
    if (x != null && y != null) {
      position = Coordinates.of(x, y, z == null ? 0 : z);
      values.remove("x");
      values.remove("y");
      if (z != null) {
        values.remove("z");
      }
    }
    NodeData node =
        NodeData.empty()
            .withKey(NodeKey.of(id))
            .withLabels(labels)
            .withContent(Content.titled(title))
            .withPosition(position)
            .withProperties(new Properties(values));
    return new NodeRecord(null, node, place);
  }

  private EdgeRecord foreignEdge(
      @Nullable String id,
      String source,
      String target,
      boolean directed,
      @Nullable String labelAttribute,
      Map<Key, String> data,
      Place place) {
    Map<String, PropertyValue> values = values(data);
    Map<String, String> declared = declared(data);
    String type = declared.get("labelE");
    values.remove(type == null ? "" : "labelE");
    if (type == null || type.isBlank()) {
      type = labelAttribute;
    }
    if ((type == null || type.isBlank()) && declared.containsKey("label")) {
      type = declared.get("label");
      values.remove("label");
    }
    Double weight = number(values.get("weight"));
    if (weight != null) {
      values.remove("weight");
    }
    return new EdgeRecord(
        null,
        new EndRef.ByKey(NodeKey.of(source)),
        new EndRef.ByKey(NodeKey.of(target)),
        type == null || type.isBlank() ? EdgeType.RELATED : EdgeType.of(type),
        id == null || id.isEmpty() ? null : Discriminator.of(id),
        weight == null ? 1 : weight,
        directed,
        "",
        new Properties(values),
        null,
        place);
  }

  /** Labels as {@code A}, {@code A::B}, {@code :A:B} or {@code A,B}. */
  private static Labels labels(String text) {
    String separator = text.startsWith(":") || text.contains("::") ? ":+" : "[,;\\n]";
    return Labels.of(
        Arrays.stream(text.split(separator, -1))
            .map(String::strip)
            .filter(label -> !label.isEmpty())
            .toList());
  }

  private static @Nullable Double number(@Nullable PropertyValue value) {
    return switch (value) {
      case PropertyValue.Int number -> Double.valueOf((double) number.value());
      case PropertyValue.Decimal number -> number.value();
      case PropertyValue.Text text -> {
        try {
          double number = Double.parseDouble(text.value());
          yield Double.isFinite(number) ? number : null;
        } catch (NumberFormatException e) {
          yield null;
        }
      }
      case null, default -> null;
    };
  }

  private static Map<String, String> declared(Map<Key, String> data) {
    var declared = new HashMap<String, String>();
    data.forEach(
        (key, text) -> {
          if (!key.type().isEmpty()) {
            declared.put(key.name(), text);
          }
        });
    return declared;
  }

  private static Map<String, PropertyValue> values(Map<Key, String> data) {
    var values = new LinkedHashMap<String, PropertyValue>();
    data.forEach(
        (key, text) -> {
          PropertyValue value = value(key, text);
          if (value != null) {
            values.put(key.name(), value);
          }
        });
    return values;
  }

  /** The value of the declared type, or null if the text stands for none. */
  private static @Nullable PropertyValue value(Key key, String text) {
    String plain = text.strip();
    return switch (key.type()) {
      case "boolean" ->
          switch (plain) {
            case "" -> null;
            case "true", "True", "TRUE", "1" -> new PropertyValue.Bool(true);
            case "false", "False", "FALSE", "0" -> new PropertyValue.Bool(false);
            default -> throw expected("true or false", key);
          };
      case "int", "integer", "long" -> {
        try {
          yield plain.isEmpty() ? null : new PropertyValue.Int(Long.parseLong(plain));
        } catch (NumberFormatException e) {
          throw expected("an integer", key);
        }
      }
      case "float", "double" -> {
        if (plain.isEmpty() || plain.equalsIgnoreCase("nan")) {
          yield null;
        }
        try {
          yield new PropertyValue.Decimal(Double.parseDouble(plain));
        } catch (IllegalArgumentException e) {
          throw expected("a finite number", key);
        }
      }
      default -> new PropertyValue.Text(text);
    };
  }

  private static IllegalArgumentException expected(String what, Key key) {
    return new IllegalArgumentException(
        "expected " + what + " for " + key.name() + ", found something else");
  }

  private static NodeRecord ownNode(String id, Map<Key, String> data, Place place) {
    var own = new HashMap<String, String>();
    Properties properties = own(data, own);
    String key = own.get("key");
    String x = own.get("x");
    String y = own.get("y");
    String z = own.get("z");
    NodeData node =
        new NodeData(
            key == null ? null : NodeKey.of(key),
            Labels.of(lines(own.get("labels"))),
            new Content(
                own.getOrDefault("title", ""),
                own.getOrDefault("body", ""),
                ContentFormat.parse(own.getOrDefault("format", "text"))),
            Tags.of(lines(own.get("tags"))),
            x == null || y == null || z == null
                ? null
                : Coordinates.of(
                    Double.parseDouble(x), Double.parseDouble(y), Double.parseDouble(z)),
            properties,
            NodeStatus.parse(own.getOrDefault("status", "draft")),
            own.get("source"));
    return new NodeRecord(NodeId.parse(id), node, place);
  }

  private static EdgeRecord ownEdge(
      @Nullable String id,
      String source,
      String target,
      boolean directed,
      Map<Key, String> data,
      Place place) {
    var own = new HashMap<String, String>();
    Properties properties = own(data, own);
    return new EdgeRecord(
        id == null ? null : EdgeId.parse(id),
        new EndRef.ById(NodeId.parse(source)),
        new EndRef.ById(NodeId.parse(target)),
        EdgeType.of(own.getOrDefault("type", EdgeType.RELATED.name())),
        Discriminator.of(own.getOrDefault("discriminator", "")),
        Double.parseDouble(own.getOrDefault("weight", "1")),
        directed,
        own.getOrDefault("label", ""),
        properties,
        new Provenance(
            Origin.parse(own.getOrDefault("origin", Origin.MANUAL.code())),
            own.getOrDefault("method", ""),
            Double.parseDouble(own.getOrDefault("confidence", "1")),
            own.getOrDefault("reason", "")),
        place);
  }

  /** Parts the data into the fields of the element and its properties. */
  private static Properties own(Map<Key, String> data, Map<String, String> fields) {
    var properties = new LinkedHashMap<String, PropertyValue>();
    data.forEach(
        (key, text) -> {
          String id = key.id();
          if (id.startsWith(OWN)) {
            fields.put(id.substring(id.lastIndexOf('.') + 1), GraphmlWriter.unescape(text));
          } else if (id.startsWith(PROPERTY)) {
            properties.put(
                GraphmlWriter.unescape(key.name()),
                ownValue(id.substring(id.lastIndexOf('.') + 1), text));
          } else {
            PropertyValue value = value(key, text);
            if (value != null) {
              properties.put(key.name(), value);
            }
          }
        });
    return new Properties(properties);
  }

  private static PropertyValue ownValue(String type, String text) {
    return switch (type) {
      case "boolean" -> new PropertyValue.Bool(Boolean.parseBoolean(text.strip()));
      case "long" -> new PropertyValue.Int(Long.parseLong(text.strip()));
      case "double" -> new PropertyValue.Decimal(Double.parseDouble(text));
      case "instant" -> new PropertyValue.Moment(Instant.parse(text.strip()));
      case "date" -> new PropertyValue.Date(LocalDate.parse(text.strip()));
      case "list", "map" -> TypedText.read(text);
      default -> new PropertyValue.Text(GraphmlWriter.unescape(text));
    };
  }

  private static List<String> lines(@Nullable String text) {
    return text == null ? List.of() : Arrays.asList(text.split("\n", -1));
  }

  /** All the text of the current element, up to its end. */
  private String text() throws XMLStreamException {
    var text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      int event = xml.next();
      refuse(event);
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> deeper(++depth);
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (text.length() + xml.getTextLength() > limits.lineLength()) {
            throw problem("expected at most " + limits.lineLength() + " characters, found more");
          }
          text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
        default -> {}
      }
    }
    return text.toString();
  }

  /** Passes over the current element. */
  private void skip() throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      int event = xml.next();
      refuse(event);
      if (event == XMLStreamConstants.START_ELEMENT) {
        deeper(++depth);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  private void deeper(int depth) throws XMLStreamException {
    if (depth > limits.depth()) {
      throw problem("expected at most " + limits.depth() + " levels, found more");
    }
  }

  private void refuse(int event) throws XMLStreamException {
    if (event == XMLStreamConstants.DTD) {
      throw problem("expected no document type, found one");
    }
    if (event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw problem("expected no entities of the file's own, found one");
    }
  }

  private boolean is(String name) {
    return xml.getLocalName().equals(name);
  }

  private @Nullable String attribute(String name) {
    return xml.getAttributeValue(null, name);
  }

  private Place place() {
    var location = xml.getLocation();
    return new Place(file, location.getLineNumber(), location.getColumnNumber());
  }

  private XMLStreamException problem(String message) {
    return new XMLStreamException(message, xml.getLocation());
  }
}
