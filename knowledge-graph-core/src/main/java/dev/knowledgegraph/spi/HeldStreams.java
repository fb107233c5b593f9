package dev.knowledgegraph.spi;

import dev.knowledgegraph.event.StreamId;
import dev.knowledgegraph.model.GraphRef;
import java.util.HashSet;
import java.util.Set;

/** The streams whose next event was not delivered, so that later ones must wait. For one thread. */
public final class HeldStreams {
  /** The code of what waits behind an earlier event. */
  public static final String WAITS = "WAITS";

  private record Stream(GraphRef graph, StreamId id) {}

  private final Set<Stream> held = new HashSet<>();

  /** None. */
  public HeldStreams() {}

  /** Says that an event of this stream was not delivered. */
  public void hold(GraphRef graph, StreamId stream) {
    held.add(new Stream(graph, stream));
  }

  /** Whether an event of this stream has to wait. */
  public boolean holds(GraphRef graph, StreamId stream) {
    return held.contains(new Stream(graph, stream))
        || held.contains(new Stream(graph, StreamId.WHOLE));
  }
}
