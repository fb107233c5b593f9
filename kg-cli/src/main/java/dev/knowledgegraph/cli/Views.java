package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.json.Shapes;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.query.GraphQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers as the JSON shapes that scripts rely on. */
final class Views {
  private Views() {}

  static ObjectNode node(Node node) {
    return Shapes.node(node);
  }

  static ObjectNode graph(Graph graph) {
    return Shapes.graph(graph);
  }

  static ObjectNode category(Category category) {
    return Shapes.category(category);
  }

  static ObjectNode edge(GraphView graph, Edge edge) {
    return edges(graph, List.of(edge)).getFirst();
  }

  /** Edges with the keys of their ends. */
  static List<ObjectNode> edges(GraphView graph, Collection<Edge> edges) {
    var keys = keys(graph, edges);
    return edges.stream().map(edge -> Shapes.edge(edge, keys)).toList();
  }

  /** Edges with what people call their ends, as {@code from} and {@code to}. */
  static List<ObjectNode> named(GraphView graph, Collection<Edge> edges) {
    var names = new HashMap<NodeId, String>();
    ends(graph, edges).forEach(node -> names.put(node.id(), node.displayName()));
    var items = edges(graph, edges);
    int i = 0;
    for (Edge edge : edges) {
      items
          .get(i++)
          .put("from", names.getOrDefault(edge.source(), ""))
          .put("to", names.getOrDefault(edge.target(), ""));
    }
    return items;
  }

  /** The keys of the ends of edges. */
  static Function<NodeId, @Nullable String> keys(GraphView graph, Collection<Edge> edges) {
    Map<NodeId, String> keys = new HashMap<>();
    for (Node node : ends(graph, edges)) {
      node.key().map(NodeKey::value).ifPresent(key -> keys.put(node.id(), key));
    }
    return keys::get;
  }

  private static List<Node> ends(GraphView graph, Collection<Edge> edges) {
    var ends = new TreeSet<NodeId>();
    for (Edge edge : edges) {
      ends.add(edge.source());
      ends.add(edge.target());
    }
    return graph.ask(new GraphQuery.FindNodes(graph.id(), List.copyOf(ends)));
  }

  /** Such as {@code 1 node} or {@code 1,204 nodes}. */
  static String many(long count, String what) {
    return many(count, what, what + "s");
  }

  static String many(long count, String one, String several) {
    return Output.count(count) + " " + (count == 1 ? one : several);
  }
}
