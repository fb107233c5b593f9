package dev.knowledgegraph.io;

import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes one GraphML file. */
final class GraphmlWriter {
  private static final String ESCAPED = "\\e:";

  /** The fields of nodes: the end of the key, the attribute's name, its type. */
  private static final List<List<String>> NODE_FIELDS =
      List.of(
          List.of("key", "key", "string"),
          List.of("title", "label", "string"),
          List.of("body", "body", "string"),
          List.of("format", "format", "string"),
          List.of("labels", "labels", "string"),
          List.of("tags", "tags", "string"),
          List.of("status", "status", "string"),
          List.of("source", "source", "string"),
          List.of("x", "x", "double"),
          List.of("y", "y", "double"),
          List.of("z", "z", "double"));

  private static final List<List<String>> EDGE_FIELDS =
      List.of(
          List.of("type", "type", "string"),
          List.of("discriminator", "discriminator", "string"),
          List.of("weight", "weight", "double"),
          List.of("label", "label", "string"),
          List.of("origin", "origin", "string"),
          List.of("method", "method", "string"),
          List.of("confidence", "confidence", "double"),
          List.of("reason", "reason", "string"));

  private final Writer out;

  /** The keys of properties, by kind of element, type and name. */
  private final Map<String, String> keys = new TreeMap<>();

  GraphmlWriter(Writer out) {
    this.out = out;
  }

