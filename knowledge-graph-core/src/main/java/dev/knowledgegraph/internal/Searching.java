package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.StaleReadException;
import dev.knowledgegraph.error.UnsupportedCapabilityException;
import dev.knowledgegraph.internal.adjacency.Adjacencies;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Analysis.Communities;
import dev.knowledgegraph.query.Analysis.Community;
import dev.knowledgegraph.query.Consistency;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.GraphQuery.SimilarNodes;
import dev.knowledgegraph.query.GraphQuery.SuggestTitles;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchWeights;
import dev.knowledgegraph.query.Views.FacetCount;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.query.Views.TitleSuggestion;
import dev.knowledgegraph.search.SearchExpression.Everything;
import dev.knowledgegraph.search.SearchQuestion;
import dev.knowledgegraph.search.SearchQuestion.ByText;
import dev.knowledgegraph.search.SearchQuestion.Grouping;
import dev.knowledgegraph.search.SearchQuestion.Like;
import dev.knowledgegraph.search.SearchQuestion.Scope;
import dev.knowledgegraph.search.SearchSyntax;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions with the search index, which is opened with the first of them: conditions that
 * only the storage knows become a set of nodes, the index does the rest.
 */
public final class Searching implements AutoCloseable {
  private final Storage storage;
  private final Adjacencies adjacencies;
  private final Supplier<Optional<SearchIndex>> opening;
  private volatile @Nullable SearchIndex index;
  private boolean closed;

  public Searching(
      Storage storage, Adjacencies adjacencies, Supplier<Optional<SearchIndex>> opening) {
    this.storage = storage;
    this.adjacencies = adjacencies;
    this.opening = opening;
  }

  /** The index; opened now, if it was not. */
  public SearchIndex index() {
    SearchIndex found = index;
    return found != null ? found : open();
  }

