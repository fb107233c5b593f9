package dev.knowledgegraph.search;

import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.SearchWeights;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a search index is asked, by somebody who may ask it.
 *
 * @param at a sequence number of the graph that the index has come to, or {@link Long#MAX_VALUE}
 *     for as far as it has come
 * @param filter without conditions on properties
 * @param among only these nodes; null for all
 * @param grouping what {@link Facet#COMMUNITY} counts by; null if it is not asked for
 */
public record SearchQuestion(
    GraphRef graph,
    long at,
    Wanted wanted,
    SearchMode mode,
    NodeFilter filter,
    @Nullable Set<NodeId> among,
    @Nullable Grouping grouping,
    Set<Facet> facets,
    SearchWeights weights,
    boolean explain,
    Page.Request page) {
  public SearchQuestion {
    facets = Set.copyOf(facets);
    among = among == null ? null : Set.copyOf(among);
  }

  /** A question about all nodes of a graph, with standard weights and no facets. */
  public static SearchQuestion everywhere(
      GraphRef graph, long at, Wanted wanted, SearchMode mode, Page.Request page) {
    return new SearchQuestion(
        graph,
        at,
        wanted,
        mode,
        NodeFilter.all(),
        null,
        null,
        Set.of(),
        SearchWeights.standard(),
        false,
        page);
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
          case LABEL -> filter.withLabels(java.util.List.of());
          case TAG -> filter.withTags(java.util.List.of(), filter.anyTag());
          case STATUS -> filter.withStatus(java.util.List.of());
          case CATEGORY -> filter.withCategory(null);
          case COMMUNITY -> filter;
          case DAY, MONTH, YEAR -> filter.withCreated(null, null);
        };
    var others = facet == Facet.COMMUNITY && grouping != null ? grouping.otherwise : among;
    return new SearchQuestion(
        graph, at, wanted, mode, narrowed, others, grouping, facets, weights, explain, page);
  }
}
