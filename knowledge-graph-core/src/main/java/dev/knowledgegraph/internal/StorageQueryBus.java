package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.internal.Searching.Searched;
import dev.knowledgegraph.internal.adjacency.Adjacencies;
import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Analysis.Communities;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.GraphQuery.AssessImpact;
import dev.knowledgegraph.query.GraphQuery.Compare;
import dev.knowledgegraph.query.GraphQuery.EdgeHistory;
import dev.knowledgegraph.query.GraphQuery.FindAllShortestPaths;
import dev.knowledgegraph.query.GraphQuery.FindChains;
import dev.knowledgegraph.query.GraphQuery.FindCommunities;
import dev.knowledgegraph.query.GraphQuery.FindComponents;
import dev.knowledgegraph.query.GraphQuery.FindEdge;
import dev.knowledgegraph.query.GraphQuery.FindMatches;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.GraphQuery.FindNode;
import dev.knowledgegraph.query.GraphQuery.FindNodeByKey;
import dev.knowledgegraph.query.GraphQuery.FindNodes;
import dev.knowledgegraph.query.GraphQuery.FindNodesByTitle;
import dev.knowledgegraph.query.GraphQuery.FindPath;
import dev.knowledgegraph.query.GraphQuery.FindPatterns;
import dev.knowledgegraph.query.GraphQuery.FindShortestPaths;
import dev.knowledgegraph.query.GraphQuery.FindSubgraph;
import dev.knowledgegraph.query.GraphQuery.GetGraph;
import dev.knowledgegraph.query.GraphQuery.GetStatistics;
import dev.knowledgegraph.query.GraphQuery.ListCategories;
import dev.knowledgegraph.query.GraphQuery.ListEdges;
import dev.knowledgegraph.query.GraphQuery.ListNodes;
import dev.knowledgegraph.query.GraphQuery.MakeReport;
import dev.knowledgegraph.query.GraphQuery.NodeHistory;
import dev.knowledgegraph.query.GraphQuery.PredictLinks;
import dev.knowledgegraph.query.GraphQuery.RankNodes;
import dev.knowledgegraph.query.GraphQuery.ReadLog;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.GraphQuery.SimilarNodes;
import dev.knowledgegraph.query.GraphQuery.SuggestCategories;
import dev.knowledgegraph.query.GraphQuery.SuggestTitles;
import dev.knowledgegraph.query.GraphQuery.Timeline;
import dev.knowledgegraph.query.GraphQuery.Traverse;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.QueryBus;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.Storage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers every question from a storage: who may ask first, then what is asked. */
public final class StorageQueryBus implements QueryBus {
  private final Storage storage;
  private final Searching searching;
  private final Adjacencies adjacencies;
  private final CommunityDetection detection;

  /** Without a search index, and without arrays: every hop is read from the storage. */
  public StorageQueryBus(Storage storage) {
    this(storage, new Adjacencies(storage, 0));
  }

  private StorageQueryBus(Storage storage, Adjacencies adjacencies) {
    this(storage, new Searching(storage, adjacencies, Optional::empty), adjacencies);
  }

  public StorageQueryBus(Storage storage, Searching searching, Adjacencies adjacencies) {
    this.storage = storage;
    this.searching = searching;
    this.adjacencies = adjacencies;
    this.detection = new CommunityDetection(storage);
  }

  /** The sequence number of a moment of a graph. */
  public static long sequenceOf(Storage storage, GraphRef graph, Moment moment) {
    return switch (moment) {
      case Moment.Now now -> GraphReader.LATEST;
      case Moment.AtSequence at -> at.sequence();
      case Moment.AtTime at -> storage.sequenceAt(graph, at.time());
    };
  }

  @Override
  public List<Graph> graphs(UserId caller) {
    return storage.graphs(Objects.requireNonNull(caller, "caller"));
  }

  @Override
  public <R> R ask(UserId caller, GraphQuery<R> query, QueryOptions options) {
    Objects.requireNonNull(caller, "caller");
    GraphRef graph = readable(query.graph(), caller);
    // Each case is answered with the R it names; the compiler cannot see that through the switch.
    @SuppressWarnings("unchecked")
    R answer = (R) answer(caller, query, graph, sequenceOf(storage, graph, options.at()), options);
    return answer;
  }

  /** Another's private graph is answered like one that never was. */
  private GraphRef readable(GraphId graph, UserId caller) {
    return storage
        .findGraph(graph)
        .filter(found -> found.isReadableBy(caller))
        .map(Graph::ref)
        .orElseThrow(() -> noGraph(graph));
  }