  private synchronized SearchIndex open() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    SearchIndex found = index;
    if (found == null) {
      found =
          opening
              .get()
              .orElseThrow(
                  () ->
                      new UnsupportedCapabilityException(
                          "SEARCH_UNSUPPORTED",
                          "nothing on the class path can search this store; add the dependency"
                              + " dev.knowledgegraph:knowledge-graph-search-lucene"));
      index = found;
    }
    return found;
  }

  /** Says that a graph's log has grown. */
  void signal(GraphRef graph) {
    SearchIndex found = index;
    if (found != null) {
      found.follow(graph);
    }
  }

  /**
   * Finds nodes.
   *
   * @param communities of the graph then, asked for if the question is about them
   */
  SearchResult search(
      Search query,
      GraphRef graph,
      long at,
      Consistency consistency,
      Supplier<Communities> communities) {
    long began = System.nanoTime();
    var reading = SearchSyntax.read(query.text());
    var problem = reading.problem().orElse(null);
    if (query.strict() && problem != null) {
      throw invalid(problem);
    }
    var expression = query.text().isBlank() ? new Everything() : reading.expression();
    long seen = await(graph, at, consistency);
    Set<NodeId> otherwise = among(query.filter(), graph, at);
    boolean byCommunity =
        !query.filter().communities().isEmpty() || query.facets().contains(Facet.COMMUNITY);
    var division = byCommunity ? communities.get().communities() : List.<Community>of();
    var question =
        new SearchQuestion(
            List.of(new Scope(graph, seen, among(query.filter(), otherwise, division))),
            new ByText(query.text(), expression),
            query.mode(),
            query.filter().nodes().withProperties(List.of()),
            byCommunity ? new Grouping(groups(division), otherwise) : null,
            query.facets(),
            query.weights(),
            query.explain(),
            query.page());
    SearchResult found = named(named(ask(question), graph, seen), division);
    var warnings =
        problem == null
            ? found.warnings()
            : List.of(problem.message() + "; looked for the words instead");
    return new SearchResult(
        query.text(),
        query.mode(),
        found.total(),
        (System.nanoTime() - began) / 1_000_000,
        found.hits(),
        found.facets(),
        found.didYouMean(),
        warnings,
        found.next());
  }

  /** Finds nodes like a node; {@code communities} as above. */
  SearchResult similar(
      SimilarNodes query,
      GraphRef graph,
      long at,
      Consistency consistency,
      Supplier<Communities> communities) {
    long began = System.nanoTime();
    Node node = storage.nodes(graph, List.of(query.node()), at).get(query.node());
    if (node == null) {
      throw new RejectedException(new Rejection.NotFound("node", query.node().toString()));
    }
    long seen = await(graph, at, consistency);
    Set<NodeId> otherwise = among(query.filter(), graph, at);
    var division =
        query.filter().communities().isEmpty()
            ? List.<Community>of()
            : communities.get().communities();
    var question =
        new SearchQuestion(
            List.of(new Scope(graph, seen, among(query.filter(), otherwise, division))),
            new Like(node),
            query.mode(),
            query.filter().nodes().withProperties(List.of()),
            null,
            Set.of(),
            SearchWeights.standard(),
            false,
            new Page.Request(query.limit(), null));
    return ask(question).took((System.nanoTime() - began) / 1_000_000);
  }

  List<TitleSuggestion> suggest(
      SuggestTitles query, GraphRef graph, long at, Consistency consistency) {
    await(graph, at, consistency);
    return index().suggest(graph, query.text(), query.limit());
  }

  private SearchResult ask(SearchQuestion question) {
    try {
      return index().search(question);
    } catch (IllegalArgumentException e) {
      throw invalid(
          new FieldError("page.after", "expected what a page said is next, found another"));
    }
  }

  /** Waits as long as was said; the sequence number to ask about. */
  private long await(GraphRef graph, long at, Consistency consistency) {
    long head = storage.head(graph).sequence();
    long wanted = Math.min(at, head);
    Duration patience = Consistency.PATIENCE;
    switch (consistency) {
      case Consistency.Latest latest -> patience = latest.timeout();
      case Consistency.AtLeast least -> {
        wanted = at == GraphReader.LATEST ? least.sequence() : Math.max(wanted, least.sequence());
        patience = least.timeout();
      }
      case Consistency.Eventual e -> {
        if (at == GraphReader.LATEST) {
          return at;
        }
      }
    }
    if (!index().awaitPosition(graph, wanted, patience)) {
      throw new StaleReadException(
          index().position(graph), wanted, "; ask again, or wait longer than " + patience);
    }
    return at == GraphReader.LATEST ? at : Math.min(at, head);
  }

  /**
   * The nodes that meet the conditions which the index knows nothing of, but for communities; null
   * if there are none.
   */
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

  /** The same, and those of the communities of the filter only. */
  private static @Nullable Set<NodeId> among(
      SearchFilter filter, @Nullable Set<NodeId> otherwise, List<Community> division) {
    if (filter.communities().isEmpty()) {
      return otherwise;
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
    return both(otherwise, members);
  }

  private static Map<NodeId, String> groups(List<Community> division) {
    var groups = new HashMap<NodeId, String>();
    for (Community community : division) {
      String id = Long.toString(community.id());
      community.members().forEach(member -> groups.put(member, id));
    }
    return groups;
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

  /** The index knows categories by id; people know them by title. */
  private SearchResult named(SearchResult found, GraphRef graph, long at) {
    var titles = new HashMap<String, String>();
    if (!found.facets().getOrDefault(Facet.CATEGORY, List.of()).isEmpty()) {
      for (Category category : storage.categories(graph, at)) {
        titles.put(category.id().toString(), category.title());
      }
    }
    return named(found, Facet.CATEGORY, titles);
  }

  /** And communities by name. */
  private static SearchResult named(SearchResult found, List<Community> division) {
    var names = new HashMap<String, String>();
    for (Community community : division) {
      names.put(Long.toString(community.id()), community.name());
    }
    return named(found, Facet.COMMUNITY, names);
  }

  private static SearchResult named(SearchResult found, Facet facet, Map<String, String> names) {
    if (names.isEmpty() || !found.facets().containsKey(facet)) {
      return found;
    }
    Map<Facet, List<FacetCount>> facets = new EnumMap<>(found.facets());
    facets.computeIfPresent(
        facet,
        (same, counts) ->
            counts.stream()
                .map(
                    each ->
                        new FacetCount(
                            each.value(),
                            names.getOrDefault(each.value(), each.value()),
                            each.count()))
                .toList());
    return new SearchResult(
        found.query(),
        found.mode(),
        found.total(),
        found.tookMs(),
        found.hits(),
        facets,
        found.didYouMean(),
        found.warnings(),
        found.next());
  }

  private static RejectedException invalid(FieldError error) {
    return new RejectedException(new Rejection.Invalid(List.of(error)));
  }

  @Override
  public synchronized void close() {
    closed = true;
    SearchIndex found = index;
    if (found != null) {
      found.close();
    }
  }
}
