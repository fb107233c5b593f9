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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tables of nodes and tables of edges, with a header.
 *
 * <p>A table with a source and a target column holds edges, any other holds nodes. What a column
 * means is known by its name: {@code id} or {@code key} is the natural key, {@code title} or {@code
 * name} the title, {@code body}, {@code text}, {@code content}, {@code description} or {@code
 * gloss} the body, further {@code labels}, {@code tags}, {@code type}, {@code weight}, {@code x},
 * {@code y} and {@code z}; all others are properties. A name may declare a type: {@code name:long}
 * is always a property. The types of the others are found by looking at the whole column. Empty
 * cells and, where no type is declared, the word NULL are absent values.
 *
 * <p>A table of nodes without id or key takes its first column for it if that is named code or
 * iata, or like the table: in {@code categories.csv} the column {@code categoryID} with 1 gives the
 * key {@code category:1}, so that the tables of a database do not get in each other's way. A table
 * whose first two columns are such numbers of other tables ({@code orderID,productID}) joins these:
 * it holds edges. Where there are no labels, the label is the table's name in the singular.
 */
public final class CsvFormat implements ImportFormat, ExportFormat {
  private static final String[] ENDINGS = {".csv", ".tsv", ".tab"};
  private static final List<String> SOURCES = List.of("source", "src", "from", "origin", "start");
  private static final List<String> TARGETS = List.of("target", "dst", "to", "destination", "end");
  private static final List<ElementTable.Column> NODE_COLUMNS =
      columns(
          List.of("id"),
          "id",
          "key",
          "labels",
          "title",
          "body",
          "format",
          "tags",
          "x",
          "y",
          "z",
          "status",
          "source");
  private static final List<ElementTable.Column> EDGE_COLUMNS =
      columns(
          List.of("id", "source", "target"),
          "id",
          "source",
          "target",
          "type",
          "discriminator",
          "weight",
          "directed",
          "label",
          "origin",
          "method",
          "confidence",
          "reason");
  private static final List<String> GENERAL =
      List.of("node", "vertex", "vertice", "data", "export", "item", "stdin", "edge");

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public boolean recognizes(Path fileOrFolder, byte[] start) {
    if (start.length == 0 || !Sources.endsWith(fileOrFolder, ENDINGS)) {
      return false;
    }
    return CsvTable.names(Sources.firstLine(start)).stream().noneMatch(Neo4jCsvFormat::isSpecial);
  }

  @Override
  public void read(Path file, ImportOptions options, RecordSink sink) throws IOException {
    Header found = look(file, options, sink);
    if (found == null || !isWanted(found, sink)) {
      return;
    }
    CsvTable.read(
        CsvTable.Path.of(file),
        options,
        false,
        new CsvTable.Rows() {
          @Override
          public void header(List<String> names) {
            // The first reading took it.
          }

          @Override
          public void row(Place place, List<String> fields) {
            try {
              if (found.edges) {
                sink.edge(found.edge(place, fields));
              } else {
                sink.node(found.node(place, fields));
              }
            } catch (IllegalArgumentException e) {
              sink.reject(place, String.valueOf(e.getMessage()));
            }
            sink.progress(place);
          }

          @Override
          public void reject(Place place, String reason) {
            sink.reject(place, reason);
          }
        });
  }

  private static boolean isWanted(Header header, RecordSink sink) {
    return header.edges ? sink.wantsEdges() : sink.wantsNodes();
  }

  /** Reads as much of a table as it takes to know what its columns are. */
  private static @Nullable Header look(Path file, ImportOptions options, RecordSink sink)
      throws IOException {
    var header = new Header[1];
    CsvTable.read(
        CsvTable.Path.of(file),
        options,
        false,
        new CsvTable.Rows() {
          @Override
          public void header(List<String> names) {
            header[0] = new Header(names, Sources.stem(file), options.columnMap());
          }

          @Override
          public void row(Place place, List<String> fields) {
            header[0].look(fields);
          }

          @Override
          public boolean isEnough() {
            return !isWanted(header[0], sink) || header[0].isKnown();
          }

          @Override
          public void reject(Place place, String reason) {
            // The second reading reports it, if there is one.
            if (header[0] == null) {
              sink.reject(place, reason);
            }
          }
        });
    return header[0];
  }

