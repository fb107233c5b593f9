package dev.knowledgegraph.spi;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;

/**
 * Gets every commit of every graph, in order within a graph, at least once: what it throws at comes
 * again. Called outside any transaction, after the commit is durable; what was not delivered when
 * the store was last closed, or its process ended, comes when it is opened.
 */
@FunctionalInterface
public interface EventPublisher {
  /** Takes one commit; returning means it need not come again. */
  void publish(GraphRef graph, Committed commit);
}
