package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.Storage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log of a graph into a storage as it stands: state, history, totals and fingerprint
 * follow from the events alone. For one thread.
 */
public final class Replay {
  private static final int GROUP = 256;
  private static final int PAGE = 100;

  private final Storage storage;
  private final GraphRef ref;

  Replay(Storage storage, GraphRef ref) {
    this.storage = storage;
    this.ref = ref;
  }

  /**
   * Carries over what {@code to} lacks of the logs of {@code graphs}. Graphs take turns by time,
   * for what one gives up another may have taken: a name.
   */
  public static void run(Storage from, Collection<GraphRef> graphs, Storage to) {
    var logs = new ArrayList<Log>();
    graphs.forEach(graph -> logs.add(new Log(from, graph, new Replay(to, graph))));
    logs.removeIf(log -> log.next() == null);
    while (!logs.isEmpty()) {
      logs.sort(Comparator.comparing(Log::time));
      carryOne(logs, logs.size() == 1 ? Instant.MAX : logs.get(1).time());
      logs.removeIf(log -> log.next() == null);
    }
  }

  /** Of the first log what is not after {@code until}, or of one that has to come before it. */
  private static void carryOne(List<Log> logs, Instant until) {
    ConflictException first = null;
    for (Log log : logs) {
      try {
        log.carry(until);
        return;
      } catch (ConflictException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** A log and how far it is carried over. */
  private static final class Log {
    private final Storage from;
    private final GraphRef graph;
    private final Replay to;
    private final ArrayDeque<Committed> page = new ArrayDeque<>();
    private long read;

    Log(Storage from, GraphRef graph, Replay to) {
      this.from = from;
      this.graph = graph;
      this.to = to;
      this.read = to.storage.head(graph).sequence();
      if (read > 0 && !from.read(graph, read - 1, 1).equals(to.storage.read(graph, read - 1, 1))) {
        throw new ConflictException("graph " + graph.id() + " has another log there");
      }
    }

    Instant time() {
      return Objects.requireNonNull(next(), "the next entry").time();
    }

    @Nullable Committed next() {
      if (page.isEmpty()) {
        page.addAll(from.read(graph, read, PAGE));
        read = page.isEmpty() ? read : page.getLast().position().sequence();
      }
      return page.peek();
    }

    /** Carries the next entry over, and those after it that are not after {@code until}. */
    void carry(Instant until) {
      List<Committed> first =
          Stream.concat(
                  page.stream().limit(1),
                  page.stream().skip(1).takeWhile(entry -> !entry.time().isAfter(until)))
              .toList();
      to.append(first);
      first.forEach(entry -> page.remove());
    }
  }

  /** Writes what comes next of the log. */
  void write(List<Committed> log) {
    var group = new ArrayList<Committed>();
    for (Committed entry : log) {
      if (group.size() == GROUP) {
        append(group);
        group.clear();
      }
      group.add(entry);
    }
    append(group);
  }

  private void append(List<Committed> entries) {
    var unit = new UnitOfWork(storage, ref, storage.findGraph(ref.id()).orElse(null));
    var plausibility = new Plausibility(unit);
    var commits = new ArrayList<Commit>();
    for (Committed entry : entries) {
      long before = unit.head().sequence();
      if (!entry.position().graph().equals(ref.id()) || entry.position().sequence() != before + 1) {
        throw new ConflictException(
            "graph " + ref.id() + " is at " + before + ", so " + entry.position() + " is not next");
      }
      unit.begin(entry.time());
      try {
        plausibility.check(
            unit.time().equals(entry.time()), "a time after that of the entry before");
        for (GraphEvent event : entry.events()) {
          prefetch(unit, event);
          apply(event, unit, plausibility);
        }
      } catch (IllegalArgumentException e) {
        String which = "entry " + entry.position().sequence() + " of the log: ";
        throw new IntegrityException("LOG_DAMAGED", which + e.getMessage(), e);
      }
      var changes = unit.changes();
      unit.end();
      commits.add(new Commit(ref, before, entry, changes, unit.head(), null));
    }
    if (!commits.isEmpty()) {
      storage.append(commits);
    }
  }

  private static void apply(GraphEvent event, UnitOfWork unit, Plausibility plausibility) {
    switch (event) {
      case NodesImported e -> e.nodes().forEach(node -> apply(node, unit, plausibility));
      case EdgesImported e -> e.edges().forEach(edge -> apply(edge, unit, plausibility));
      default -> {
        plausibility.check(event);
        unit.apply(event);
      }
    }
  }

  private static void prefetch(UnitOfWork unit, GraphEvent event) {
    switch (event) {
      case NodesImported e -> {
        unit.prefetchUnusedNodes(e.nodes().stream().map(NodeAdded::node).toList());
        unit.prefetchKeys(
            e.nodes().stream().map(node -> node.data().key()).filter(Objects::nonNull).toList());
      }
      case EdgesImported e -> {
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
