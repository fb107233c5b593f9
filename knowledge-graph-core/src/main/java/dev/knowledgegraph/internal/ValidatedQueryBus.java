package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.Validator;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Consistency;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.GraphQuery.AssessImpact;
import dev.knowledgegraph.query.GraphQuery.Compare;
import dev.knowledgegraph.query.GraphQuery.FindAllShortestPaths;
import dev.knowledgegraph.query.GraphQuery.FindChains;
import dev.knowledgegraph.query.GraphQuery.FindCommunities;
import dev.knowledgegraph.query.GraphQuery.FindMatches;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.GraphQuery.FindNodesByTitle;
import dev.knowledgegraph.query.GraphQuery.FindPath;
import dev.knowledgegraph.query.GraphQuery.FindPatterns;
import dev.knowledgegraph.query.GraphQuery.FindShortestPaths;
import dev.knowledgegraph.query.GraphQuery.FindSubgraph;
import dev.knowledgegraph.query.GraphQuery.MakeReport;
import dev.knowledgegraph.query.GraphQuery.PredictLinks;
import dev.knowledgegraph.query.GraphQuery.RankNodes;
import dev.knowledgegraph.query.GraphQuery.ReadLog;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.GraphQuery.SimilarNodes;
import dev.knowledgegraph.query.GraphQuery.SuggestCategories;
import dev.knowledgegraph.query.GraphQuery.SuggestTitles;
import dev.knowledgegraph.query.GraphQuery.Traverse;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.QueryBus;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.query.SearchFilter;
import java.util.List;
import java.util.Objects;

/** Refuses questions with arguments out of range, naming all of them, before anything is read. */
final class ValidatedQueryBus implements QueryBus {
  private static final int MAX_DEPTH = 1_000;
  private static final int MAX_NEAR = 10;
  private static final int MAX_TYPED = 1_000;
  private static final int MAX_CHAIN = 10;
  private static final double MAX_WEIGHT = 1_000;
  private static final int MAX_GRAPHS = 100;
  private static final String ONE_GRAPH =
      "expected none where several graphs are asked, as it is of one; ask that graph by itself";

  private final QueryBus bus;

  ValidatedQueryBus(QueryBus bus) {
    this.bus = bus;
  }

  @Override
  public <R> R ask(UserId caller, GraphQuery<R> query, QueryOptions options) {
    Objects.requireNonNull(caller, "caller");
    check(query, options);
    return bus.ask(caller, query, options);
  }

  @Override
  public List<Graph> graphs(UserId caller) {
    return bus.graphs(Objects.requireNonNull(caller, "caller"));
  }

  private static void check(GraphQuery<?> query, QueryOptions options) {
    var validator = new Validator();
    checkMoment("at", options.at(), validator);
    checkConsistency(options.consistency(), validator);
    switch (query) {
      case FindNodesByTitle q -> checkLimit(q.limit(), validator);
      case FindNeighbors q -> {
        checkDepth(q.depth(), validator);
        checkLimit(q.limit(), validator);
      }
      case FindMatches q -> {
        checkLimit(q.limit(), validator);
        if (!q.pattern().isConnected()) {
          validator.add("pattern", "expected places that hang together by edges, found some apart");
        }
      }
      case FindSubgraph q -> {
        checkDepth(q.depth(), validator);
        checkLimit(q.limit(), validator);
      }
      case Traverse q -> checkLimit(q.limit(), validator);
      case FindPath q -> checkRange("maxHops", q.maxHops(), 0, Integer.MAX_VALUE, validator);
      case FindAllShortestPaths q -> checkLimit(q.limit(), validator);
      case FindShortestPaths q -> checkRange("k", q.k(), 1, 100, validator);
      case FindPatterns q -> checkLimit(q.limit(), validator);
      case SuggestCategories q -> checkLimit(q.limit(), validator);
      case Compare q -> {
        checkMoment("from", q.from(), validator);
        checkMoment("to", q.to(), validator);
      }
      case ReadLog q -> {
        checkRange("after", q.after(), 0, Long.MAX_VALUE, validator);
        checkLimit(q.limit(), validator);
      }
      case Search q -> {
        checkSearch(q, validator);
        checkGraphs(q.graph(), q.filter(), options, validator);
      }
      case SimilarNodes q -> {
        checkRange("limit", q.limit(), 1, Page.MAX_SIZE, validator);
        checkFilter(q.filter(), validator);
        checkGraphs(q.graph(), q.filter(), options, validator);
      }
      case SuggestTitles q -> {
        checkRange("text.length", q.text().length(), 0, MAX_TYPED, validator);
        checkRange("limit", q.limit(), 1, Page.MAX_SIZE, validator);
      }
      case RankNodes q -> checkLimit(q.limit(), validator);
      case FindCommunities q ->
          validator.require(
              q.resolution() > 0 && q.resolution() <= MAX_WEIGHT,
              "resolution",
              "more than 0, at most " + (long) MAX_WEIGHT,
              q.resolution());
      case FindChains q -> {
        checkRange("depth", q.depth(), 1, MAX_CHAIN, validator);
        checkLimit(q.limit(), validator);
      }
      case AssessImpact q -> checkLimit(q.limit(), validator);
      case PredictLinks q -> checkLimit(q.limit(), validator);
      case MakeReport q -> checkLimit(q.limit(), validator);
      default -> {}
    }
    var errors = validator.errors();
    if (!errors.isEmpty()) {
      throw new RejectedException(new Rejection.Invalid(errors));
    }
  }

