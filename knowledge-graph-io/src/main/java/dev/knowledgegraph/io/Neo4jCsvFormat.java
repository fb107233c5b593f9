package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tables with the headers of neo4j-admin: {@code :ID(Space)}, {@code :LABEL}, {@code
 * :START_ID(Space)}, {@code :END_ID(Space)}, {@code :TYPE} and typed properties, {@code name:long}
 * or {@code name:string[]}.
 *
 * <p>The key of a node is its id, after its space and a colon where there is a space. A table of
 * edges without {@code :TYPE} has the middle of its file name for it: {@code a_type_b.csv}. A table
 * of nodes without {@code :LABEL} has its space for it.
 */
public final class Neo4jCsvFormat implements ImportFormat, ExportFormat {
  private static final Pattern SPECIAL =
      Pattern.compile("(.*):(ID|LABEL|START_ID|END_ID|TYPE|IGNORE)(?:\\((.*)\\))?(?:\\{.*\\})?");

  /** The id space of this library's own exports. */
  private static final String OWN = "knowledge-graph";

  private static final List<ElementTable.Column> NODE_COLUMNS =
      columns(
          List.of(
              new ElementTable.Column("id", ":ID(" + OWN + ")"),
              new ElementTable.Column("labels", ":LABEL")),
          "key:string",
          "title:string",
          "body:string",
          "format:string",
          "tags:string",
          "x:double",
          "y:double",
          "z:double",
          "status:string",
          "source:string");
  private static final List<ElementTable.Column> EDGE_COLUMNS =
      columns(
          List.of(
              new ElementTable.Column("source", ":START_ID(" + OWN + ")"),
              new ElementTable.Column("target", ":END_ID(" + OWN + ")"),
              new ElementTable.Column("type", ":TYPE"),
              new ElementTable.Column("id", "edgeId:string")),
          "discriminator:string",
          "weight:double",
          "directed:boolean",
          "label:string",
          "origin:string",
          "method:string",
          "confidence:double",
          "reason:string");

  private static final String[] ENDINGS = {".csv", ".tsv", ".tab"};

  @Override
  public String name() {
    return "neo4j-csv";
  }

  /** Whether a column is one that only these tables have. */
  static boolean isSpecial(String column) {
    return SPECIAL.matcher(column).matches();
  }

  @Override
  public boolean recognizes(Path fileOrFolder, byte[] start) {
    return start.length > 0
        && Sources.endsWith(fileOrFolder, ENDINGS)
        && CsvTable.names(Sources.firstLine(start)).stream().anyMatch(Neo4jCsvFormat::isSpecial);
  }

  @Override
  public void read(Path file, ImportOptions options, RecordSink sink) throws IOException {
    var found = new Header[1];
    CsvTable.read(
        CsvTable.Path.of(file),
        options,
        true,
        new CsvTable.Rows() {
          @Override
          public void header(List<String> names) {
            found[0] = new Header(names, Sources.stem(file), options.columnMap());
          }

          @Override
          public void row(Place place, List<String> fields) {
            Header header = found[0];
            if (header.edges ? !sink.wantsEdges() : !sink.wantsNodes()) {
              return;
            }
            try {
              if (header.edges) {
                sink.edge(header.edge(place, fields));
              } else {
                sink.node(header.node(place, fields));
              }
            } catch (IllegalArgumentException e) {
              sink.reject(place, String.valueOf(e.getMessage()));
            }
            sink.progress(place);
          }

          @Override
          public void reject(Place place, String reason) {
            Header header = found[0];
            if (header == null || (header.edges ? sink.wantsEdges() : sink.wantsNodes())) {
              sink.reject(place, reason);
            }
          }
        });
  }

  /** What the columns of a table mean. */
  private static final class Header {
    /** A column; a special one has one of the words of neo4j-admin for its role. */
    private record Column(String name, String role, String space, Cells.Kind kind, boolean many) {}

