package dev.knowledgegraph.internal;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.EventPublisher;
import dev.knowledgegraph.spi.Storage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers commits to publishers from their checkpoints: at least once, in order within a graph,
 * outside any transaction. The log is the outbox. A publisher that throws gets the same commit
 * again with the next one, or when it is drained.
 */
final class Publishing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);
  private static final int BATCH = 100;

  private final Storage storage;
  private final Map<String, EventPublisher> publishers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final ReentrantLock delivering = new ReentrantLock();
  private final Set<GraphRef> waiting = new LinkedHashSet<>();
  private boolean closed;

  Publishing(Storage storage, Map<String, EventPublisher> publishers) {
    this.storage = storage;
    this.publishers = Map.copyOf(publishers);
    if (!publishers.isEmpty()) {
      Thread.ofVirtual().name("knowledge-graph-publishing").start(this::run);
    }
  }

  /** Says that a graph's log has grown. */
  void signal(GraphRef graph) {
    if (publishers.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      waiting.add(graph);
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (awaitNews()) {
      drain();
    }
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
      for (GraphRef graph : takeWaiting()) {
        publishers.forEach((name, publisher) -> deliver(name, publisher, graph));
      }
    } finally {
      delivering.unlock();
    }
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

  private void deliver(String name, EventPublisher publisher, GraphRef graph) {
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
          return;
        }
        done = commit.position().sequence();
        storage.saveCheckpoint(name, graph, done);
      }
      batch = storage.read(graph, done, BATCH);
    }
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
