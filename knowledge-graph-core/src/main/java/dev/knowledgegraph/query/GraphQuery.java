package dev.knowledgegraph.query;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.query.Analysis.Chains;
import dev.knowledgegraph.query.Analysis.Communities;
import dev.knowledgegraph.query.Analysis.Component;
import dev.knowledgegraph.query.Analysis.Impact;
import dev.knowledgegraph.query.Analysis.LinkMeasure;
import dev.knowledgegraph.query.Analysis.PossibleLink;
import dev.knowledgegraph.query.Analysis.Ranking;
import dev.knowledgegraph.query.Analysis.Report;
import dev.knowledgegraph.query.Views.CategorySuggestion;
import dev.knowledgegraph.query.Views.Difference;
import dev.knowledgegraph.query.Views.HistoryEntry;
import dev.knowledgegraph.query.Views.Neighborhood;
import dev.knowledgegraph.query.Views.Pattern;
import dev.knowledgegraph.query.Views.PatternKind;
import dev.knowledgegraph.query.Views.Route;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.query.Views.Statistics;
import dev.knowledgegraph.query.Views.Subgraph;
import dev.knowledgegraph.query.Views.TimelineBucket;
import dev.knowledgegraph.query.Views.TimelineUnit;
import dev.knowledgegraph.query.Views.TitleSuggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A question about one graph, answered with an {@code R}. New cases may come in a minor release.
 * All but {@link GetGraph} and {@link ReadLog} can be asked as of an earlier {@link Moment}.
 */
public sealed interface GraphQuery<R> {
  /** The graph it is about. */
  GraphId graph();

  record GetGraph(GraphId graph) implements GraphQuery<Graph> {}

  record FindNode(GraphId graph, NodeId node) implements GraphQuery<Optional<Node>> {}

  record FindNodes(GraphId graph, List<NodeId> nodes) implements GraphQuery<List<Node>> {}

  record FindNodeByKey(GraphId graph, NodeKey key) implements GraphQuery<Optional<Node>> {}

  /** Nodes of exactly this title. */
  record FindNodesByTitle(GraphId graph, String title, int limit)
      implements GraphQuery<List<Node>> {}

  record ListNodes(GraphId graph, NodeFilter filter, NodeSort sort, Page.Request page)
      implements GraphQuery<Page<Node>> {}

  record FindEdge(GraphId graph, EdgeId edge) implements GraphQuery<Optional<Edge>> {}

  record ListEdges(GraphId graph, EdgeFilter filter, Page.Request page)
      implements GraphQuery<Page<Edge>> {}

  /**
   * Nodes reachable in 1 to {@code depth} hops, nearest first, ties by id.
   *
   * @param types empty for all
   * @param limit the most neighbors to return; the total is exact all the same
   */
  record FindNeighbors(
      GraphId graph, NodeId node, int depth, Direction direction, Set<EdgeType> types, int limit)
      implements GraphQuery<Neighborhood> {}

  /**
   * The nodes that a traversal comes to in the end, by id.
   *
   * @param limit the most nodes to return; the total is exact all the same
   */
  record Traverse(GraphId graph, Traversal traversal, int limit)
      implements GraphQuery<Views.Traversed> {}

  /**
   * Where a pattern is found, the first {@code limit} matches in an order that stays the same. Two
   * places never have the same node; nodes at places that are alike can be exchanged, which is
   * another match.
   */
  record FindMatches(GraphId graph, GraphPattern pattern, int limit)
      implements GraphQuery<Views.Matches> {}

  /** The nodes within {@code depth} hops of any of {@code nodes}, and the edges among them. */
  record FindSubgraph(GraphId graph, List<NodeId> nodes, int depth, Set<EdgeType> types, int limit)
      implements GraphQuery<Subgraph> {}

  /**
   * A shortest path.
   *
   * @param weighted by the sum of weights, which must be 0 or more, instead of by hops
   * @param maxHops the most hops of a path found by hops
   */
  record FindPath(
      GraphId graph,
      NodeId source,
      NodeId target,
      Direction direction,
      Set<EdgeType> types,
      boolean weighted,
      int maxHops)
      implements GraphQuery<Optional<Route>> {}

  /** All paths with the fewest hops, at most {@code limit}. */
  record FindAllShortestPaths(
      GraphId graph,
      NodeId source,
      NodeId target,
      Direction direction,
      Set<EdgeType> types,
      int limit)
      implements GraphQuery<List<Route>> {}

  /**
   * The {@code k} shortest paths (1 to 100) on which no node comes twice, the shortest first. Of
   * parallel edges only the lightest is taken, so two paths differ in a node.
   *
   * @param weighted whether the length is the sum of the weights, or the number of hops
   */
  record FindShortestPaths(
      GraphId graph,
      NodeId source,
      NodeId target,
      Direction direction,
      Set<EdgeType> types,
      boolean weighted,
      int k)
      implements GraphQuery<List<Route>> {}

  record FindPatterns(GraphId graph, PatternKind kind, int limit)
      implements GraphQuery<List<Pattern>> {}

  record GetStatistics(GraphId graph) implements GraphQuery<Statistics> {}

  record ListCategories(GraphId graph) implements GraphQuery<List<Category>> {}

