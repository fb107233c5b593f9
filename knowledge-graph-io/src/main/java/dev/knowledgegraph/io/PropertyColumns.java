package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.model.Properties;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The columns that the properties of many elements need. */
final class PropertyColumns {
  private final TreeMap<String, Cells.Kind> kinds = new TreeMap<>();

  private PropertyColumns() {}

  static PropertyColumns ofNodes(GraphView graph) {
    var columns = new PropertyColumns();
    graph.forEachNode(node -> columns.look(node.properties()));
    return columns;
  }

  static PropertyColumns ofEdges(GraphView graph) {
    var columns = new PropertyColumns();
    graph.forEachEdge(edge -> columns.look(edge.properties()));
    return columns;
  }

  private void look(Properties properties) {
    properties
        .values()
        .forEach(
            (name, value) ->
                kinds.merge(name, Cells.kindOf(value), (a, b) -> a == b ? a : Cells.Kind.JSON));
  }

  /** A column for each property: its name and kind. */
  List<String> header() {
    return kinds.entrySet().stream()
        .map(column -> column.getKey() + ":" + column.getValue().code())
        .toList();
  }

  /** The same columns with the names neo4j-admin has for the kinds. */
  List<String> neo4jHeader() {
    return kinds.entrySet().stream()
        .map(
            column ->
                column.getKey()
                    + ":"
                    + switch (column.getValue()) {
                      case TEXT -> "string";
                      case INSTANT -> "datetime";
                      default -> column.getValue().code();
                    })
        .toList();
  }

  /** Leaves out the properties whose names are taken by something else, and says so. */
  void leaveOut(Predicate<String> taken, ExportOptions options, Consumer<String> notes) {
    for (String name : List.copyOf(kinds.keySet())) {
      if (taken.test(name)) {
        Notes.leftOut(
            "the property " + name + " is left out: the format has a column of that name",
            options,
            notes);
        kinds.remove(name);
      }
    }
  }

  /** A cell for each column. */
  List<String> row(Properties properties) {
    return kinds.entrySet().stream()
        .map(
            column ->
                properties
                    .find(column.getKey())
                    .map(value -> Cells.text(column.getValue(), value))
                    .orElse(""))
        .toList();
  }
}