  private static void checkSearch(Search query, Validator validator) {
    checkFilter(query.filter(), validator);
    var weights = query.weights();
    checkWeight("weights.text", weights.text(), validator);
    checkWeight("weights.vector", weights.vector(), validator);
    checkWeight("weights.title", weights.title(), validator);
    checkWeight("weights.body", weights.body(), validator);
    checkWeight("weights.tags", weights.tags(), validator);
    checkWeight("weights.labels", weights.labels(), validator);
    checkWeight("weights.properties", weights.properties(), validator);
    if (query.facets().contains(Facet.COMMUNITY)
        && !query.filter().besides(query.graph()).isEmpty()) {
      validator.add("facets", "COMMUNITY: " + ONE_GRAPH);
    }
  }

  private static void checkWeight(String path, double weight, Validator validator) {
    validator.require(
        weight >= 0 && weight <= MAX_WEIGHT, path, "0 to " + (long) MAX_WEIGHT, weight);
  }

  private static void checkFilter(SearchFilter filter, Validator validator) {
    if (filter.near() != null) {
      checkRange("filter.near.hops", filter.near().hops(), 0, MAX_NEAR, validator);
    }
  }

  /** What is of one graph has no meaning in several. */
  private static void checkGraphs(
      GraphId own, SearchFilter filter, QueryOptions options, Validator validator) {
    int others = filter.besides(own).size();
    checkRange("filter.graphs", others, 0, MAX_GRAPHS, validator);
    if (others == 0) {
      return;
    }
    if (options.at() instanceof Moment.AtSequence) {
      validator.add("at", "expected a time, as several graphs are asked, found a position of one");
    }
    if (filter.near() != null) {
      validator.add("filter.near", ONE_GRAPH);
    }
    if (!filter.communities().isEmpty()) {
      validator.add("filter.communities", ONE_GRAPH);
    }
  }

  private static void checkConsistency(Consistency consistency, Validator validator) {
    if (consistency instanceof Consistency.AtLeast least) {
      checkRange("consistency.sequence", least.sequence(), 0, Long.MAX_VALUE, validator);
    }
  }

  private static void checkMoment(String path, Moment moment, Validator validator) {
    if (moment instanceof Moment.AtSequence at) {
      checkRange(path, at.sequence(), 0, Long.MAX_VALUE, validator);
    }
  }

  private static void checkDepth(int depth, Validator validator) {
    checkRange("depth", depth, 0, MAX_DEPTH, validator);
  }

  private static void checkLimit(int limit, Validator validator) {
    checkRange("limit", limit, 1, Integer.MAX_VALUE, validator);
  }

  private static void checkRange(String path, long value, long min, long max, Validator validator) {
    if (value < min || value > max) {
      validator.add(path, "expected " + min + " to " + max + ", found " + value);
    }
  }
}
