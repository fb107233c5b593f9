package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.GraphRef;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The graphs whose logs have grown since somebody looked. May be shared between threads. */
final class News {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final Set<GraphRef> grown = new LinkedHashSet<>();
  private boolean ended;

  /** Says that a graph's log has grown. */
  void tell(GraphRef graph) {
    lock.lock();
    try {
      grown.add(graph);
      told.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there are some.
   *
   * @param most for how long; null for any time
   * @return those that have grown, which are forgotten; none if time is over, or all is
   */
  Set<GraphRef> await(@Nullable Duration most) {
    lock.lock();
    try {
      long left = most == null ? Long.MAX_VALUE : most.toNanos();
      while (grown.isEmpty() && !ended && left > 0) {
        if (most == null) {
          told.awaitUninterruptibly();
        } else {
          left = told.awaitNanos(left);
        }
      }
      var taken = new LinkedHashSet<>(grown);
      grown.clear();
      return taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Set.of();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits any more. */
  void end() {
    lock.lock();
    try {
      ended = true;
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
