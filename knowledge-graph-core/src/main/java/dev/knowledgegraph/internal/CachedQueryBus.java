package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.Heads.Known;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Consistency;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.ProgressListener;
import dev.knowledgegraph.query.QueryBus;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.BusMetrics.Lookup;
import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.spi.CacheSettings;
import dev.knowledgegraph.spi.CachedAnswer;
import java.util.List;

/**
 * Answers from a cache what was asked before, as long as the log of the graph has not moved since.
 * Who may read the graph is looked at first, each time.
 */
final class CachedQueryBus implements QueryBus {
  private final QueryBus bus;
  private final Positions positions;
  private final Cache<CachedAnswer> cache;
  private final CacheSettings settings;
  private final Observer observer;
  private final Flights flights = new Flights();

  CachedQueryBus(
      QueryBus bus,
      Positions positions,
      Cache<CachedAnswer> cache,
      CacheSettings settings,
      BusMetrics metrics) {
    this.bus = bus;
    this.positions = positions;
    this.cache = cache;
    this.settings = settings;
    this.observer = new Observer(metrics);
  }

  @Override
  public List<Graph> graphs(UserId caller) {
    return bus.graphs(caller);
  }

  @Override
  public <R> R ask(UserId caller, GraphQuery<R> query, QueryOptions options) {
    // A listener hears the steps and may stop them, so there have to be some.
    if (!options.listener().equals(ProgressListener.NONE)) {
      return bus.ask(caller, query, options);
    }
    var question = Question.of(query, options.at());
    if (question.isEmpty()) {
      return bus.ask(caller, query, options);
    }
    long least = least(options.consistency());
    var now = positions.now(query.graph(), least).filter(known -> counts(known, caller, least));
    if (now.isEmpty()) {
      return bus.ask(caller, query, options);
    }
    String key = question.get().key(caller, now.get().graph().ref());
    // The key names the query, and so the type of its answer.
    @SuppressWarnings("unchecked")
    R answer = (R) answer(key, now.get(), caller, query, options);
    return answer;
  }

  private static long least(Consistency consistency) {
    return consistency instanceof Consistency.AtLeast least ? least.sequence() : 0;
  }

  private static boolean counts(Known known, UserId caller, long least) {
    return known.graph().isReadableBy(caller) && known.head().sequence() >= least;
  }

  private Object answer(
      String key, Known now, UserId caller, GraphQuery<?> query, QueryOptions options) {
    var kept = cache.get(key);
    boolean isFound = kept.isPresent() && kept.get().head().equals(now.head());
    observer.looked(new Lookup(query.getClass().getSimpleName(), isFound));
    if (isFound) {
      return kept.get().answer();
    }
    if (kept.isPresent()) {
      cache.remove(key);
    }
    return flights.join(
        new Flights.Key(key, now.head()), () -> look(key, now, caller, query, options));
  }

  private Object look(
      String key, Known now, UserId caller, GraphQuery<?> query, QueryOptions options) {
    Object answer = bus.ask(caller, query, options);
    Object fixed = answer instanceof List<?> list ? List.copyOf(list) : answer;
    // A commit meanwhile may be in the answer, and may be lost in a store that is restored.
    if (AnswerSize.of(fixed) <= settings.maxElements() && positions.isStill(now)) {
      cache.put(key, new CachedAnswer(now.head(), fixed), settings.life());
    }
    return fixed;
  }
}
