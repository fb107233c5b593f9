package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Parts of nodes and edges that a format for looking at has no place for. */
enum LeftOut {
  KEYS(node -> node.key().isPresent(), edge -> false),
  LABELS(node -> !node.labels().names().isEmpty(), edge -> false),
  TEXTS(node -> !node.body().isEmpty(), edge -> false),
  TAGS(node -> !node.tags().names().isEmpty(), edge -> false),
  POSITIONS(node -> node.position().isPresent(), edge -> false),
  PROPERTIES(
      node -> !node.properties().values().isEmpty(), edge -> !edge.properties().values().isEmpty()),
  STATUSES(node -> node.status() != NodeStatus.DRAFT, edge -> false),
  SOURCES(node -> node.source().isPresent(), edge -> false),
  CATEGORIES(node -> !node.categories().isEmpty(), edge -> false),
  DISCRIMINATORS(node -> false, edge -> !edge.data().discriminator().value().isEmpty()),
  ORIGINS(node -> false, edge -> edge.data().provenance().origin() != Origin.MANUAL);

  private final Predicate<Node> ofNode;
  private final Predicate<Edge> ofEdge;

  LeftOut(Predicate<Node> ofNode, Predicate<Edge> ofEdge) {
    this.ofNode = ofNode;
    this.ofEdge = ofEdge;
  }

  /** Says, or refuses, that these parts are left out, each if there is any. */
  static void note(
      GraphView graph, List<LeftOut> parts, ExportOptions options, Consumer<String> notes) {
    var counts = new EnumMap<LeftOut, Count>(LeftOut.class);
    parts.forEach(part -> counts.put(part, new Count()));
    graph.forEachNode(
        node -> counts.forEach((part, count) -> count.nodes += part.ofNode.test(node) ? 1 : 0));
    graph.forEachEdge(
        edge -> counts.forEach((part, count) -> count.edges += part.ofEdge.test(edge) ? 1 : 0));
    counts.forEach((part, count) -> part.note(count.nodes, count.edges, options, notes));
  }

  private static final class Count {
    private long nodes;
    private long edges;
  }

  private void note(long nodes, long edges, ExportOptions options, Consumer<String> notes) {
    if (nodes + edges > 0) {
      String what = name().toLowerCase(Locale.ROOT);
      String of =
          edges == 0
              ? many(nodes, "node")
              : nodes == 0
                  ? many(edges, "edge")
                  : many(nodes, "node") + " and " + many(edges, "edge");
      Notes.leftOut("the " + what + " of " + of + " are left out", options, notes);
    }
  }

  private static String many(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? what : what + "s");
  }
}
