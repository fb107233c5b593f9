package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has subscribers follow the logs from their checkpoints: at least once, in order within a graph,
 * outside any transaction. The log is the outbox. It begins with what was left behind when the
 * store was last open. A subscriber that holds its position gets the same again after a while,
 * longer each time; with the next commit of any graph; or when it is drained. Where other processes
 * write, too, all logs are looked at whenever it is drained, and every few seconds; of processes
 * with a subscriber of the same name one delivers to it.
 */
final class Publishing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);
  private static final int PAGE = 100;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Storage storage;
  private final Map<String, Following> followings = new LinkedHashMap<>();
  private final Consumer<Commit> follower;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Condition end = lock.newCondition();
  private final Duration firstPause;
  private final Set<GraphRef> waiting = new LinkedHashSet<>();
  private boolean closed;

  /** A subscriber, and whether it is for this process to deliver to it. */
  private record Following(Subscriber subscriber, Turn turn) {
    boolean deliver(GraphRef graph) {
      return !turn.isHeld() || subscriber.deliver(graph, turn::isHeld);
    }
  }

  private final ReentrantLock delivering = new ReentrantLock();
  private final Set<GraphRef> failed = new LinkedHashSet<>();
  private boolean leftovers;
  private boolean isOver;

  /**
   * @param process names this process, and no other
   * @param follower is told of every commit, before {@link #signal} returns
   */
  Publishing(
      Storage storage,
      Clock clock,
      String process,
      Map<String, Subscriber.Factory> factories,
      Consumer<Commit> follower) {
    this(storage, clock, process, factories, follower, FIRST_PAUSE);
  }

  /**
   * @param firstPause before what failed is tried again; twice as long after each time it fails
   */
  Publishing(
      Storage storage,
      Clock clock,
      String process,
      Map<String, Subscriber.Factory> factories,
      Consumer<Commit> follower,
      Duration firstPause) {
    this.storage = storage;
    this.follower = follower;
    this.firstPause = firstPause;
    // Who may only read cannot note how far it has come.
    if (!storage.isReadOnly()) {
      factories.forEach(
          (name, factory) -> {
            var turn = new Turn(storage, name, process, clock);
            followings.put(name, new Following(factory.on(name, storage, clock), turn));
          });
    }
    this.leftovers = !followings.isEmpty();
    if (leftovers) {
      Thread.ofVirtual().name("knowledge-graph-publishing").start(this::run);
    }
    if (leftovers && storage.isShared()) {
      Thread.ofVirtual().name("knowledge-graph-leases").start(this::keepTurns);
    }
  }

  /** Says that a commit is durable. */
  void signal(Commit commit) {
    follower.accept(commit);
    if (followings.isEmpty()) {
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
    Duration pause = firstPause;
    boolean isDone;
    do {
      isDone = false;
      try {
        isDone = drain();
      } catch (RuntimeException e) {
        LOG.warn("publishing failed; it goes on after a while", e);
      }
      Duration twice = pause.multipliedBy(2);
      pause = isDone ? firstPause : twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    } while (awaitNews(isDone ? storage.isShared() ? LOOK_EVERY : null : pause));
  }

  /**
   * @param longest how long to wait for it; null for as long as it takes
   */
  private boolean awaitNews(@Nullable Duration longest) {
    lock.lock();
    try {
      long left = longest == null ? Long.MAX_VALUE : longest.toNanos();
      while (waiting.isEmpty() && !closed && left > 0) {
        left = news.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Renews leases also while a publisher takes its time. */
  private void keepTurns() {
    while (!awaitEnd(Turn.RENEWED_AFTER)) {
      followings.values().forEach(following -> following.turn.renew());
    }
  }

  private boolean awaitEnd(Duration longest) {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (!closed && left > 0) {
        left = end.awaitNanos(left);
      }
      return closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Does something while nothing is delivered. */
  <T> T undisturbed(Supplier<T> work) {
    delivering.lock();
    try {
      return work.get();
    } finally {
      delivering.unlock();
    }
  }

  /** The subscriber of this name. */
  Optional<Subscriber> subscriber(String name) {
    return Optional.ofNullable(followings.get(name)).map(Following::subscriber);
  }

  /**
   * Delivers all that waits, in this thread, to the subscribers whose turn is with this process.
   *
   * @return whether nothing is left for it
   */
  boolean drain() {
    delivering.lock();
    try {
      if (isOver) {
        // It waited for its turn while the store was closed.
        return true;
      }
      followings.values().forEach(following -> following.turn.take());
      if (leftovers) {
        deliverLeftovers();
        leftovers = storage.isShared();
      }
      failed.addAll(takeWaiting());
      List.copyOf(failed).forEach(this::deliver);
      return failed.isEmpty();
    } finally {
      delivering.unlock();
    }
  }

  private void deliverLeftovers() {
    GraphRef last = null;
    List<GraphRef> page;
    do {
      page = storage.logs(last, PAGE);
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
    for (Following following : followings.values()) {
      isDone &= following.deliver(graph);
    }
    if (isDone) {
      failed.remove(graph);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signal();
      end.signal();
    } finally {
      lock.unlock();
    }
    delivering.lock();
    try {
      drain();
    } finally {
      isOver = true;
      followings.values().forEach(following -> following.turn.release());
      delivering.unlock();
    }
  }
}