    private final List<Column> columns = new ArrayList<>();
    private final boolean edges;
    private final boolean own;
    private final String type;

    Header(List<String> names, String stem, Map<String, String> map) {
      for (String name : names) {
        columns.add(column(name, map));
      }
      edges = columns.stream().anyMatch(column -> column.role.equals("START_ID"));
      own = columns.stream().anyMatch(column -> column.space.equals(OWN));
      String[] words = stem.split("_", -1);
      type = words.length == 3 && !words[1].isBlank() ? words[1] : EdgeType.RELATED.name();
    }

    private static Column column(String name, Map<String, String> map) {
      Matcher special = SPECIAL.matcher(name);
      if (special.matches()) {
        String space = special.group(3);
        return new Column(
            special.group(1), special.group(2), space == null ? "" : space, Cells.Kind.TEXT, false);
      }
      String plain = name;
      Cells.Kind kind = Cells.Kind.TEXT;
      boolean many = false;
      int colon = name.lastIndexOf(':');
      if (colon > 0) {
        String word = name.substring(colon + 1).replaceAll("\\{.*", "");
        many = word.endsWith("[]");
        Cells.Kind declared =
            Cells.Kind.declared(many ? word.substring(0, word.length() - 2) : word);
        if (declared != null) {
          kind = declared;
          plain = name.substring(0, colon);
        }
      }
      return new Column(map.getOrDefault(plain, plain), "", "", kind, many);
    }

    NodeRecord node(Place place, List<String> row) {
      NodeId id = null;
      String key = null;
      List<String> labels = new ArrayList<>();
      String space = "";
      String title = "";
      String body = "";
      String format = "text";
      String status = NodeStatus.DRAFT.code();
      String source = null;
      Tags tags = Tags.none();
      var position = new Double[3];
      var properties = new TreeMap<String, PropertyValue>();
      for (int i = 0; i < row.size(); i++) {
        Column column = columns.get(i);
        String text = row.get(i);
        if (text.isEmpty()) {
          continue;
        }
        switch (column.role) {
          case "ID" -> {
            space = column.space;
            if (own) {
              id = NodeId.parse(text);
            } else {
              key = column.space.isEmpty() ? text : column.space + ":" + text;
            }
          }
          case "LABEL" -> labels.addAll(own ? Cells.split(text) : CsvTable.split(text, ';'));
          case "" -> {
            switch (column.kind == Cells.Kind.TEXT ? field(column.name) : "") {
              case "key" -> key = text;
              case "title" -> title = text;
              case "body" -> body = text;
              case "format" -> format = text;
              case "status" -> status = text;
              case "source" -> source = text;
              case "tags" -> tags = Tags.of(Cells.split(text));
              default -> {
                int axis = "xyz".indexOf(column.name);
                if (column.name.length() == 1 && axis >= 0 && !column.many) {
                  position[axis] = Cells.number(column.name, text);
                } else {
                  put(properties, column, text);
                }
              }
            }
          }
          default -> {
            // Not about nodes.
          }
        }
      }
      if (labels.isEmpty() && !own && !space.isEmpty()) {
        labels.add(space);
      }
      Double x = position[0];
      Double y = position[1];
      Double z = position[2];
      return new NodeRecord(
          id,
          new NodeData(
              key == null ? null : NodeKey.of(key),
              Labels.of(labels),
              new Content(title, body, ContentFormat.parse(format)),
              tags,
              x == null || y == null ? null : Coordinates.of(x, y, z == null ? 0 : z),
              new Properties(properties),
              NodeStatus.parse(status),
              source),
          place);
    }

    /** The field a text column is known for; empty if it is a property. */
    private String field(String name) {
      if (own) {
        return switch (name) {
          case "key", "title", "body", "format", "status", "source", "tags" -> name;
          default -> "";
        };
      }
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "title", "name" -> "title";
        case "body", "text", "content", "description" -> "body";
        case "tags" -> "tags";
        default -> "";
      };
    }

