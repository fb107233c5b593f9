package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.QueryBus;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.BusMetrics.Call;
import dev.knowledgegraph.spi.BusMetrics.Outcome;
import dev.knowledgegraph.spi.BusMetrics.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells metrics what becomes of each question. */
final class ObservedQueryBus implements QueryBus {
  private final QueryBus bus;
  private final Observer observer;

  ObservedQueryBus(QueryBus bus, BusMetrics metrics) {
    this.bus = bus;
    this.observer = new Observer(metrics);
  }

  @Override
  public <R> R ask(UserId caller, GraphQuery<R> query, QueryOptions options) {
    long start = observer.start();
    R answer;
    try {
      answer = bus.ask(caller, query, options);
    } catch (RuntimeException e) {
      tell(caller, kind(query), query.graph(), Observer.outcome(e), start);
      throw e;
    }
    if (observer.isOn(start)) {
      tell(caller, kind(query), query.graph(), new Outcome.Accepted(), start);
    }
    return answer;
  }

  private static String kind(GraphQuery<?> query) {
    return query.getClass().getSimpleName();
  }

  @Override
  public List<Graph> graphs(UserId caller) {
    String kind = "ListGraphs";
    long start = observer.start();
    List<Graph> answer;
    try {
      answer = bus.graphs(caller);
    } catch (RuntimeException e) {
      tell(caller, kind, null, Observer.outcome(e), start);
      throw e;
    }
    if (observer.isOn(start)) {
      tell(caller, kind, null, new Outcome.Accepted(), start);
    }
    return answer;
  }

  private void tell(
      UserId caller, String kind, @Nullable GraphId graph, Outcome outcome, long start) {
    observer.called(
        new Call(Side.QUERY, kind, caller, graph, outcome, observer.since(start), 1, 0));
  }
}
