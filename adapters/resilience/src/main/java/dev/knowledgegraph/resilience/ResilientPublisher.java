package dev.knowledgegraph.resilience;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.EventPublisher;

/**
 * A publisher that is given each commit through a {@link Resilience}. It may get a commit twice, as
 * every publisher may. What still fails in the end comes again later, in order.
 */
public final class ResilientPublisher implements EventPublisher {
  private final EventPublisher publisher;
  private final Resilience resilience;

  private ResilientPublisher(EventPublisher publisher, Resilience resilience) {
    this.publisher = publisher;
    this.resilience = resilience;
  }

  /** Around {@code publisher}. */
  public static ResilientPublisher of(EventPublisher publisher, Resilience resilience) {
    return new ResilientPublisher(publisher, resilience);
  }

  @Override
  public void publish(GraphRef graph, Committed commit) {
    resilience.run(() -> publisher.publish(graph, commit));
  }
}
