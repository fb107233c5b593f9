package dev.knowledgegraph.search;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.SearchWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a search index is asked, by somebody who may ask it. What it finds is ranked and counted as
 * if all nodes of its scopes were in one graph.
 *
 * @param scopes the graphs it is about, each once; that of the query comes first
 * @param filter without conditions on properties
 * @param grouping what {@link Facet#COMMUNITY} counts by; null if it is not asked for, as in every
 *     question with several scopes
 */
public record SearchQuestion(
    List<Scope> scopes,
    Wanted wanted,
    SearchMode mode,
    NodeFilter filter,
    @Nullable Grouping grouping,
    Set<Facet> facets,
    SearchWeights weights,
    boolean explain,
    Page.Request page) {
  public SearchQuestion {
    scopes = List.copyOf(scopes);
    facets = Set.copyOf(facets);
    long graphs = scopes.stream().map(scope -> scope.graph().id()).distinct().count();
    if (scopes.isEmpty() || graphs < scopes.size()) {
      throw new IllegalArgumentException(
          "scopes: expected each graph once, found " + graphs + " in " + scopes.size());
    }
    if (grouping != null && scopes.size() > 1) {
      throw new IllegalArgumentException(
          "grouping: expected with one scope, found " + scopes.size());
    }
  }

  /**
   * A graph that a question is about.
   *
   * @param at a sequence number of the graph that the index has come to, or {@link Long#MAX_VALUE}
   *     for as far as it has come
   * @param among only these nodes of it; null for all
   */
  public record Scope(GraphRef graph, long at, @Nullable Set<NodeId> among) {
    public Scope {
      Objects.requireNonNull(graph, "graph");
      among = among == null ? null : Set.copyOf(among);
    }

    /** All nodes of a graph. */
    public static Scope all(GraphRef graph, long at) {
      return new Scope(graph, at, null);
    }

    /** The same graph at another moment. */
    public Scope withAt(long newAt) {
      return newAt == at ? this : new Scope(graph, newAt, among);
    }

    /** The same graph at the same moment, with other nodes; null for all. */
    public Scope withAmong(@Nullable Set<NodeId> newAmong) {
      return new Scope(graph, at, newAmong);
    }
  }

  /** A question about all nodes of a graph, with standard weights and no facets. */
  public static SearchQuestion everywhere(
      GraphRef graph, long at, Wanted wanted, SearchMode mode, Page.Request page) {
    return new SearchQuestion(
        List.of(Scope.all(graph, at)),
        wanted,
        mode,
        NodeFilter.all(),
        null,
        Set.of(),
        SearchWeights.standard(),
        false,
        page);
  }

  /** The graph of the query. */
  public Scope own() {
    return scopes.getFirst();
  }

  /** Whether it is about the graph of the query alone. */
  public boolean isOfOneGraph() {
    return scopes.size() == 1;
  }

  /** The moment of each graph. */
  public Map<GraphId, Long> moments() {
    var moments = new HashMap<GraphId, Long>();
    scopes.forEach(scope -> moments.put(scope.graph().id(), scope.at()));
    return Map.copyOf(moments);
  }

  /** The same question, of no graph later than the index has come. */
  public SearchQuestion upTo(ToLongFunction<GraphRef> come) {
    return scoped(
        scope -> scope.withAt(Math.min(scope.at(), come.applyAsLong(scope.graph()))), grouping);
  }

  /**
   * The same question in the states that the page before was of.
   *
   * @throws IllegalArgumentException if that was of other graphs
   */
  public SearchQuestion goingOn(SearchCursor cursor) {
    Map<GraphId, Long> at = cursor.at();
    if (!at.keySet().equals(moments().keySet())) {
      throw new IllegalArgumentException("page start: expected one of these graphs, found another");
    }
    return scoped(
        scope -> scope.withAt(Objects.requireNonNull(at.get(scope.graph().id()))), grouping);
  }

  /** The same question about every node of its graphs. */
  public SearchQuestion unfiltered() {
    SearchQuestion all = scoped(scope -> scope.withAmong(null), null);
    return all.with(NodeFilter.all(), Set.of());
  }

  private SearchQuestion scoped(UnaryOperator<Scope> change, @Nullable Grouping newGrouping) {
    return new SearchQuestion(
        scopes.stream().map(change).toList(),
        wanted,
        mode,
        filter,
        newGrouping,
        facets,
        weights,
        explain,
        page);
  }

  private SearchQuestion with(NodeFilter newFilter, Set<Facet> newFacets) {
    return new SearchQuestion(
        scopes, wanted, mode, newFilter, grouping, newFacets, weights, explain, page);
  }

  /**
   * A division of the nodes which the index knows nothing of.
   *
   * @param groups of which group each node is; one that is in none is not counted
   * @param otherwise what {@code among} would be without the condition on groups; null for all
   */
  public record Grouping(Map<NodeId, String> groups, @Nullable Set<NodeId> otherwise) {
    public Grouping {
      groups = Map.copyOf(groups);
      otherwise = otherwise == null ? null : Set.copyOf(otherwise);
    }
  }

  /** What is looked for. Closed until the next major version. */
  public sealed interface Wanted {
    /** The query text, as it was given; empty if there was none. */
    String text();
  }

  /** What a text says. */
  public record ByText(String text, SearchExpression expression) implements Wanted {}

  /** What is like a node, but not the node. */
  public record Like(Node node) implements Wanted {
    @Override
    public String text() {
      return "";
    }
  }

  /** The same question without the part of the filter that is about a facet. */
  public SearchQuestion sideways(Facet facet) {
    var narrowed =
        switch (facet) {
          case LABEL -> filter.withLabels(List.of());
          case TAG -> filter.withTags(List.of(), filter.anyTag());
          case STATUS -> filter.withStatus(List.of());
          case CATEGORY -> filter.withCategory(null);
          case COMMUNITY, GRAPH -> filter;
          case DAY, MONTH, YEAR -> filter.withCreated(null, null);
        };
    Grouping groups = grouping;
    return facet == Facet.COMMUNITY && groups != null
        ? scoped(scope -> scope.withAmong(groups.otherwise()), groups)
        : with(narrowed, facets);
  }
}