  /** What the columns of a table mean. */
  private static final class Header {
    /** What a column is: one of the fields below or, with a kind or none, a property. */
    private record Column(String field, @Nullable String property, Cells.@Nullable Kind kind) {}

    private static final int TYPES = 1_000;

    private final List<Column> columns = new ArrayList<>();
    private final Map<String, int[]> places = new HashMap<>();
    private final Map<String, EdgeType.Input> types = new HashMap<>();
    private final Cells.@Nullable Kind[] seen;
    private final boolean exact;
    private final boolean edges;
    private final String label;
    private final String keyPrefix;
    private final String sourcePrefix;
    private final String targetPrefix;

    Header(List<String> names, String stem, Map<String, String> map) {
      exact = !names.isEmpty() && names.get(0).equals("id:uuid");
      seen = new Cells.Kind[names.size()];
      for (int i = 0; i < names.size(); i++) {
        columns.add(column(names.get(i), i, map));
      }
      boolean ends = (has("source") && has("target")) || has("source:uuid");
      String singular = singular(stem);
      String key = "";
      String from = "";
      String to = "";
      if (!ends && !has("key") && !exact && !names.isEmpty()) {
        String first = names.get(0);
        String owner = owner(first);
        if (owner != null && plain(owner).equals(plain(singular))) {
          columns.set(0, new Column("key", null, null));
          key = owner.toLowerCase(Locale.ROOT) + ":";
          int named = names.indexOf(owner + "Name");
          if (named > 0 && !has("title")) {
            columns.set(named, new Column("title", null, null));
          }
        } else if (List.of("code", "iata").contains(first.toLowerCase(Locale.ROOT))) {
          columns.set(0, new Column("key", null, null));
        } else if (owner != null) {
          String second = names.size() > 1 ? owner(names.get(1)) : null;
          if (second != null) {
            columns.set(0, new Column("source", null, null));
            columns.set(1, new Column("target", null, null));
            from = owner.toLowerCase(Locale.ROOT) + ":";
            to = second.toLowerCase(Locale.ROOT) + ":";
            ends = true;
          } else {
            columns.set(0, new Column("key", null, null));
            key = owner.toLowerCase(Locale.ROOT) + ":";
          }
        }
      }
      edges = ends;
      keyPrefix = key;
      sourcePrefix = from;
      targetPrefix = to;
      label = has("labels") || exact || GENERAL.contains(plain(singular)) ? "" : camel(singular);
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        if (!column.field.isEmpty() && foreign(column.field)) {
          // A table of edges has no body, one of nodes no weight: these are properties there.
          columns.set(i, new Column("", names.get(i), null));
        }
      }
      for (Column column : columns) {
        places.computeIfAbsent(
            column.field,
            field ->
                IntStream.range(0, columns.size())
                    .filter(i -> columns.get(i).field.equals(field))
                    .toArray());
      }
    }

    /** Whether no further row can change what kinds of values the columns hold. */
    boolean isKnown() {
      for (int i = 0; i < seen.length; i++) {
        Column column = columns.get(i);
        if (column.property != null && column.kind == null && seen[i] != Cells.Kind.TEXT) {
          return false;
        }
      }
      return true;
    }

    private boolean foreign(String field) {
      return switch (field) {
        case "weight", "type", "target", "directed", "discriminator", "label" -> !edges;
        case "source" -> !edges && !exact;
        case "origin", "method", "confidence", "reason" -> !edges || !exact;
        case "title", "body", "labels", "tags", "x", "y", "z", "format", "status" -> edges;
        default -> false;
      };
    }

    private boolean has(String field) {
      return columns.stream().anyMatch(column -> column.field.equals(field));
    }