  private Object answer(
      UserId caller, GraphQuery<?> query, GraphRef graph, long at, QueryOptions options) {
    return switch (query) {
      case GetGraph q -> storage.graphAt(graph, at).orElseThrow(() -> noGraph(q.graph()));
      case FindNode q ->
          Optional.ofNullable(storage.nodes(graph, List.of(q.node()), at).get(q.node()));
      case FindNodes q -> Lookups.inOrder(q.nodes(), storage.nodes(graph, q.nodes(), at));
      case FindNodeByKey q ->
          Optional.ofNullable(storage.nodesByKey(graph, List.of(q.key()), at).get(q.key()));
      case FindNodesByTitle q -> storage.nodesByTitle(graph, q.title(), q.limit(), at);
      case ListNodes q -> page(() -> storage.listNodes(graph, q.filter(), q.sort(), q.page(), at));
      case FindEdge q ->
          Optional.ofNullable(storage.edges(graph, List.of(q.edge()), at).get(q.edge()));
      case ListEdges q -> page(() -> storage.listEdges(graph, q.filter(), q.page(), at));
      case FindNeighbors q -> walks(graph, at).neighbors(q);
      case Traverse q -> walks(graph, at).traverse(q);
      case FindMatches q ->
          new Matching(storage, graph, shape(graph, at), q.pattern()).find(q.limit());
      case FindSubgraph q -> walks(graph, at).subgraph(q);
      case FindPath q -> walks(graph, at).path(q);
      case FindAllShortestPaths q -> walks(graph, at).allShortestPaths(q);
      case FindShortestPaths q -> walks(graph, at).shortestPaths(q);
      case FindPatterns q -> Patterns.find(storage, graph, q.kind(), q.limit(), whole(graph, at));
      case GetStatistics q -> StatisticsOf.graph(storage, graph, whole(graph, at));
      case ListCategories q -> storage.categories(graph, at);
      case SuggestCategories q ->
          Suggestions.suggest(storage.categories(graph, at), q.text(), q.limit());
      case NodeHistory q -> new Histories(storage, graph, at).node(q.node());
      case EdgeHistory q -> new Histories(storage, graph, at).edge(q.edge());
      case Compare q -> {
        long head = oneState(graph, GraphReader.LATEST);
        yield Differences.between(
            storage,
            graph,
            Math.min(sequenceOf(storage, graph, q.from()), head),
            Math.min(sequenceOf(storage, graph, q.to()), head));
      }
      case Timeline q -> Timelines.of(storage, graph, q.unit(), oneState(graph, at));
      case ReadLog q -> storage.read(graph, q.after(), q.limit());
      case Search q ->
          searching.search(
              q,
              searched(caller, q.filter(), graph, at, options),
              options.consistency(),
              () -> communities(graph, at, options));
      case SimilarNodes q ->
          searching.similar(
              q,
              searched(caller, q.filter(), graph, at, options),
              options.consistency(),
              () -> communities(graph, at, options));
      case SuggestTitles q -> searching.suggest(q, graph, at, options.consistency());
      case RankNodes q -> analyses(graph, at, options).rank(q);
      case FindCommunities q -> analyses(graph, at, options).communities(q);
      case FindComponents q -> analyses(graph, at, options).components(q);
      case FindChains q -> analyses(graph, at, options).chains(q);
      case AssessImpact q -> analyses(graph, at, options).impact(q);
      case PredictLinks q -> analyses(graph, at, options).predict(q);
      case MakeReport q -> analyses(graph, at, options).report(q);
    };
  }

  /** The graph of a search and those that its filter names besides, each at the moment. */
  private List<Searched> searched(
      UserId caller, SearchFilter filter, GraphRef own, long at, QueryOptions options) {
    return Stream.concat(
            Stream.of(new Searched(own, at)),
            filter.besides(own.id()).stream()
                .map(id -> readable(id, caller))
                .map(graph -> new Searched(graph, sequenceOf(storage, graph, options.at()))))
        .toList();
  }

  private Walks walks(GraphRef graph, long at) {
    return new Walks(storage, adjacencies, graph, oneState(graph, at));
  }

  private Analyses analyses(GraphRef graph, long at, QueryOptions options) {
    return new Analyses(
        storage, adjacencies, detection, graph, oneState(graph, at), options.listener());
  }

  private Communities communities(GraphRef graph, long at, QueryOptions options) {
    return analyses(graph, at, options).communities(new FindCommunities(graph.id(), 1, 0));
  }

  private Adjacency shape(GraphRef graph, long at) {
    return adjacencies.get(graph, oneState(graph, at), false);
  }

  private Adjacency whole(GraphRef graph, long at) {
    return adjacencies.whole(graph, oneState(graph, at));
  }

  /** A sequence number the log has come to: several reads at it see the same, whoever writes. */
  private long oneState(GraphRef graph, long at) {
    return Math.min(at, storage.head(graph).sequence());
  }

  private static <T> Page<T> page(Supplier<Page<T>> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new RejectedException(
          new Rejection.Invalid(
              List.of(
                  new FieldError(
                      "page.after", "expected what a page said is next, found another"))));
    }
  }

  private static RejectedException noGraph(GraphId graph) {
    return new RejectedException(new Rejection.NotFound("graph", graph.toString()));
  }
}
