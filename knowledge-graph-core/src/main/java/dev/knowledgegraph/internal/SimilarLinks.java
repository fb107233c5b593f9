package dev.knowledgegraph.internal;

import dev.knowledgegraph.linking.Link;
import dev.knowledgegraph.linking.LinkIds;
import dev.knowledgegraph.linking.LinkSettings;
import dev.knowledgegraph.linking.Profile;
import dev.knowledgegraph.linking.Similarity;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.search.Spread;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.SearchIndex.Alike;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds, for a few nodes at a time, the nodes that say alike. Who may be alike is asked from the
 * search index, so the cost goes by the candidates and never by all pairs. For one thread.
 */
final class SimilarLinks {
  /** So many by words, and so many by vector, are compared with a node, or as many as it gets. */
  private static final int CANDIDATES = 100;

  private static final int REMEMBERED = 10_000;
  private static final Comparator<Link> BEST_FIRST =
      Comparator.comparingDouble(Link::score)
          .reversed()
          .thenComparing(link -> link.data().source())
          .thenComparing(link -> link.data().target());

  private final GraphReader reader;
  private final SearchIndex index;
  private final GraphRef graph;
  private final LinkSettings settings;

  /** Nodes are candidates of many others. */
  private final Map<NodeId, Profile> profiles =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Profile> eldest) {
          return size() > REMEMBERED;
        }
      };

  private final Map<String, Long> holders = new HashMap<>();
  private final Map<String, Long> tagged = new HashMap<>();
  private long nodes = -1;

  SimilarLinks(GraphReader reader, SearchIndex index, GraphRef graph, LinkSettings settings) {
    this.reader = reader;
    this.index = index;
    this.graph = graph;
    this.settings = settings;
  }

  /** The best links of each node, from the smaller id to the greater. */
  List<Link> of(List<Node> nodes) {
    var candidates = new LinkedHashMap<Node, List<Alike>>();
    var ids = new HashSet<NodeId>();
    int most = Math.max(CANDIDATES, settings.maxPerNode());
    for (Node node : nodes) {
      List<Alike> alike = index.alike(graph, node, most);
      candidates.put(node, alike);
      alike.forEach(each -> ids.add(each.node()));
    }
    Map<NodeId, Node> others = reader.nodes(graph, ids, GraphReader.LATEST);
    var links = new ArrayList<Link>();
    candidates.forEach((node, alike) -> links.addAll(best(node, alike, others)));
    return links;
  }

  private List<Link> best(Node node, List<Alike> candidates, Map<NodeId, Node> others) {
    var links = new ArrayList<Link>();
    for (Alike candidate : candidates) {
      Node other = others.get(candidate.node());
      if (other != null && other.status() != NodeStatus.ARCHIVED) {
        boolean isFirst = node.id().compareTo(other.id()) < 0;
        Node source = isFirst ? node : other;
        Node target = isFirst ? other : node;
        var similarity = Similarity.of(profile(source), profile(target), candidate.cosine());
        if (similarity.score() > 0 && similarity.score() >= settings.minScore()) {
          links.add(link(source.id(), target.id(), similarity));
        }
      }
    }
    links.sort(BEST_FIRST);
    return links.subList(0, Math.min(settings.maxPerNode(), links.size()));
  }

  private Profile profile(Node node) {
    return profiles.computeIfAbsent(node.id(), id -> Profile.of(node, index::terms, this::spread));
  }

  /** Asks for what has not been asked before: so a run weighs a word the same everywhere. */
  private Spread spread(Collection<String> terms, Collection<String> tags) {
    var newTerms = terms.stream().filter(term -> !holders.containsKey(term)).toList();
    var newTags = tags.stream().filter(tag -> !tagged.containsKey(tag)).toList();
    if (nodes < 0 || !newTerms.isEmpty() || !newTags.isEmpty()) {
      Spread found = index.spread(graph, newTerms, newTags);
      holders.putAll(found.terms());
      tagged.putAll(found.tags());
      nodes = nodes < 0 ? found.nodes() : nodes;
    }
    return new Spread(nodes, holders, tagged);
  }

  private Link link(NodeId source, NodeId target, Similarity similarity) {
    var method = LinkMethod.SIMILARITY;
    var data =
        EdgeData.edge(source, EdgeType.SIMILAR, target)
            .withDirected(false)
            .withWeight(similarity.score())
            .withProvenance(
                new Provenance(
                    Origin.AUTOMATIC, method.code(), similarity.score(), similarity.reason()));
    return new Link(
        LinkIds.of(graph.id(), method, source, target), data, method, new Link.Outcome.Linked());
  }
}
