package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.json.ValueJson;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.GraphQuery;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The library's own format: one JSON object a line. The first says what the file is, each other is
 * a category, a node or an edge with its id and all its data. Reading it into an empty graph of the
 * same settings gives a graph with the same fingerprint.
 */
public final class JsonlFormat implements ImportFormat, ExportFormat {
  /** The version this library writes, and the latest it reads. */
  public static final int VERSION = 1;

  private static final String FILE = "graph.jsonl";

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public boolean recognizes(Path fileOrFolder, byte[] start) {
    String text = new String(start, StandardCharsets.UTF_8).replaceAll("\\s", "");
    return text.startsWith("{\"format\":\"knowledge-graph\"");
  }

  @Override
  public void read(Path file, ImportOptions options, RecordSink sink) throws IOException {
    String shown = file.toString();
    try (BufferedReader in = Sources.reader(file, options)) {
      var lines = new Lines(in, shown, options);
      for (String line = lines.next(sink::reject); line != null; line = lines.next(sink::reject)) {
        if (line.isBlank()) {
          continue;
        }
        try {
          read(line, lines.place(), sink);
        } catch (IllegalArgumentException e) {
          sink.reject(lines.place(), String.valueOf(e.getMessage()));
        }
        sink.progress(lines.place());
      }
    }
  }

  private static void read(String line, Place place, RecordSink sink) {
    Map<String, String> members = JsonLines.members(line);
    String kind = members.keySet().stream().findFirst().orElse("");
    switch (kind) {
      case "format" -> checkHeader(members);
      case "category" -> {
        Map<String, String> category = JsonLines.members(required(members, kind));
        sink.category(
            CategoryId.parse(JsonLines.unquote(required(category, "id"))),
            ValueJson.parseCategoryData(required(category, "data")),
            place);
      }
      case "node" -> {
        Map<String, String> node = JsonLines.members(required(members, kind));
        NodeId id = NodeId.parse(JsonLines.unquote(required(node, "id")));
        if (sink.wantsNodes()) {
          sink.node(new NodeRecord(id, ValueJson.parseNodeData(required(node, "data")), place));
        }
        String categories = node.get("categories");
        if (sink.wantsEdges() && categories != null) {
          for (Categorization each : ValueJson.parseCategorizations(categories)) {
            sink.categorize(id, each, place);
          }
        }
      }
      case "edge" -> {
        if (sink.wantsEdges()) {
          Map<String, String> edge = JsonLines.members(required(members, kind));
          EdgeData data = ValueJson.parseEdgeData(required(edge, "data"));
          sink.edge(
              new EdgeRecord(
                  EdgeId.parse(JsonLines.unquote(required(edge, "id"))),
                  new EndRef.ById(data.source()),
                  new EndRef.ById(data.target()),
                  data.type(),
                  data.discriminator(),
                  data.weight(),
                  data.directed(),
                  data.label(),
                  data.properties(),
                  data.provenance(),
                  place));
        }
      }
      default ->
          throw new IllegalArgumentException(
              "expected a format, category, node or edge, found something else");
    }
  }

  private static void checkHeader(Map<String, String> members) {
    String version = required(members, "version");
    if (!version.matches("\\d{1,6}") || Integer.parseInt(version) > VERSION) {
      throw new IllegalArgumentException(
          "version: expected at most " + VERSION + ", found a later one; use a newer release");
    }
  }

  private static String required(Map<String, String> members, String name) {
    String value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": expected a value, found nothing");
    }
    return value;
  }

  @Override
  public void write(GraphView graph, Path target, ExportOptions options, Consumer<String> notes)
      throws IOException {
    Path file = Files.isDirectory(target) ? target.resolve(FILE) : target;
    try (BufferedWriter out = Sources.writer(file)) {
      line(
          out,
          "{\"format\":\"knowledge-graph\",\"version\":"
              + VERSION
              + ",\"graph\":"
              + ValueJson.graphData(graph.graph().data())
              + "}");
      for (Category category : parentsFirst(graph)) {
        line(
            out,
            "{\"category\":{\"id\":\""
                + category.id()
                + "\",\"data\":"
                + ValueJson.categoryData(category.data())
                + "}}");
      }
      graph.forEachNode(node -> line(out, node(node)));
      graph.forEachEdge(edge -> line(out, edge(edge)));
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    }
  }

  private static List<Category> parentsFirst(GraphView graph) {
    var waiting = new ArrayList<>(graph.ask(new GraphQuery.ListCategories(graph.id())));
    var known = new HashSet<CategoryId>();
    var sorted = new ArrayList<Category>();
    boolean more = true;
    while (more) {
      more = false;
      for (var each = waiting.iterator(); each.hasNext(); ) {
        Category category = each.next();
        CategoryId parent = category.data().parent();
        if (parent == null || known.contains(parent)) {
          known.add(category.id());
          sorted.add(category);
          each.remove();
          more = true;
        }
      }
    }
    return sorted;
  }

  private static String node(Node node) {
    String categories =
        node.categories().isEmpty()
            ? ""
            : ",\"categories\":" + ValueJson.categorizations(node.categories());
    return "{\"node\":{\"id\":\""
        + node.id()
        + "\",\"data\":"
        + ValueJson.nodeData(node.data())
        + categories
        + "}}";
  }

  private static String edge(Edge edge) {
    return "{\"edge\":{\"id\":\""
        + edge.id()
        + "\",\"data\":"
        + ValueJson.edgeData(edge.data())
        + "}}";
  }

  private static void line(BufferedWriter out, String line) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
