package dev.knowledgegraph.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.Properties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * All nodes, or all edges, of a graph as a delimited file: columns for the fields, then one for
 * each property. Which fields, in which order and by which names, is up to the format.
 */
final class ElementTable {
  private static final Map<String, Function<Node, String>> NODE =
      Map.ofEntries(
          Map.entry("id", node -> node.id().toString()),
          Map.entry("key", node -> node.data().key() == null ? "" : node.data().key().value()),
          Map.entry("labels", node -> Cells.join(node.data().labels().names())),
          Map.entry("title", node -> node.data().content().title()),
          Map.entry("body", node -> node.data().content().body()),
          Map.entry("format", node -> node.data().content().format().code()),
          Map.entry("tags", node -> Cells.join(node.data().tags().names())),
          Map.entry("x", axis(Coordinates::x)),
          Map.entry("y", axis(Coordinates::y)),
          Map.entry("z", axis(Coordinates::z)),
          Map.entry("status", node -> node.data().status().code()),
          Map.entry("source", node -> node.data().source() == null ? "" : node.data().source()));

  private static final Map<String, Function<Edge, String>> EDGE =
      Map.ofEntries(
          Map.entry("id", edge -> edge.id().toString()),
          Map.entry("source", edge -> edge.source().toString()),
          Map.entry("target", edge -> edge.target().toString()),
          Map.entry("type", edge -> edge.type().name()),
          Map.entry("discriminator", edge -> edge.data().discriminator().value()),
          Map.entry("weight", edge -> Double.toString(edge.data().weight())),
          Map.entry("directed", edge -> Boolean.toString(edge.data().directed())),
          Map.entry("label", edge -> edge.data().label()),
          Map.entry("origin", edge -> edge.data().provenance().origin().code()),
          Map.entry("method", edge -> edge.data().provenance().method()),
          Map.entry("confidence", edge -> Double.toString(edge.data().provenance().confidence())),
          Map.entry("reason", edge -> edge.data().provenance().reason()));

  /**
   * A column.
   *
   * @param field the field of the element it shows
   * @param header what it is called in the file
   */
  record Column(String field, String header) {}

  private ElementTable() {}

  private static Function<Node, String> axis(ToDoubleFunction<Coordinates> axis) {
    return node -> {
      Coordinates position = node.data().position();
      return position == null ? "" : Double.toString(axis.applyAsDouble(position));
    };
  }

  /**
   * Writes all nodes.
   *
   * @param last what becomes of each row before it is written
   */
  static void nodes(
      GraphView graph,
      Path file,
      List<Column> columns,
      PropertyColumns properties,
      List<String> propertyHeaders,
      UnaryOperator<List<String>> last)
      throws IOException {
    try (CsvWriter csv = open(file, columns, propertyHeaders)) {
      graph.forEachNode(
          node ->
              csv.writeRecord(
                  last.apply(row(node, columns, NODE, properties, node.data().properties()))));
    }
  }

  /**
   * Writes all edges.
   *
   * @param last what becomes of each row before it is written
   */
  static void edges(
      GraphView graph,
      Path file,
      List<Column> columns,
      PropertyColumns properties,
      List<String> propertyHeaders,
      UnaryOperator<List<String>> last)
      throws IOException {
    try (CsvWriter csv = open(file, columns, propertyHeaders)) {
      graph.forEachEdge(
          edge ->
              csv.writeRecord(
                  last.apply(row(edge, columns, EDGE, properties, edge.data().properties()))));
    }
  }

  private static CsvWriter open(Path file, List<Column> columns, List<String> propertyHeaders)
      throws IOException {
    CsvWriter csv = CsvWriter.builder().build(Sources.writer(file));
    var header = new ArrayList<>(columns.stream().map(Column::header).toList());
    header.addAll(propertyHeaders);
    csv.writeRecord(header);
    return csv;
  }

  private static <T> List<String> row(
      T element,
      List<Column> columns,
      Map<String, Function<T, String>> fields,
      PropertyColumns properties,
      Properties values) {
    var row = new ArrayList<String>(columns.size() + 8);
    for (Column column : columns) {
      Function<T, String> field = fields.get(column.field);
      if (field == null) {
        throw new IllegalArgumentException("there is no field " + column.field);
      }
      row.add(field.apply(element));
    }
    row.addAll(properties.row(values));
    return row;
  }
}
