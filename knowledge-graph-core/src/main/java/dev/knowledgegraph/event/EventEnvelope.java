package dev.knowledgegraph.event;

import dev.knowledgegraph.model.GraphRef;
import java.util.Objects;

/**
 * One event with what surrounds it: its graph, its commit, and its place in the log.
 *
 * @param index of the event in the commit
 */
public record EventEnvelope(GraphRef graph, Committed commit, int index) {
  public EventEnvelope {
    Objects.requireNonNull(graph, "graph");
    Objects.checkIndex(index, commit.events().size());
  }

  /** What happened. */
  public GraphEvent event() {
    return commit.events().get(index);
  }

  /** The same in every delivery. */
  public String id() {
    return commit.eventId(index);
  }

  /** Where it stands in the log. */
  public EventPlace place() {
    return new EventPlace(commit.position().sequence(), index);
  }

  /** Within what order holds. */
  public StreamId stream() {
    return StreamId.of(event());
  }
}
