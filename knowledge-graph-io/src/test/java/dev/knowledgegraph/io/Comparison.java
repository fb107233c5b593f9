package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.model.Properties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What differs between a graph and its copy, but for what an export said it leaves out. */
final class Comparison {
  private static final Pattern LEFT_OUT = Pattern.compile("the property (.*) is left out: .*");
  private static final int SHOWN = 3;

  private Comparison() {}

  /** Some nodes and edges that are not the same. */
  static List<String> differences(GraphView graph, GraphView copy, List<String> notes) {
    Map<Object, Object> expected = state(graph, leftOut(notes));
    Map<Object, Object> found = state(copy, Set.of());
    var differences = new ArrayList<String>();
    expected.forEach(
        (id, data) -> {
          Object other = found.remove(id);
          if (!data.equals(other) && differences.size() < SHOWN) {
            differences.add("expected " + data + ", found " + other);
          }
        });
    found.values().stream().limit(SHOWN).forEach(more -> differences.add("found " + more));
    return differences;
  }

  private static Set<String> leftOut(List<String> notes) {
    return notes.stream()
        .map(LEFT_OUT::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static Map<Object, Object> state(GraphView graph, Set<String> leftOut) {
    var state = new HashMap<>();
    graph.forEachNode(
        node ->
            state.put(node.id(), node.data().withProperties(without(node.properties(), leftOut))));
    graph.forEachEdge(
        edge ->
            state.put(edge.id(), edge.data().withProperties(without(edge.properties(), leftOut))));
    return state;
  }

  private static Properties without(Properties properties, Set<String> names) {
    Properties kept = properties;
    for (String name : names) {
      kept = kept.without(name);
    }
    return kept;
  }

  /** What the notes of a folder hold; a note without a title takes its name for it. */
  static List<String> bodies(GraphView graph) {
    var bodies = new ArrayList<String>();
    graph.forEachNode(node -> bodies.add(node.body()));
    return bodies;
  }

  /** The formats that can be written and read back. */
  static List<ExportFormat> bothWays() {
    return Formats.exports().stream().filter(ImportFormat.class::isInstance).toList();
  }
}