    EdgeRecord edge(Place place, List<String> row) {
      EndRef source = null;
      EndRef target = null;
      EdgeId id = null;
      String typeName = type;
      Discriminator discriminator = own ? Discriminator.none() : null;
      double weight = 1;
      boolean directed = true;
      String label = "";
      String origin = null;
      String method = "";
      String reason = "";
      double confidence = 1;
      var properties = new TreeMap<String, PropertyValue>();
      for (int i = 0; i < row.size(); i++) {
        Column column = columns.get(i);
        String text = row.get(i);
        if (text.isEmpty()) {
          continue;
        }
        switch (column.role) {
          case "START_ID" -> source = end(column, text);
          case "END_ID" -> target = end(column, text);
          case "TYPE" -> typeName = text;
          case "" -> {
            switch (own ? column.name : column.name.equals("weight") ? "weight" : "") {
              case "edgeId" -> id = EdgeId.parse(text);
              case "discriminator" -> discriminator = Discriminator.of(text);
              case "weight" -> weight = Cells.number("weight", text);
              case "directed" -> directed = Cells.bool(text);
              case "label" -> label = text;
              case "origin" -> origin = text;
              case "method" -> method = text;
              case "confidence" -> confidence = Cells.number("confidence", text);
              case "reason" -> reason = text;
              default -> put(properties, column, text);
            }
          }
          default -> {
            // Not about edges.
          }
        }
      }
      if (source == null || target == null) {
        throw new IllegalArgumentException(
            (source == null ? ":START_ID" : ":END_ID") + ": expected an id, found nothing");
      }
      return new EdgeRecord(
          id,
          source,
          target,
          EdgeType.of(typeName),
          discriminator,
          weight,
          directed,
          label,
          new Properties(properties),
          origin == null ? null : new Provenance(Origin.parse(origin), method, confidence, reason),
          place);
    }

    private static EndRef end(Column column, String text) {
      if (column.space.equals(OWN)) {
        return new EndRef.ById(NodeId.parse(text));
      }
      return new EndRef.ByKey(
          NodeKey.of(column.space.isEmpty() ? text : column.space + ":" + text));
    }

    private static void put(Map<String, PropertyValue> properties, Column column, String text) {
      try {
        properties.put(
            column.name,
            column.many
                ? new PropertyValue.Items(
                    CsvTable.split(text, ';').stream()
                        .map(item -> Cells.value(column.kind, item))
                        .toList())
                : Cells.value(column.kind, text));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(column.name + ": " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void write(GraphView graph, Path target, ExportOptions options, Consumer<String> notes)
      throws IOException {
    PropertyColumns nodes = PropertyColumns.ofNodes(graph);
    PropertyColumns edges = PropertyColumns.ofEdges(graph);
    Notes.categories(graph, options, notes);
    List<String> nodeNames = List.of("key", "title", "body", "format", "tags", "status", "source");
    List<String> edgeNames =
        List.of(
            "edgeId",
            "discriminator",
            "weight",
            "directed",
            "label",
            "origin",
            "method",
            "confidence",
            "reason");
    nodes.leaveOut(name -> nodeNames.contains(name) || name.matches("[xyz]"), options, notes);
    edges.leaveOut(edgeNames::contains, options, notes);
    UnaryOperator<List<String>> asItIs = UnaryOperator.identity();
    ElementTable.nodes(
        graph, target.resolve("nodes.csv"), NODE_COLUMNS, nodes, nodes.neo4jHeader(), asItIs);
    ElementTable.edges(
        graph,
        target.resolve("relationships.csv"),
        EDGE_COLUMNS,
        edges,
        edges.neo4jHeader(),
        asItIs);
  }

  private static List<ElementTable.Column> columns(
      List<ElementTable.Column> first, String... others) {
    return Stream.concat(
            first.stream(),
            Stream.of(others)
                .map(
                    header ->
                        new ElementTable.Column(header.substring(0, header.indexOf(':')), header)))
        .toList();
  }
}
