package dev.knowledgegraph.tck;

import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * All that a store answers about the state of a graph at one moment, as a value: by the name of the
 * question. It asks for the ids that a {@link Scribe} and {@link RandomCommands} give.
 */
public record Answers(Map<String, Object> byQuestion) {
  private static final List<NodeId> NODES =
      LongStream.rangeClosed(1, RandomCommands.NODES).mapToObj(Scribe::nodeId).toList();
  private static final List<EdgeId> EDGES =
      LongStream.rangeClosed(1, RandomCommands.EDGES).mapToObj(Scribe::edgeId).toList();

  /** Asks about {@code graph} as of {@code at}. */
  public static Answers of(GraphReader reader, GraphRef graph, long at) {
    var answers = new LinkedHashMap<String, Object>();
    answers.put("settings", reader.graphAt(graph, at).map(Answers::withoutDefault));
    answers.put("counts", reader.counts(graph, at));
    answers.put("categories", reader.categories(graph, at));
    answers.put("nodes", reader.nodes(graph, NODES, at));
    answers.put("edges", reader.edges(graph, EDGES, at));
    var everyNode = new ArrayList<Node>();
    reader.forEachNode(graph, at, everyNode::add);
    everyNode.sort(Comparator.comparing(Node::id));
    answers.put("every node", everyNode);
    answers.put("tags as written", everyNode.stream().map(node -> node.tags().names()).toList());
    var everyEdge = new ArrayList<Edge>();
    reader.forEachEdge(graph, at, everyEdge::add);
    everyEdge.sort(Comparator.comparing(Edge::id));
    answers.put("every edge", everyEdge);
    var keys = RandomCommands.KEYS.stream().map(NodeKey::of).toList();
    answers.put("nodes by key", reader.nodesByKey(graph, keys, at));
    for (String title : RandomCommands.TITLES) {
      answers.put("nodes of title " + title, reader.nodesByTitle(graph, title, 5, at));
    }
    for (NodeId node : NODES) {
      answers.put("degree of " + node, reader.degree(graph, node, at));
    }
    for (Direction direction : Direction.values()) {
      answers.put(
          "edges " + direction,
          reader.edgesOf(graph, NODES.subList(0, 4), direction, List.of(), at));
    }
    answers.put("edges from", reader.edgesFrom(graph, NODES.subList(0, 4), at));
    var shapes =
        everyEdge.stream()
            .limit(everyEdge.size() / 2)
            .map(edge -> new EdgeShape(edge.source(), edge.type(), edge.target()))
            .toList();
    answers.put("edges of a shape", reader.edgesOfShape(graph, shapes, at));
    answers.put("pages of edges", edges(reader, graph, EdgeFilter.all(), at));
    answers.put(
        "pages of edges from a node",
        edges(reader, graph, new EdgeFilter(NODES.get(2), Direction.OUTGOING, List.of()), at));
    for (NodeSort.By by : NodeSort.By.values()) {
      answers.put(
          "pages of nodes by " + by,
          nodes(reader, graph, NodeFilter.all(), new NodeSort(by, by == NodeSort.By.UPDATED), at));
    }
    filters()
        .forEach(
            (name, filter) ->
                answers.put("nodes " + name, nodes(reader, graph, filter, NodeSort.created(), at)));
    return new Answers(answers);
  }

  private static Map<String, NodeFilter> filters() {
    var all = NodeFilter.all();
    CategoryId category = Scribe.categoryId(0);
    return Map.of(
        "with a label", all.withLabels(List.of("Person")),
        "with a tag", all.withTags(List.of("OLD"), true),
        "published", all.withStatus(List.of(NodeStatus.PUBLISHED)),
        "in a category", all.withCategory(category));
  }

  // Being the default is a fact about the owner, not about a moment of the graph.
  private static Graph withoutDefault(Graph graph) {
    return new Graph(
        graph.id(),
        graph.owner(),
        graph.data(),
        false,
        graph.created(),
        graph.updated(),
        graph.version());
  }

  private static List<Object> nodes(
      GraphReader reader, GraphRef graph, NodeFilter filter, NodeSort sort, long at) {
    return pages(request -> reader.listNodes(graph, filter, sort, request, at));
  }

  private static List<Object> edges(
      GraphReader reader, GraphRef graph, EdgeFilter filter, long at) {
    return pages(request -> reader.listEdges(graph, filter, request, at));
  }

  private static <T> List<Object> pages(Function<Page.Request, Page<T>> list) {
    var all = new ArrayList<Object>();
    var page = list.apply(new Page.Request(3, null));
    all.add(page.total());
    all.addAll(page.items());
    while (page.next() != null) {
      page = list.apply(new Page.Request(3, page.next()));
      all.addAll(page.items());
    }
    return all;
  }

  /** The first question that is answered otherwise there, with both answers. */
  public Optional<String> differenceFrom(Answers other) {
    return byQuestion.entrySet().stream()
        .filter(entry -> !Objects.equals(entry.getValue(), other.byQuestion.get(entry.getKey())))
        .findFirst()
        .map(
            entry ->
                "%s: here%n  %s%nthere%n  %s"
                    .formatted(
                        entry.getKey(), entry.getValue(), other.byQuestion.get(entry.getKey())));
  }
}