    private Column column(String name, int index, Map<String, String> map) {
      String mapped = map.get(name);
      if (mapped != null) {
        return meaning(mapped) != null && mapped.equals(meaning(mapped))
            ? new Column(mapped, null, null)
            : new Column("", mapped, null);
      }
      int colon = name.lastIndexOf(':');
      if (colon > 0) {
        String word = name.substring(colon + 1);
        if (word.equals("uuid")) {
          return new Column(name, null, null);
        }
        Cells.Kind kind = Cells.Kind.declared(word);
        if (kind != null) {
          return new Column("", name.substring(0, colon), kind);
        }
      }
      if (name.isEmpty()) {
        return new Column("", "column" + (index + 1), null);
      }
      String meaning = exact ? name : meaning(name.toLowerCase(Locale.ROOT));
      return meaning == null ? new Column("", name, null) : new Column(meaning, null, null);
    }

    /** The field a column is known for by its name. */
    private static @Nullable String meaning(String name) {
      if (SOURCES.contains(name)) {
        return "source";
      }
      if (TARGETS.contains(name)) {
        return "target";
      }
      return switch (name) {
        case "id", "key" -> "key";
        case "title", "name" -> "title";
        case "body", "text", "content", "description", "gloss" -> "body";
        case "labels", ":label" -> "labels";
        case "type", ":type" -> "type";
        case "tags", "weight", "x", "y", "z", "directed", "discriminator", "label", "-" -> name;
        default -> null;
      };
    }

    /** Looks at a row to find what kinds of values the columns hold. */
    void look(List<String> fields) {
      for (int i = 0; i < seen.length; i++) {
        Column column = columns.get(i);
        if (column.property == null || column.kind != null || seen[i] == Cells.Kind.TEXT) {
          continue;
        }
        String text = fields.get(i);
        if (!text.isEmpty() && !text.equals("NULL")) {
          Cells.Kind kind = Cells.kindOf(text);
          Cells.Kind before = seen[i];
          seen[i] = before == null ? kind : before.with(kind);
        }
      }
    }

    /** What a row has in the first column of this meaning that is not empty. */
    private @Nullable String field(List<String> row, String name) {
      int[] at = places.get(name);
      if (at != null) {
        for (int i : at) {
          String text = row.get(i);
          if (!text.isEmpty() && (exact || !text.equals("NULL"))) {
            return text;
          }
        }
      }
      return null;
    }

    private String field(List<String> row, String name, String otherwise) {
      String text = field(row, name);
      return text == null ? otherwise : text;
    }

    private Properties properties(List<String> row) {
      var values = new TreeMap<String, PropertyValue>();
      for (int i = 0; i < row.size(); i++) {
        Column column = columns.get(i);
        String text = row.get(i);
        if (column.property == null || text.isEmpty()) {
          continue;
        }
        Cells.Kind kind = column.kind;
        if (kind == null) {
          if (text.equals("NULL")) {
            continue;
          }
          Cells.Kind inferred = seen[i];
          kind = inferred == null ? Cells.Kind.TEXT : inferred;
        }
        try {
          values.put(column.property, Cells.value(kind, text));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(column.property + ": " + e.getMessage(), e);
        }
      }
      return values.isEmpty() ? Properties.none() : new Properties(values);
    }

    NodeRecord node(Place place, List<String> row) {
      String key = field(row, "key");
      String id = field(row, "id:uuid");
      String x = field(row, "x");
      String y = field(row, "y");
      String z = field(row, "z");
      Labels labels = Labels.of(Cells.split(field(row, "labels", "")));
      var data =
          new NodeData(
              key == null ? null : NodeKey.of(keyPrefix + (exact ? key : key.strip())),
              label.isEmpty() ? labels : labels.with(label),
              new Content(
                  field(row, "title", ""),
                  field(row, "body", ""),
                  ContentFormat.parse(field(row, "format", "text"))),
              Tags.of(Cells.split(field(row, "tags", ""))),
              x == null || y == null
                  ? null
                  : Coordinates.of(
                      Cells.number("x", x),
                      Cells.number("y", y),
                      z == null ? 0 : Cells.number("z", z)),
              properties(row),
              NodeStatus.parse(field(row, "status", NodeStatus.DRAFT.code())),
              exact ? field(row, "source") : null);
      return new NodeRecord(id == null ? null : NodeId.parse(id), data, place);
    }