  void write(
      MarkdownFormat.Each<Node> nodes, MarkdownFormat.Each<Edge> edges, Consumer<String> notes)
      throws IOException {
    try {
      out.write(
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              + "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
              + "  <key id=\"kg.version\" for=\"graph\" attr.name=\"version\""
              + " attr.type=\"string\"><default>1</default></key>\n");
      declare(nodes, edges);
      out.write("  <graph edgedefault=\"directed\">\n");
      long[] categorized = {0};
      nodes.forEach(
          node -> {
            categorized[0] += node.categories().isEmpty() ? 0 : 1;
            node(node);
          });
      edges.forEach(this::edge);
      out.write("  </graph>\n</graphml>\n");
      if (categorized[0] > 0) {
        notes.accept("categories of " + categorized[0] + " nodes are left out");
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void declare(MarkdownFormat.Each<Node> nodes, MarkdownFormat.Each<Edge> edges)
      throws IOException {
    for (List<String> field : NODE_FIELDS) {
      declare("kg.node." + field.get(0), "node", field.get(1), field.get(2));
    }
    for (List<String> field : EDGE_FIELDS) {
      declare("kg.edge." + field.get(0), "edge", field.get(1), field.get(2));
    }
    nodes.forEach(node -> collect("node", node.properties()));
    edges.forEach(edge -> collect("edge", edge.properties()));
    int number = 0;
    for (Map.Entry<String, String> key : keys.entrySet()) {
      String[] parts = key.getKey().split("\n", 3);
      String type = parts[1];
      String id = "p." + number++ + "." + type;
      key.setValue(id);
      String known =
          type.equals("boolean") || type.equals("long") || type.equals("double") ? type : "string";
      declare(id, parts[0], parts[2], known);
    }
  }

  private void declare(String id, String element, String name, String type) throws IOException {
    out.write("  <key id=\"" + id + "\" for=\"" + element + "\" attr.name=\"");
    xml(escape(name), true);
    out.write("\" attr.type=\"" + type + "\"/>\n");
  }

  private void collect(String element, Properties properties) {
    properties
        .values()
        .forEach((name, value) -> keys.put(element + "\n" + type(value) + "\n" + name, ""));
  }

  private static String type(PropertyValue value) {
    return switch (value) {
      case PropertyValue.Bool bool -> "boolean";
      case PropertyValue.Int number -> "long";
      case PropertyValue.Decimal number -> "double";
      case PropertyValue.Text text -> "string";
      case PropertyValue.Moment moment -> "instant";
      case PropertyValue.Date date -> "date";
      case PropertyValue.Items items -> "list";
      case PropertyValue.Fields fields -> "map";
    };
  }

  private void node(Node node) {
    try {
      NodeData data = node.data();
      Content content = data.content();
      out.write("    <node id=\"" + node.id() + "\">\n");
      field("kg.node.key", data.key() == null ? "" : data.key().value());
      field("kg.node.title", content.title());
      field("kg.node.body", content.body());
      field(
          "kg.node.format", content.format() == ContentFormat.TEXT ? "" : content.format().code());
      field("kg.node.labels", String.join("\n", data.labels().names()));
      field("kg.node.tags", String.join("\n", data.tags().names()));
      field("kg.node.status", data.status().code());
      String source = data.source();
      if (source != null) {
        data("kg.node.source", escape(source));
      }
      Coordinates position = data.position();
      if (position != null) {
        data("kg.node.x", Double.toString(position.x()));
        data("kg.node.y", Double.toString(position.y()));
        data("kg.node.z", Double.toString(position.z()));
      }
      properties("node", data.properties());
      out.write("    </node>\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void edge(Edge edge) {
    try {
      EdgeData data = edge.data();
      out.write(
          "    <edge id=\""
              + edge.id()
              + "\" source=\""
              + data.source()
              + "\" target=\""
              + data.target()
              + "\" directed=\""
              + data.directed()
              + "\">\n");
      field("kg.edge.type", data.type().name());
      field("kg.edge.discriminator", data.discriminator().value());
      data("kg.edge.weight", Double.toString(data.weight()));
      field("kg.edge.label", data.label());
      field("kg.edge.origin", data.provenance().origin().code());
      field("kg.edge.method", data.provenance().method());
      data("kg.edge.confidence", Double.toString(data.provenance().confidence()));
      field("kg.edge.reason", data.provenance().reason());
      properties("edge", data.properties());
      out.write("    </edge>\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void properties(String element, Properties properties) throws IOException {
    for (Map.Entry<String, PropertyValue> property : properties.values().entrySet()) {
      PropertyValue value = property.getValue();
      String key = keys.getOrDefault(element + "\n" + type(value) + "\n" + property.getKey(), "");
      String text =
          switch (value) {
            case PropertyValue.Text string -> escape(string.value());
            case PropertyValue.Items items -> TypedText.write(items);
            case PropertyValue.Fields fields -> TypedText.write(fields);
            default -> value.toString();
          };
      data(key, text);
    }
  }

  private void field(String key, String text) throws IOException {
    if (!text.isEmpty()) {
      data(key, escape(text));
    }
  }

  private void data(String key, String text) throws IOException {
    out.write("      <data key=\"" + key + "\">");
    xml(text, false);
    out.write("</data>\n");
  }

  private void xml(String text, boolean attribute) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.write("&amp;");
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        case '"' -> out.write("&quot;");
        case '\r' -> out.write("&#13;");
        case '\n' -> out.write(attribute ? "&#10;" : "\n");
        case '\t' -> out.write(attribute ? "&#9;" : "\t");
        default -> out.write(c);
      }
    }
  }

  /** The text as XML can hold it; itself, unless it has characters that XML forbids. */
  static String escape(String text) {
    boolean fits = !text.startsWith(ESCAPED);
    for (int i = 0; fits && i < text.length(); i++) {
      fits = allowed(text.charAt(i));
    }
    if (fits) {
      return text;
    }
    var out = new StringBuilder(ESCAPED);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        out.append("\\\\");
      } else if (allowed(c)) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.toString();
  }

  /** Undoes {@link #escape}. */
  static String unescape(String text) {
    if (!text.startsWith(ESCAPED)) {
      return text;
    }
    var out = new StringBuilder();
    for (int i = ESCAPED.length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
      } else if (text.startsWith("\\\\", i)) {
        out.append('\\');
        i++;
      } else if (text.startsWith("\\u", i) && i + 6 <= text.length()) {
        out.append((char) Integer.parseInt(text, i + 2, i + 6, 16));
        i += 5;
      } else {
        throw new IllegalArgumentException("expected \\\\ or \\u and four digits after \\e:");
      }
    }
    return out.toString();
  }

  /** Surrogates come in pairs, as all text of a graph. */
  private static boolean allowed(char c) {
    return c >= ' ' ? c != '\uFFFE' && c != '\uFFFF' : c == '\n' || c == '\t' || c == '\r';
  }
}