  /** Categories that fit a text, best first. */
  record SuggestCategories(GraphId graph, String text, int limit)
      implements GraphQuery<List<CategorySuggestion>> {}

  record NodeHistory(GraphId graph, NodeId node) implements GraphQuery<List<HistoryEntry>> {}

  record EdgeHistory(GraphId graph, EdgeId edge) implements GraphQuery<List<HistoryEntry>> {}

  /** What changed between two moments. */
  record Compare(GraphId graph, Moment from, Moment to) implements GraphQuery<Difference> {}

  /** How many events there were, by day, week or month (UTC). */
  record Timeline(GraphId graph, TimelineUnit unit) implements GraphQuery<List<TimelineBucket>> {}

  /** Up to {@code limit} commits after {@code after}. */
  record ReadLog(GraphId graph, long after, int limit) implements GraphQuery<List<Committed>> {}

  /**
   * The nodes that a text is about, best first, ties by id, then by graph. In several graphs, if
   * the filter names others, it finds what it would find in one graph with all of their nodes;
   * {@link Views.Hit#node} says of which graph a hit is. A moment is then a time, not a position,
   * and a graph that was not there then has nothing.
   *
   * @param text words, {@code "phrases"}, {@code prefix*}, {@code fuzzy~}, {@code field:value},
   *     {@code AND OR NOT}, {@code +must -not}; with no word in it every node matches
   * @param facets what to count the hits by; for a facet that the filter is about, hits count that
   *     only this part of the filter leaves out
   * @param strict refuse a text that breaks the syntax, instead of looking for its words
   * @param explain tell how each score came about; slow
   */
  record Search(
      GraphId graph,
      String text,
      SearchMode mode,
      SearchFilter filter,
      Set<Facet> facets,
      SearchWeights weights,
      boolean strict,
      boolean explain,
      Page.Request page)
      implements GraphQuery<SearchResult> {
    public Search {
      facets = Set.copyOf(facets);
    }

    /** By words, with nothing else asked for. */
    public static Search of(GraphId graph, String text) {
      return new Search(
          graph,
          text,
          SearchMode.TEXT,
          SearchFilter.all(),
          Set.of(),
          SearchWeights.standard(),
          false,
          false,
          Page.Request.first());
    }

    public Search withMode(SearchMode newMode) {
      return new Search(graph, text, newMode, filter, facets, weights, strict, explain, page);
    }

    public Search withFilter(SearchFilter newFilter) {
      return new Search(graph, text, mode, newFilter, facets, weights, strict, explain, page);
    }

    public Search withFacets(Set<Facet> newFacets) {
      return new Search(graph, text, mode, filter, newFacets, weights, strict, explain, page);
    }

    public Search withWeights(SearchWeights newWeights) {
      return new Search(graph, text, mode, filter, facets, newWeights, strict, explain, page);
    }

    public Search withStrict(boolean newStrict) {
      return new Search(graph, text, mode, filter, facets, weights, newStrict, explain, page);
    }

    public Search withExplain(boolean newExplain) {
      return new Search(graph, text, mode, filter, facets, weights, strict, newExplain, page);
    }

    public Search withPage(Page.Request newPage) {
      return new Search(graph, text, mode, filter, facets, weights, strict, explain, newPage);
    }
  }

  /**
   * Nodes like a node, most alike first: by its most telling words, by its vector, or both. The
   * node itself is not among them. The filter may name other graphs, as for {@link Search}.
   */
  record SimilarNodes(GraphId graph, NodeId node, SearchMode mode, SearchFilter filter, int limit)
      implements GraphQuery<SearchResult> {}

  /** Titles in which the words typed so far are, the last one perhaps begun; shortest first. */
  record SuggestTitles(GraphId graph, String text, int limit)
      implements GraphQuery<List<TitleSuggestion>> {}

  /** Nodes by how much they matter, highest first, ties by id. */
  record RankNodes(GraphId graph, Metric metric, int limit) implements GraphQuery<Ranking> {}

  /**
   * A division into communities of high modularity (Leiden), by the weights of the edges, of which
   * negative ones count as 0. The same graph, resolution and seed give the same communities.
   *
   * @param resolution above 0; the higher, the smaller the communities
   */
  record FindCommunities(GraphId graph, double resolution, long seed)
      implements GraphQuery<Communities> {}

  /**
   * The parts in which all nodes are connected, largest first.
   *
   * @param strong whether there must be a path there and back, along the directions of the edges
   */
  record FindComponents(GraphId graph, boolean strong) implements GraphQuery<List<Component>> {}

  /** Paths along the heaviest edges from a node, at most four ways on at each, no node twice. */
  record FindChains(GraphId graph, NodeId node, int depth, int limit)
      implements GraphQuery<Chains> {}

  /** What the removal of a node would do. */
  record AssessImpact(GraphId graph, NodeId node, int limit) implements GraphQuery<Impact> {}

  /** Nodes two hops away from a node that it might be linked to, likeliest first, ties by id. */
  record PredictLinks(GraphId graph, NodeId node, LinkMeasure measure, int limit)
      implements GraphQuery<List<PossibleLink>> {}

  /**
   * What a person would want to know of a graph.
   *
   * @param limit how much of each kind
   */
  record MakeReport(GraphId graph, int limit) implements GraphQuery<Report> {}
}
