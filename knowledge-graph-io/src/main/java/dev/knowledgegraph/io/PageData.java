package dev.knowledgegraph.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Analysis.Community;
import dev.knowledgegraph.query.Analysis.NotableEdge;
import dev.knowledgegraph.query.Analysis.RankedNode;
import dev.knowledgegraph.query.Analysis.Report;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Metric;
import dev.knowledgegraph.query.Views.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a page shows, as the JSON that its script reads. Nodes go by their place in its list. */
final class PageData {
  /** How much of a text is shown. */
  private static final int LONGEST_TEXT = 400;

  /** Of so many notes with links that lead nowhere each is shown. */
  private static final int LOOSE_ENDS = 50;

  private final GraphView graph;
  private final Report report;
  private final List<Node> nodes;
  private final Map<NodeId, Integer> places = new HashMap<>();
  private final Map<NodeId, Integer> communityOf = new HashMap<>();
  private final List<Edge> edges;
  private final List<Community> communities;
  private final Map<Node, List<String>> unresolved;

  private PageData(GraphView graph, Report report) {
    this.graph = graph;
    this.report = report;
    this.unresolved = MarkdownFormat.unresolved(graph);
    var shape = graph.shape();
    this.nodes =
        chosen().stream()
            .sorted(
                Comparator.comparingInt((Node node) -> -shape.degree(node.id(), Direction.BOTH)))
            .toList();
    nodes.forEach(node -> places.put(node.id(), places.size()));
    this.edges =
        graph
            .ask(
                new GraphQuery.FindSubgraph(
                    graph.id(), List.copyOf(places.keySet()), 0, Set.of(), HtmlFormat.MAX_NODES))
            .edges();
    this.communities = graph.ask(new GraphQuery.FindCommunities(graph.id(), 1, 0)).communities();
    for (int i = 0; i < communities.size(); i++) {
      int community = i;
      communities.get(i).members().stream()
          .filter(places::containsKey)
          .forEach(member -> communityOf.put(member, community));
    }
  }

  /** Of a graph that stands still. */
  static PageData of(GraphView graph, Report report) {
    return new PageData(graph, report);
  }

  /** All nodes that the report names, and then those with most edges, as many as are drawn. */
  private Iterable<Node> named() {
    var named = new ArrayList<Node>();
    report.hubs().forEach(each -> named.add(each.node()));
    report.central().forEach(each -> named.add(each.node()));
    report.communities().communities().forEach(each -> named.add(each.central()));
    report.bridges().forEach(each -> named.addAll(List.of(each.source(), each.target())));
    report.surprising().forEach(each -> named.addAll(List.of(each.source(), each.target())));
    report.suggestions().forEach(each -> named.addAll(List.of(each.source(), each.target())));
    named.addAll(report.orphans());
    unresolved.keySet().stream().limit(LOOSE_ENDS).forEach(named::add);
    graph
        .ask(new GraphQuery.RankNodes(graph.id(), Metric.DEGREE, HtmlFormat.MAX_NODES))
        .nodes()
        .forEach(each -> named.add(each.node()));
    return named;
  }

  private List<Node> chosen() {
    var chosen = new LinkedHashMap<NodeId, Node>();
    for (Node node : named()) {
      if (chosen.size() < HtmlFormat.MAX_NODES) {
        chosen.putIfAbsent(node.id(), node);
      }
    }
    return List.copyOf(chosen.values());
  }

  /** What the page is called. */
  String title() {
    return graph.graph().name();
  }

