package dev.knowledgegraph.internal;

import dev.knowledgegraph.linking.Link;
import dev.knowledgegraph.linking.Link.Outcome;
import dev.knowledgegraph.linking.LinkSettings;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which of the links found are new: not what is linked already, not what somebody removed,
 * and not more for a node than it may have. It remembers what went through in this run, so that it
 * tells the same in a dry run. For one thread.
 */
final class LinkSieve {
  private static final Comparator<Link> BEST_FIRST =
      Comparator.comparing(Link::method)
          .thenComparing(Comparator.comparingDouble(Link::score).reversed())
          .thenComparing(link -> link.data().source())
          .thenComparing(link -> link.data().target());

  private final GraphReader reader;
  private final GraphRef graph;
  private final LinkSettings settings;
  private final Set<EdgeId> seen = new HashSet<>();

  /** How many links by similarity a node has, of the nodes that came by. */
  private final Map<NodeId, Integer> similar = new HashMap<>();

  LinkSieve(GraphReader reader, GraphRef graph, LinkSettings settings) {
    this.reader = reader;
    this.graph = graph;
    this.settings = settings;
  }

  /** The links that did not come by before, best first, each with what is to become of it. */
  List<Link> sift(List<Link> found) {
    var links = new ArrayList<Link>();
    for (Link link : found) {
      if (seen.add(link.edge())) {
        links.add(link);
      }
    }
    links.sort(BEST_FIRST);
    var present = present(links);
    Set<EdgeId> used = reader.usedEdgeIds(graph, links.stream().map(Link::edge).toList());
    countSimilar(links);
    links.replaceAll(link -> link.withOutcome(outcome(link, present, used)));
    return links;
  }

  private Outcome outcome(Link link, Set<EdgeShape> present, Set<EdgeId> used) {
    NodeId source = link.data().source();
    NodeId target = link.data().target();
    if (present.contains(new EdgeShape(source, link.data().type(), target))) {
      return new Outcome.Present();
    }
    if (used.contains(link.edge())) {
      return new Outcome.TakenBack();
    }
    if (link.method() == LinkMethod.SIMILARITY) {
      for (NodeId end : List.of(source, target)) {
        if (similar.getOrDefault(end, 0) >= settings.maxPerNode()) {
          return new Outcome.Full(end);
        }
      }
      count(source);
      count(target);
    }
    return new Outcome.Linked();
  }

  private void count(NodeId node) {
    similar.merge(node, 1, Integer::sum);
  }

  /** Which of the shapes of links nodes are joined by, whoever joined them. */
  private Set<EdgeShape> present(List<Link> links) {
    var shapes = new LinkedHashSet<EdgeShape>();
    for (Link link : links) {
      var data = link.data();
      shapes.add(new EdgeShape(data.source(), data.type(), data.target()));
      shapes.add(new EdgeShape(data.target(), data.type(), data.source()));
    }
    var present = new HashSet<EdgeShape>();
    for (Edge edge : reader.edgesOfShape(graph, shapes, GraphReader.LATEST)) {
      present.add(new EdgeShape(edge.source(), edge.type(), edge.target()));
      // Alike is alike both ways, however an edge is drawn.
      if (!edge.directed() || edge.type().equals(EdgeType.SIMILAR)) {
        present.add(new EdgeShape(edge.target(), edge.type(), edge.source()));
      }
    }
    return present;
  }

  private void countSimilar(List<Link> links) {
    var unknown = new HashSet<NodeId>();
    for (Link link : links) {
      if (link.method() == LinkMethod.SIMILARITY) {
        unknown.add(link.data().source());
        unknown.add(link.data().target());
      }
    }
    unknown.removeAll(similar.keySet());
    for (Edge edge :
        reader.edgesOf(
            graph, unknown, Direction.BOTH, List.of(EdgeType.SIMILAR), GraphReader.LATEST)) {
      var provenance = edge.data().provenance();
      if (provenance.origin() == Origin.AUTOMATIC
          && provenance.method().equals(LinkMethod.SIMILARITY.code())) {
        for (NodeId end : List.of(edge.source(), edge.target())) {
          if (unknown.contains(end)) {
            count(end);
          }
        }
      }
    }
    unknown.forEach(node -> similar.putIfAbsent(node, 0));
  }
}
