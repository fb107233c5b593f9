package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EdgeEvent;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent;
import dev.knowledgegraph.model.GraphRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Commits that this process has just made, until the index has taken them, so that they need not be
 * read from the log and decoded again. What does not fit any more is read from there. May be shared
 * between threads.
 */
final class RecentCommits {
  private static final int MOST_EVENTS =
      Runtime.getRuntime().maxMemory() < 2L << 30 ? 10_000 : 100_000;

  private final int most;
  private final Map<GraphRef, Deque<Committed>> commits = new HashMap<>();
  private int events;

  RecentCommits() {
    this(MOST_EVENTS);
  }

  /**
   * Keeps no more than so many events.
   *
   * @param most each node of an import counts as one
   */
  RecentCommits(int most) {
    this.most = most;
  }

  /** Takes a commit, if there is room for it. */
  synchronized void add(GraphRef graph, Committed commit) {
    Deque<Committed> kept = commits.computeIfAbsent(graph, unknown -> new ArrayDeque<>());
    long sequence = commit.position().sequence();
    if (!kept.isEmpty() && kept.getLast().position().sequence() + 1 != sequence) {
      // Another process was in between, or there was no room: those that come first are kept.
      return;
    }
    Committed slim = withoutEdges(commit);
    if (events + size(slim) <= most) {
      kept.addLast(slim);
      events += size(slim);
    }
  }

  /** Up to so many commits that come right after one; none if they are not here. */
  synchronized List<Committed> after(GraphRef graph, long sequence, int limit) {
    Deque<Committed> kept = commits.getOrDefault(graph, new ArrayDeque<>());
    while (!kept.isEmpty() && kept.getFirst().position().sequence() <= sequence) {
      events -= size(kept.removeFirst());
    }
    if (kept.isEmpty()) {
      commits.remove(graph);
      return List.of();
    }
    return kept.getFirst().position().sequence() == sequence + 1
        ? kept.stream().limit(limit).toList()
        : List.of();
  }

  /** An index has nothing of edges. */
  private static Committed withoutEdges(Committed commit) {
    var events = new ArrayList<GraphEvent>(commit.events());
    events.removeIf(
        event -> event instanceof EdgeEvent || event instanceof ImportEvent.EdgesImported);
    return new Committed(
        commit.position(),
        commit.time(),
        commit.actor(),
        commit.commandId(),
        commit.correlationId(),
        commit.causationId(),
        events);
  }

  private static int size(Committed commit) {
    int size = 1;
    for (GraphEvent event : commit.events()) {
      size += event instanceof ImportEvent.NodesImported imported ? imported.nodes().size() : 1;
    }
    return size;
  }
}