  /** How many nodes are not drawn, in words, if any. */
  Optional<String> nodesLeftOut() {
    long all = report.statistics().nodes();
    return all <= nodes.size()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the page draws %,d of %,d nodes, those with most edges; the others are left out",
                nodes.size(),
                all));
  }

  /** What of the graph is not in the page though it has a place there, in words. */
  List<String> omissions() {
    var omissions = new ArrayList<String>();
    nodesLeftOut().ifPresent(omissions::add);
    long cut = nodes.stream().filter(node -> !excerpt(node).equals(node.body())).count();
    if (cut > 0) {
      omissions.add(
          String.format(
              Locale.ROOT,
              "the texts of %,d %s are cut to their beginning",
              cut,
              cut == 1 ? "node" : "nodes"));
    }
    return omissions;
  }

  /** As JSON in which no markup can begin or end. */
  String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("graph", graph.graph().name());
    json.put("description", graph.graph().data().description());
    json.put("position", report.statistics().sequence());
    boolean placed = !nodes.isEmpty() && nodes.stream().allMatch(n -> n.position().isPresent());
    json.put("placed", placed);
    ArrayNode nodeArray = json.putArray("nodes");
    nodes.forEach(node -> write(node, placed, nodeArray.addObject()));
    var types = new LinkedHashMap<String, Integer>();
    ArrayNode edgeArray = json.putArray("edges");
    edges.forEach(edge -> write(edge, types, edgeArray.addArray()));
    types.keySet().forEach(json.putArray("types")::add);
    ArrayNode communityArray = json.putArray("communities");
    communities.stream()
        .filter(each -> places.containsKey(each.central().id()) || hasDrawn(each))
        .forEach(each -> write(each, communityArray.addObject()));
    report(json.putObject("report"));
    return json.toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private boolean hasDrawn(Community community) {
    return community.members().stream().anyMatch(places::containsKey);
  }

  private void write(Node node, boolean placed, ObjectNode json) {
    json.put("title", node.displayName());
    node.key().ifPresent(key -> json.put("key", key.value()));
    json.put("id", node.id().toString());
    node.labels().names().forEach(json.putArray("labels")::add);
    node.tags().names().forEach(json.putArray("tags")::add);
    String text = excerpt(node);
    json.put("text", text.length() < node.body().length() ? text + " …" : text);
    json.put("degree", graph.shape().degree(node.id(), Direction.BOTH));
    Integer community = communityOf.get(node.id());
    if (community != null) {
      json.put("community", communities.get(community).id());
    }
    if (placed) {
      Coordinates position = node.position().orElseThrow();
      json.put("x", position.x()).put("y", position.y());
    }
  }

  private static String excerpt(Node node) {
    String body = node.body();
    return body.codePointCount(0, body.length()) <= LONGEST_TEXT
        ? body
        : body.substring(0, body.offsetByCodePoints(0, LONGEST_TEXT)).stripTrailing();
  }

  private void write(Edge edge, Map<String, Integer> types, ArrayNode json) {
    int type = types.computeIfAbsent(edge.type().name(), name -> types.size());
    json.add(place(edge.source())).add(place(edge.target())).add(type);
    json.add(edge.directed() ? 1 : 0).add(edge.weight());
    if (!edge.data().label().isEmpty()) {
      json.add(edge.data().label());
    }
  }

  private void write(Community community, ObjectNode json) {
    json.put("id", community.id())
        .put("name", community.name())
        .put("size", community.size())
        .put("cohesion", community.cohesion())
        .put("central", place(community.central().id()));
  }

  /** Where a node is in the list; -1 if it is not drawn. */
  private int place(NodeId node) {
    return places.getOrDefault(node, -1);
  }

  private void report(ObjectNode json) {
    Statistics statistics = report.statistics();
    json.put("nodes", statistics.nodes())
        .put("edges", statistics.edges())
        .put("components", statistics.components())
        .put("communities", communities.stream().filter(each -> each.size() > 1).count())
        .put("modularity", report.communities().modularity())
        .put("density", statistics.density())
        .put("degree", statistics.averageDegree());
    counts(json.putArray("labels"), statistics.labels());
    counts(json.putArray("types"), statistics.types());
    counts(json.putArray("tags"), statistics.tags());
    ranked(json.putArray("hubs"), report.hubs());
    ranked(json.putArray("central"), report.central());
    ArrayNode clusters = json.putArray("clusters");
    report.communities().communities().forEach(each -> write(each, clusters.addObject()));
    notable(json.putArray("bridges"), report.bridges());
    notable(json.putArray("surprising"), report.surprising());
    ArrayNode suggestions = json.putArray("suggestions");
    report
        .suggestions()
        .forEach(
            link ->
                pair(suggestions.addObject(), link.source(), link.target())
                    .put("reason", link.reason()));
    json.put("orphanCount", statistics.orphans());
    ArrayNode orphans = json.putArray("orphans");
    report.orphans().forEach(node -> name(orphans.addObject(), node));
    json.put("unresolvedCount", unresolved.values().stream().mapToLong(List::size).sum());
    ArrayNode links = json.putArray("unresolved");
    unresolved.entrySet().stream()
        .limit(LOOSE_ENDS)
        .forEach(
            note -> {
              ObjectNode item = name(links.addObject(), note.getKey());
              note.getValue().forEach(item.putArray("links")::add);
            });
    ArrayNode growth = json.putArray("growth");
    report
        .growth()
        .forEach(
            bucket ->
                growth
                    .addObject()
                    .put("start", bucket.start().toString())
                    .put("nodes", bucket.nodesAdded() - bucket.nodesRemoved())
                    .put("edges", bucket.edgesAdded() - bucket.edgesRemoved()));
  }

  private static void counts(ArrayNode array, Map<String, Long> counts) {
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(8)
        .forEach(count -> array.addArray().add(count.getKey()).add(count.getValue()));
  }

  private void ranked(ArrayNode array, List<RankedNode> ranked) {
    ranked.forEach(each -> name(array.addObject(), each.node()).put("score", each.score()));
  }

  private void notable(ArrayNode array, List<NotableEdge> notable) {
    notable.forEach(
        each ->
            pair(array.addObject(), each.source(), each.target())
                .put("type", each.edge().type().name())
                .put("reason", each.reason()));
  }

  private ObjectNode name(ObjectNode json, Node node) {
    return json.put("node", place(node.id())).put("title", node.displayName());
  }

  private ObjectNode pair(ObjectNode json, Node source, Node target) {
    name(json.putObject("source"), source);
    name(json.putObject("target"), target);
    return json;
  }
}
