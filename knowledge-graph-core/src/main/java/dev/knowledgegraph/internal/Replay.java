package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes logs into another storage, entry by entry as they are, which makes state and history
 * there. Graphs take turns by time, for what one gives up another may have taken: a name.
 */
public final class Replay {
  private static final int PAGE = 100;

  private final Storage from;
  private final Storage to;

  private Replay(Storage from, Storage to) {
    this.from = from;
    this.to = to;
  }

  /** A log and how far it is carried over. */
  private final class Log {
    final GraphRef graph;
    private final ArrayDeque<Committed> page = new ArrayDeque<>();
    private long read;

    Log(GraphRef graph) {
      this.graph = graph;
    }

    @Nullable Committed next() {
      if (page.isEmpty()) {
        page.addAll(from.read(graph, read, PAGE));
      }
      Committed next = page.peek();
      if (next != null) {
        read = Math.max(read, page.getLast().position().sequence());
      }
      return next;
    }

    void carry() {
      to.append(List.of(commit(graph, page.element())));
      page.remove();
    }
  }

  /** Carries the logs of {@code graphs} over; {@code to} has none of them yet. */
  public static void run(Storage from, Collection<GraphRef> graphs, Storage to) {
    var replay = new Replay(from, to);
    var logs = new ArrayList<Log>();
    graphs.forEach(graph -> logs.add(replay.new Log(graph)));
    logs.removeIf(log -> log.next() == null);
    while (!logs.isEmpty()) {
      logs.sort(Comparator.comparing(log -> java.util.Objects.requireNonNull(log.next()).time()));
      carryOne(logs);
      logs.removeIf(log -> log.next() == null);
    }
  }

  /** Of the first log, or of one after it that has to come before it. */
  private static void carryOne(List<Log> logs) {
    ConflictException first = null;
    for (Log log : logs) {
      try {
        log.carry();
        return;
      } catch (ConflictException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private Commit commit(GraphRef graph, Committed entry) {
    var unit = new UnitOfWork(to, graph, to.findGraph(graph.id()).orElse(null));
    long before = unit.head().sequence();
    unit.begin(entry.time());
    for (GraphEvent event : entry.events()) {
      prefetch(unit, event);
      unit.apply(event);
    }
    var changes = unit.changes();
    unit.end();
    return new Commit(graph, before, entry, changes, unit.head(), null);
  }

  private static void prefetch(UnitOfWork unit, GraphEvent event) {
    switch (event) {
      case ImportEvent.NodesImported e ->
          unit.prefetchUnusedNodes(e.nodes().stream().map(NodeAdded::node).toList());
      case ImportEvent.EdgesImported e -> {
        var ends = new HashSet<NodeId>();
        for (EdgeAdded edge : e.edges()) {
          ends.add(edge.data().source());
          ends.add(edge.data().target());
        }
        unit.prefetchNodes(ends);
        unit.prefetchUnusedEdges(e.edges().stream().map(EdgeAdded::edge).toList());
      }
      default -> {}
    }
  }
}
