package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.Commit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Appends commits: reads where their graphs stand, makes the items, and writes them, small appends
 * with one transaction, large ones in three steps: laid ready, made the truth, carried out.
 */
final class Writer {
  private final Table table;
  private final Settling settling;

  Writer(Table table) {
    this.table = table;
    this.settling = new Settling(table);
  }

  void append(List<Commit> commits) {
    var byGraph = new LinkedHashMap<GraphRef, List<Commit>>();
    for (Commit commit : commits) {
      byGraph.computeIfAbsent(commit.graph(), graph -> new ArrayList<>()).add(commit);
    }
    var names = Names.of(commits);
    for (int tries = 1; ; tries++) {
      var heads = heads(byGraph.keySet());
      long lastLog = heads.containsValue(Optional.<Head>empty()) ? lastLog() : 0;
      var append = new Append(table, works(byGraph, heads, lastLog), names, lastLog);
      Set<Key> refused = append.write();
      if (refused.isEmpty()) {
        settle(append);
        return;
      }
      requireAgain(refused, names);
      if (table.patience().isOver(tries)) {
        throw new StorageException(
            "STORE_UNAVAILABLE", "too many graphs begin at the same time", true, null);
      }
      table.patience().pause(tries);
    }
  }

  /** What is the truth stays so, whatever becomes of this. */
  private void settle(Append append) {
    try {
      append.settle(settling);
    } catch (StorageException e) {
      throw new StorageException(
          "STORE_OUTCOME_UNKNOWN",
          "the commit is written, but cannot be read before the next one",
          false,
          e);
    }
  }

  /** Each graph's head, once nobody is in the middle of writing to it. */
  private Map<GraphId, Optional<Head>> heads(Set<GraphRef> graphs) {
    var found = new LinkedHashMap<GraphId, Optional<Head>>();
    var items = table.get(graphs.stream().map(graph -> Keys.head(graph.id())).toList());
    for (GraphRef graph : graphs) {
      var head =
          Optional.ofNullable(items.get(Keys.head(graph.id())))
              .map(item -> Head.of(graph.id(), item));
      if (head.isPresent() && !head.get().isSettled()) {
        settling.settle(head.get());
        head = table.get(Keys.head(graph.id())).map(item -> Head.of(graph.id(), item));
      }
      if (head.isPresent() && !head.get().graph().equals(graph)) {
        throw new ConflictException("graph id " + graph.id() + " is or was in use");
      }
      if (head.isPresent() && !head.get().isSettled()) {
        throw new ConflictException("graph " + graph.id() + " is being written to");
      }
      found.put(graph.id(), head);
    }
    return found;
  }

  private long lastLog() {
    return table.get(Keys.lastLog()).map(item -> item.number(Append.LAST)).orElse(0L);
  }

  private List<GraphWork> works(
      Map<GraphRef, List<Commit>> byGraph, Map<GraphId, Optional<Head>> heads, long lastLog) {
    if (heads.size() < byGraph.size()) {
      throw new ConflictException("a graph id is used by two owners");
    }
    var number = new AtomicLong(lastLog);
    var works = new ArrayList<GraphWork>();
    byGraph.forEach(
        (graph, commits) -> {
          Head head =
              heads
                  .getOrDefault(graph.id(), Optional.empty())
                  .orElseGet(
                      () -> Head.before(graph, number.incrementAndGet(), table.config().buckets()));
          works.add(new GraphWork(head, commits));
        });
    return works;
  }

  private static void requireAgain(Set<Key> refused, Names names) {
    if (refused.stream().anyMatch(key -> key.sort().equals("head"))) {
      throw new ConflictException("the log has moved since the facts were read");
    }
    if (refused.stream().anyMatch(names::isName)) {
      throw Names.taken();
    }
    if (refused.stream().noneMatch(key -> key.partition().equals(Keys.LOGS))) {
      throw new IntegrityException(
          "STORE_DAMAGED", "a log is ahead of its head; reconcile the store", null);
    }
  }
}
