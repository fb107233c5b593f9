package dev.knowledgegraph.internal;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.EventPublisher;
import dev.knowledgegraph.spi.Storage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers commits to publishers from their checkpoints: at least once, in order within a graph,
 * outside any transaction. The log is the outbox. It begins with what was left behind when the
 * store was last open. A publisher that throws gets the same commit again with the next one of any
 * graph, or when it is drained.
 */
final class Publishing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);
  private static final int BATCH = 100;

  private final Storage storage;
  private final Map<String, EventPublisher> publishers;
  private final Consumer<Commit> follower;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Set<GraphRef> waiting = new LinkedHashSet<>();
  private boolean closed;

  private final ReentrantLock delivering = new ReentrantLock();
  private final Set<GraphRef> failed = new LinkedHashSet<>();
  private boolean leftovers;

  /**
   * @param follower is told of every commit, before {@link #signal} returns
   */
  Publishing(Storage storage, Map<String, EventPublisher> publishers, Consumer<Commit> follower) {
    this.storage = storage;
    this.follower = follower;
    // Who may only read cannot note how far it has come.
    this.publishers = storage.isReadOnly() ? Map.of() : Map.copyOf(publishers);
    this.leftovers = !this.publishers.isEmpty();
    if (leftovers) {
      Thread.ofVirtual().name("knowledge-graph-publishing").start(this::run);
    }
  }

  /** Says that a commit is durable. */
  void signal(Commit commit) {
    follower.accept(commit);
    if (publishers.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      waiting.add(commit.graph());
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    do {
      try {
        drain();
      } catch (RuntimeException e) {
        LOG.warn("publishing failed; it goes on with the next commit", e);
      }
    } while (awaitNews());
  }

  private boolean awaitNews() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        news.awaitUninterruptibly();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Delivers all that waits, in this thread. */
  void drain() {
    delivering.lock();
    try {
      if (leftovers) {
        deliverLeftovers();
        leftovers = false;
      }
      failed.addAll(takeWaiting());
      List.copyOf(failed).forEach(this::deliver);
    } finally {
      delivering.unlock();
    }
  }

  private void deliverLeftovers() {
    GraphRef last = null;
    List<GraphRef> page;
    do {
      page = storage.logs(last, BATCH);
      page.forEach(this::deliver);
      last = page.isEmpty() ? null : page.getLast();
    } while (last != null);
  }

  private Set<GraphRef> takeWaiting() {
    lock.lock();
    try {
      var taken = new LinkedHashSet<>(waiting);
      waiting.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void deliver(GraphRef graph) {
    failed.add(graph);
    boolean isDone = true;
    for (var each : publishers.entrySet()) {
      isDone &= deliver(each.getKey(), each.getValue(), graph);
    }
    if (isDone) {
      failed.remove(graph);
    }
  }

  private boolean deliver(String name, EventPublisher publisher, GraphRef graph) {
    long done = storage.checkpoint(name, graph);
    List<Committed> batch = storage.read(graph, done, BATCH);
    while (!batch.isEmpty()) {
      for (Committed commit : batch) {
        try {
          publisher.publish(graph, commit);
        } catch (RuntimeException e) {
          LOG.warn(
              "publisher {} failed at {} of graph {}; it gets it again",
              name,
              commit.position().sequence(),
              graph.id(),
              e);
          return false;
        }
        done = commit.position().sequence();
        storage.saveCheckpoint(name, graph, done);
      }
      batch = storage.read(graph, done, BATCH);
    }
    return true;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signal();
    } finally {
      lock.unlock();
    }
    drain();
  }
}
