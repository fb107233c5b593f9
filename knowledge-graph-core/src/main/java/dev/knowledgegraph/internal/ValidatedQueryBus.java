package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.Validator;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.GraphQuery.Compare;
import dev.knowledgegraph.query.GraphQuery.FindAllShortestPaths;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.GraphQuery.FindNodesByTitle;
import dev.knowledgegraph.query.GraphQuery.FindPath;
import dev.knowledgegraph.query.GraphQuery.FindPatterns;
import dev.knowledgegraph.query.GraphQuery.FindSubgraph;
import dev.knowledgegraph.query.GraphQuery.ReadLog;
import dev.knowledgegraph.query.GraphQuery.SuggestCategories;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.QueryBus;
import dev.knowledgegraph.query.QueryOptions;
import java.util.List;
import java.util.Objects;

/** Refuses questions with arguments out of range, naming all of them, before anything is read. */
final class ValidatedQueryBus implements QueryBus {
  private static final int MAX_DEPTH = 1_000;

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
    switch (query) {
      case FindNodesByTitle q -> checkLimit(q.limit(), validator);
      case FindNeighbors q -> {
        checkDepth(q.depth(), validator);
        checkLimit(q.limit(), validator);
      }
      case FindSubgraph q -> {
        checkDepth(q.depth(), validator);
        checkLimit(q.limit(), validator);
      }
      case FindPath q -> checkRange("maxHops", q.maxHops(), 0, Integer.MAX_VALUE, validator);
      case FindAllShortestPaths q -> checkLimit(q.limit(), validator);
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
      default -> {}
    }
    var errors = validator.errors();
    if (!errors.isEmpty()) {
      throw new RejectedException(new Rejection.Invalid(errors));
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
