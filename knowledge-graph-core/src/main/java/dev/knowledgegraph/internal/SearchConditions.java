package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.internal.Searching.Searched;
import dev.knowledgegraph.internal.adjacency.Adjacencies;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Analysis.Community;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.search.SearchQuestion.Scope;
import dev.knowledgegraph.spi.Storage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes sets of nodes of those conditions of a search that the index knows nothing of. */
final class SearchConditions {
  private final Storage storage;
  private final Adjacencies adjacencies;

  SearchConditions(Storage storage, Adjacencies adjacencies) {
    this.storage = storage;
    this.adjacencies = adjacencies;
  }

  /** The graphs with those of their nodes that meet the conditions, but for communities. */
  List<Scope> scopes(SearchFilter filter, List<Searched> graphs) {
    return graphs.stream()
        .map(each -> new Scope(each.graph(), each.at(), among(filter, each.graph(), each.at())))
        .toList();
  }

  /** Null if there are no such conditions. */
  private @Nullable Set<NodeId> among(SearchFilter filter, GraphRef graph, long at) {
    Set<NodeId> among = null;
    if (filter.near() != null) {
      among = near(filter.near(), graph, at);
    }
    if (!filter.edgeTypes().isEmpty()) {
      among = both(among, withEdge(filter, graph, at));
    }
    if (!filter.nodes().properties().isEmpty()) {
      among = both(among, withProperties(filter.nodes(), graph, at));
    }
    return among;
  }

  /** The same, and of the only graph those nodes that are in communities of the filter. */
  static List<Scope> within(SearchFilter filter, List<Scope> scopes, List<Community> division) {
    if (filter.communities().isEmpty()) {
      return scopes;
    }
    var members = new HashSet<NodeId>();
    for (long id : filter.communities()) {
      members.addAll(
          division.stream()
              .filter(community -> community.id() == id)
              .findFirst()
              .orElseThrow(
                  () ->
                      new RejectedException(new Rejection.NotFound("community", Long.toString(id))))
              .members());
    }
    Scope only = scopes.getFirst();
    return List.of(only.withAmong(both(only.among(), members)));
  }

  private static Set<NodeId> both(@Nullable Set<NodeId> a, Set<NodeId> b) {
    if (a != null) {
      b.retainAll(a);
    }
    return b;
  }

  private Set<NodeId> near(SearchFilter.Near near, GraphRef graph, long at) {
    if (storage.nodes(graph, List.of(near.node()), at).isEmpty()) {
      throw new RejectedException(new Rejection.NotFound("node", near.node().toString()));
    }
    return new HashSet<>(
        new Walks(storage, adjacencies, graph, Math.min(at, storage.head(graph).sequence()))
            .distances(List.of(near.node()), near.hops(), Direction.BOTH, Set.of())
            .keySet());
  }

  private Set<NodeId> withEdge(SearchFilter filter, GraphRef graph, long at) {
    var ends = new HashSet<NodeId>();
    storage.forEachEdge(
        graph,
        at,
        (Edge edge) -> {
          if (filter.edgeTypes().contains(edge.type())) {
            ends.add(edge.source());
            ends.add(edge.target());
          }
        });
    return ends;
  }

  private Set<NodeId> withProperties(NodeFilter filter, GraphRef graph, long at) {
    var nodes = new HashSet<NodeId>();
    storage.forEachNode(
        graph,
        at,
        node -> {
          if (filter.properties().stream().allMatch(c -> c.matches(node.properties()))) {
            nodes.add(node.id());
          }
        });
    return nodes;
  }
}
