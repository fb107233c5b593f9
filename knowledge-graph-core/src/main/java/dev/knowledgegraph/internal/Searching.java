package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.StaleReadException;
import dev.knowledgegraph.error.UnsupportedCapabilityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.internal.adjacency.Adjacencies;
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
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchWeights;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final SearchConditions conditions;
  private final FacetNames names;
  private final Supplier<Optional<SearchIndex>> opening;
  private volatile @Nullable SearchIndex index;
  private boolean closed;

  /**
   * A graph that is searched.
   *
   * @param at as {@link GraphReader} has it
   */
  record Searched(GraphRef graph, long at) {}

  public Searching(
      Storage storage, Adjacencies adjacencies, Supplier<Optional<SearchIndex>> opening) {
    this.storage = storage;
    this.conditions = new SearchConditions(storage, adjacencies);
    this.names = new FacetNames(storage);
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

  /** Says that a graph's log has grown by a commit. */
  void signal(GraphRef graph, Committed commit) {
    SearchIndex found = index;
    if (found != null) {
      found.follow(graph, commit);
    }
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
   * @param graphs that of the query first
   * @param communities of that graph then, asked for if the question is about them
   */
  SearchResult search(
      Search query,
      List<Searched> graphs,
      Consistency consistency,
      Supplier<Communities> communities) {
    long began = System.nanoTime();
    var reading = SearchSyntax.read(query.text());
    var problem = reading.problem().orElse(null);
    if (query.strict() && problem != null) {
      throw invalid(problem);
    }
    var expression = query.text().isBlank() ? new Everything() : reading.expression();
    List<Scope> otherwise = scopes(query.filter(), graphs, consistency);
    boolean byCommunity =
        !query.filter().communities().isEmpty() || query.facets().contains(Facet.COMMUNITY);
    var division = byCommunity ? communities.get().communities() : List.<Community>of();
    var question =
        new SearchQuestion(
            SearchConditions.within(query.filter(), otherwise, division),
            new ByText(query.text(), expression),
            query.mode(),
            query.filter().nodes().withProperties(List.of()),
            byCommunity ? new Grouping(groups(division), otherwise.getFirst().among()) : null,
            query.facets(),
            query.weights(),
            query.explain(),
            query.page());
    SearchResult found = names.in(ask(question), otherwise, division);
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

  /** Finds nodes like a node; {@code graphs} and {@code communities} as above. */
  SearchResult similar(
      SimilarNodes query,
      List<Searched> graphs,
      Consistency consistency,
      Supplier<Communities> communities) {
    long began = System.nanoTime();
    Searched own = graphs.getFirst();
    Node node = storage.nodes(own.graph(), List.of(query.node()), own.at()).get(query.node());
    if (node == null) {
      throw new RejectedException(new Rejection.NotFound("node", query.node().toString()));
    }
    List<Scope> otherwise = scopes(query.filter(), graphs, consistency);
    var division =
        query.filter().communities().isEmpty()
            ? List.<Community>of()
            : communities.get().communities();
    var question =
        new SearchQuestion(
            SearchConditions.within(query.filter(), otherwise, division),
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
    await(List.of(new Searched(graph, at)), consistency);
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

  /** What is searched, when the index has come there. */
  private List<Scope> scopes(SearchFilter filter, List<Searched> graphs, Consistency consistency) {
    return conditions.scopes(filter, await(graphs, consistency));
  }

  /** Waits as long as was said; the sequence numbers to ask about. */
  private List<Searched> await(List<Searched> graphs, Consistency consistency) {
    var wanted = new LinkedHashMap<GraphRef, Long>();
    var asked = new ArrayList<Searched>();
    for (Searched each : graphs) {
      long head = storage.head(each.graph()).sequence();
      boolean isLatest = each.at() == GraphReader.LATEST;
      if (!isLatest || !(consistency instanceof Consistency.Eventual)) {
        wanted.put(each.graph(), Math.min(each.at(), head));
      }
      asked.add(isLatest ? each : new Searched(each.graph(), Math.min(each.at(), head)));
    }
    if (consistency instanceof Consistency.AtLeast least) {
      Searched own = graphs.getFirst();
      wanted.compute(
          own.graph(),
          (graph, known) ->
              known == null || own.at() == GraphReader.LATEST
                  ? least.sequence()
                  : Math.max(known, least.sequence()));
    }
    await(wanted, patience(consistency));
    return asked;
  }

  private static Duration patience(Consistency consistency) {
    return switch (consistency) {
      case Consistency.Latest latest -> latest.timeout();
      case Consistency.AtLeast least -> least.timeout();
      case Consistency.Eventual e -> Consistency.PATIENCE;
    };
  }

  private void await(Map<GraphRef, Long> wanted, Duration patience) {
    long began = System.nanoTime();
    do {
      wanted.forEach(
          (graph, sequence) -> {
            Duration left = patience.minusNanos(System.nanoTime() - began);
            if (!index().awaitPosition(graph, sequence, left.isNegative() ? Duration.ZERO : left)) {
              throw new StaleReadException(
                  index().position(graph),
                  sequence,
                  "; ask again, or wait longer than " + patience);
            }
          });
      // An index that does not fit the log of one graph is made anew, and has to come to the others
      // again.
    } while (wanted.size() > 1 && !hasCome(wanted));
  }

  private boolean hasCome(Map<GraphRef, Long> wanted) {
    return wanted.entrySet().stream()
        .allMatch(each -> index().position(each.getKey()) >= each.getValue());
  }

  private static Map<NodeId, String> groups(List<Community> division) {
    var groups = new HashMap<NodeId, String>();
    for (Community community : division) {
      String id = Long.toString(community.id());
      community.members().forEach(member -> groups.put(member, id));
    }
    return groups;
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
