package dev.knowledgegraph.query;

import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.UserId;
import java.util.List;
import java.util.concurrent.CancellationException;

/** The one way to ask. May be shared between threads. */
public interface QueryBus {
  /**
   * Answers a question.
   *
   * @throws RejectedException if the graph is not there for the caller (NotFound), or an argument
   *     is out of range (Invalid)
   * @throws CancellationException if the thread is interrupted while an analysis goes on
   */
  <R> R ask(UserId caller, GraphQuery<R> query, QueryOptions options);

  /** The caller's own graphs, by name. */
  List<Graph> graphs(UserId caller);
}
