package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.spi.GraphHead;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of graphs since this process last wrote to them. While a graph is written to,
 * nothing is known of it: whoever asks then has to look. May be shared between threads.
 */
final class Heads {
  private static final int MAX_GRAPHS = 65_536;

  private final ConcurrentMap<GraphId, State> states = new ConcurrentHashMap<>();
  private final AtomicLong epochs = new AtomicLong();

  /** A graph and where its log stands, as they were read. */
  record Known(Graph graph, GraphHead head, Instant readAt) {}

  /** An epoch is never used twice, so that what was read before a write is not taken after it. */
  private record State(long epoch, int writing, @Nullable Known known) {}

  /** A write begins. */
  void begin(GraphId graph) {
    states.compute(graph, (id, state) -> next(state == null ? 1 : state.writing() + 1));
  }

  /** A write has ended, whatever came of it. */
  void end(GraphId graph) {
    states.compute(graph, (id, state) -> next(state == null ? 0 : state.writing() - 1));
  }

  private State next(int writing) {
    return new State(epochs.incrementAndGet(), writing, null);
  }

  Optional<Known> known(GraphId graph) {
    var state = states.get(graph);
    return state == null ? Optional.empty() : Optional.ofNullable(state.known());
  }

  /** To be asked for before a graph is looked at. */
  long epoch(GraphId graph) {
    if (states.size() >= MAX_GRAPHS) {
      states.values().removeIf(state -> state.writing() == 0);
    }
    return states.computeIfAbsent(graph, id -> next(0)).epoch();
  }

  /** Keeps what was read, unless something was written since the epoch. */
  void learn(GraphId graph, long epoch, Known known) {
    states.computeIfPresent(
        graph,
        (id, state) ->
            state.epoch() == epoch && state.writing() == 0 ? new State(epoch, 0, known) : state);
  }
}