    EdgeRecord edge(Place place, List<String> row) {
      EndRef source = end(row, "source", sourcePrefix);
      EndRef target = end(row, "target", targetPrefix);
      String typeName = field(row, "type");
      EdgeType type = EdgeType.RELATED;
      if (typeName != null && exact) {
        type = EdgeType.of(typeName);
      } else if (typeName != null) {
        if (types.size() > TYPES) {
          types.clear();
        }
        EdgeType.Input input = types.computeIfAbsent(typeName, EdgeType::parse);
        type = input.type();
        if (input.turned()) {
          EndRef turned = source;
          source = target;
          target = turned;
        }
      }
      String id = field(row, "id:uuid");
      String discriminator = field(row, "discriminator");
      String weight = field(row, "weight");
      String directed = field(row, "directed");
      String origin = field(row, "origin");
      return new EdgeRecord(
          id == null ? null : EdgeId.parse(id),
          source,
          target,
          type,
          discriminator == null
              ? exact ? Discriminator.none() : null
              : Discriminator.of(discriminator),
          weight == null ? 1 : Cells.number("weight", weight),
          directed == null || Cells.bool(directed),
          field(row, "label", ""),
          properties(row),
          origin == null
              ? null
              : new Provenance(
                  Origin.parse(origin),
                  field(row, "method", ""),
                  Cells.number("confidence", field(row, "confidence", "1")),
                  field(row, "reason", "")),
          place);
    }

    private EndRef end(List<String> row, String name, String prefix) {
      String id = field(row, name.equals("source") ? "source:uuid" : "target:uuid");
      if (id != null) {
        return new EndRef.ById(NodeId.parse(id));
      }
      String key = field(row, name);
      if (key == null) {
        throw new IllegalArgumentException(name + ": expected a key, found nothing");
      }
      return new EndRef.ByKey(NodeKey.of(prefix + key.strip()));
    }

    /** What a column such as categoryID counts; null if it is no such column. */
    private static @Nullable String owner(String name) {
      if (name.length() > 3 && name.endsWith("_id")) {
        return name.substring(0, name.length() - 3);
      }
      return name.length() > 2 && (name.endsWith("ID") || name.endsWith("Id"))
          ? name.substring(0, name.length() - 2)
          : null;
    }

    private static String plain(String name) {
      return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static String singular(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.endsWith("ies") && lower.length() > 4) {
        return name.substring(0, name.length() - 3) + "y";
      }
      for (String ending : List.of("sses", "xes", "ches", "shes")) {
        if (lower.endsWith(ending)) {
          return name.substring(0, name.length() - 2);
        }
      }
      return lower.endsWith("s") && !lower.endsWith("ss") && lower.length() > 2
          ? name.substring(0, name.length() - 1)
          : name;
    }

    private static String camel(String name) {
      var camel = new StringBuilder();
      for (String word : name.split("[^\\p{L}\\p{N}]+", -1)) {
        if (!word.isEmpty()) {
          camel.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
      }
      return camel.length() > Labels.MAX_LENGTH ? camel.substring(0, 100) : camel.toString();
    }
  }

  @Override
  public void write(GraphView graph, Path target, ExportOptions options, Consumer<String> notes)
      throws IOException {
    PropertyColumns nodes = PropertyColumns.ofNodes(graph);
    PropertyColumns edges = PropertyColumns.ofEdges(graph);
    Notes.categories(graph, options, notes);
    ElementTable.nodes(
        graph,
        target.resolve("nodes.csv"),
        NODE_COLUMNS,
        nodes,
        nodes.header(),
        row -> defused(row, options));
    ElementTable.edges(
        graph,
        target.resolve("edges.csv"),
        EDGE_COLUMNS,
        edges,
        edges.header(),
        row -> defused(row, options));
  }

  private static List<ElementTable.Column> columns(List<String> ids, String... fields) {
    return Stream.of(fields)
        .map(field -> new ElementTable.Column(field, ids.contains(field) ? field + ":uuid" : field))
        .toList();
  }

  private static List<String> defused(List<String> row, ExportOptions options) {
    if (options.defuseFormulas()) {
      row.replaceAll(
          text ->
              !text.isEmpty()
                      && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                      && Cells.kindOf(text) == Cells.Kind.TEXT
                  ? "'" + text
                  : text);
    }
    return row;
  }
}
