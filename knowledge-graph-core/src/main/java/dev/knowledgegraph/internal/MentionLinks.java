package dev.knowledgegraph.internal;

import dev.knowledgegraph.linking.Link;
import dev.knowledgegraph.linking.LinkIds;
import dev.knowledgegraph.linking.LinkSettings;
import dev.knowledgegraph.linking.Mention;
import dev.knowledgegraph.linking.Names;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.search.SearchExpression.Phrase;
import dev.knowledgegraph.search.SearchQuestion;
import dev.knowledgegraph.search.SearchQuestion.ByText;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.SearchIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the nodes whose names stand in bodies. For one thread. */
final class MentionLinks {
  private static final int LONGEST_NAME = 200;

  private final GraphRef graph;
  private final LinkSettings settings;
  private final Names names;

  MentionLinks(GraphRef graph, LinkSettings settings, Names names) {
    this.graph = graph;
    this.settings = settings;
    this.names = names;
  }

  /** What all live nodes of a graph are called. */
  static Names names(GraphReader reader, GraphRef graph, LinkSettings settings) {
    var names = new Names(settings.shortestName());
    reader.forEachNode(
        graph,
        GraphReader.LATEST,
        node -> {
          if (node.status() != NodeStatus.ARCHIVED) {
            names.put(node);
          }
        });
    return names;
  }

  int ambiguousNames() {
    return names.ambiguous();
  }

  /** The names in the bodies of nodes. */
  List<Link> in(List<Node> nodes) {
    var links = new ArrayList<Link>();
    nodes.forEach(node -> links.addAll(in(node)));
    return links;
  }

  private List<Link> in(Node node) {
    return names.in(node.id(), node.content()).stream()
        .filter(mention -> mention.confidence() >= settings.minConfidence())
        .limit(settings.maxPerNode())
        .map(mention -> link(node.id(), mention))
        .toList();
  }

  /** The names of nodes in the bodies of others, which the search index finds by the words. */
  List<Link> of(List<Node> nodes, SearchIndex index) {
    var wanted = new HashSet<NodeId>();
    var bodies = new HashSet<Node>();
    for (Node node : nodes) {
      wanted.add(node.id());
      for (String name : names.of(node.id())) {
        var question =
            SearchQuestion.everywhere(
                graph,
                GraphReader.LATEST,
                new ByText(name, new Phrase("body", name)),
                SearchMode.TEXT,
                new Page.Request(Page.MAX_SIZE, null));
        index.search(question).hits().forEach(hit -> bodies.add(hit.node()));
      }
    }
    return touching(bodies, wanted);
  }

  private List<Link> touching(Collection<Node> bodies, Set<NodeId> wanted) {
    return bodies.stream()
        .filter(node -> node.status() != NodeStatus.ARCHIVED && !wanted.contains(node.id()))
        .flatMap(node -> in(node).stream())
        .filter(link -> wanted.contains(link.data().target()))
        .toList();
  }

  private Link link(NodeId source, Mention mention) {
    var method = LinkMethod.MENTION;
    var data =
        EdgeData.edge(source, EdgeType.REFERENCE, mention.target())
            .withProperties(
                Properties.of("start", (long) mention.start(), "length", (long) mention.length()))
            .withProvenance(
                new Provenance(
                    Origin.AUTOMATIC, method.code(), mention.confidence(), reason(mention)));
    return new Link(
        LinkIds.of(graph.id(), method, source, mention.target()),
        data,
        method,
        new Link.Outcome.Linked());
  }

  private static String reason(Mention mention) {
    String name = mention.name();
    boolean isLong = name.codePointCount(0, name.length()) > LONGEST_NAME;
    return "mentions \""
        + (isLong ? name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "…" : name)
        + "\""
        + (mention.times() > 1 ? " " + mention.times() + " times" : "");
  }
}
