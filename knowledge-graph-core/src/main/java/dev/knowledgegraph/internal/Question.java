package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The canonical form of a question whose answer may be kept: every field with a length before it,
 * so that no two questions share a form. For one thread.
 */
final class Question {
  /** Goes up when a form or the meaning of an answer changes. */
  private static final String VERSION = "kg1";

  private final StringBuilder form = new StringBuilder();

  private Question(Object kind) {
    with(kind);
  }

  /** The question, if answers to it are kept. */
  static Optional<Question> of(GraphQuery<?> query, Moment at) {
    return form(query)
        .map(
            question ->
                switch (at) {
                  case Moment.Now now -> question.with("now");
                  case Moment.AtSequence then -> question.with("sequence").with(then.sequence());
                  case Moment.AtTime then -> question.with("time").with(then.time());
                });
  }

  private static Optional<Question> form(GraphQuery<?> query) {
    return switch (query) {
      case FindNeighbors q ->
          of(q)
              .with(q.node())
              .with(q.depth())
              .with(q.direction().name())
              .types(q.types())
              .kept(q.limit());
      case FindSubgraph q -> of(q).all(q.nodes()).with(q.depth()).types(q.types()).kept(q.limit());
      case FindPath q ->
          of(q)
              .with(q.source())
              .with(q.target())
              .with(q.direction().name())
              .types(q.types())
              .with(q.weighted())
              .kept(q.maxHops());
      case FindAllShortestPaths q ->
          of(q)
              .with(q.source())
              .with(q.target())
              .with(q.direction().name())
              .types(q.types())
              .kept(q.limit());
      case FindShortestPaths q ->
          of(q)
              .with(q.source())
              .with(q.target())
              .with(q.direction().name())
              .types(q.types())
              .with(q.weighted())
              .kept(q.k());
      case FindPatterns q -> of(q).with(q.kind().name()).kept(q.limit());
      case GetStatistics q -> of(q).kept("");
      case Timeline q -> of(q).kept(q.unit().name());
      case RankNodes q -> of(q).with(q.metric().name()).kept(q.limit());
      case FindCommunities q -> of(q).with(q.resolution()).kept(q.seed());
      case FindComponents q -> of(q).kept(q.strong());
      case FindChains q -> of(q).with(q.node()).with(q.depth()).kept(q.limit());
      case AssessImpact q -> of(q).with(q.node()).kept(q.limit());
      case PredictLinks q -> of(q).with(q.node()).with(q.measure().name()).kept(q.limit());
      case MakeReport q -> of(q).kept(q.limit());
      // One read by a name or by an index, which costs no more than to look at the log.
      case GetGraph q -> Optional.empty();
      case FindNode q -> Optional.empty();
      case FindNodes q -> Optional.empty();
      case FindNodeByKey q -> Optional.empty();
      case FindNodesByTitle q -> Optional.empty();
      case FindEdge q -> Optional.empty();
      case ListCategories q -> Optional.empty();
      case ListNodes q -> Optional.empty();
      case ListEdges q -> Optional.empty();
      // What was is seldom asked for twice.
      case NodeHistory q -> Optional.empty();
      case EdgeHistory q -> Optional.empty();
      case Compare q -> Optional.empty();
      case ReadLog q -> Optional.empty();
      // As many texts as people type.
      case SuggestCategories q -> Optional.empty();
      // The search index follows the log at a pace of its own.
      case Search q -> Optional.empty();
      case SimilarNodes q -> Optional.empty();
      case SuggestTitles q -> Optional.empty();
      // Trees without a canonical form.
      case Traverse q -> Optional.empty();
      case FindMatches q -> Optional.empty();
    };
  }

  private static Question of(GraphQuery<?> query) {
    return new Question(query.getClass().getSimpleName());
  }

  private Question with(Object value) {
    String text = value.toString();
    form.append(text.length()).append(':').append(text);
    return this;
  }

  private Question all(Collection<?> values) {
    with(values.size());
    values.forEach(this::with);
    return this;
  }

  private Question types(Collection<EdgeType> types) {
    return all(types.stream().map(EdgeType::name).sorted().toList());
  }

  private Optional<Question> kept(Object last) {
    return Optional.of(with(last));
  }

  /**
   * The key of its answer: version, owner, graph, caller and question. Users and the question are
   * digests, since a cache may be read by others than the store.
   */
  String key(UserId caller, GraphRef graph) {
    return String.join(
        "/",
        VERSION,
        digest(graph.owner().value()),
        graph.id().toString(),
        digest(caller.value()),
        digest(form.toString()));
  }

  private static String digest(String text) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
