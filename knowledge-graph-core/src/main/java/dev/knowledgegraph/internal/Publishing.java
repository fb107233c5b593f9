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
 * write, too, all logs are looked at whenever it is drained, and every few seconds.
 */
final class Publishing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);
  private static final int PAGE = 100;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Storage storage;
  private final Map<String, Subscriber> subscribers = new LinkedHashMap<>();
  private final Consumer<Commit> follower;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Duration firstPause;
  private final Set<GraphRef> waiting = new LinkedHashSet<>();
  private boolean closed;

  private final ReentrantLock delivering = new ReentrantLock();
  private final Set<GraphRef> failed = new LinkedHashSet<>();
  private boolean leftovers;

  /**
   * @param follower is told of every commit, before {@link #signal} returns
   */
  Publishing(
      Storage storage,
      Clock clock,
      Map<String, Subscriber.Factory> factories,
      Consumer<Commit> follower) {
    this(storage, clock, factories, follower, FIRST_PAUSE);
  }

  /**
   * @param firstPause before what failed is tried again; twice as long after each time it fails
   */
  Publishing(
      Storage storage,
      Clock clock,
      Map<String, Subscriber.Factory> factories,
      Consumer<Commit> follower,
      Duration firstPause) {
    this.storage = storage;
    this.follower = follower;
    this.firstPause = firstPause;
    // Who may only read cannot note how far it has come.
    if (!storage.isReadOnly()) {
      factories.forEach((name, factory) -> subscribers.put(name, factory.on(name, storage, clock)));
    }
    this.leftovers = !subscribers.isEmpty();
    if (leftovers) {
      Thread.ofVirtual().name("knowledge-graph-publishing").start(this::run);
    }
  }

  /** Says that a commit is durable. */
  void signal(Commit commit) {
    follower.accept(commit);
    if (subscribers.isEmpty()) {
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
    return Optional.ofNullable(subscribers.get(name));
  }

  /**
   * Delivers all that waits, in this thread.
   *
   * @return whether nothing is left
   */
  boolean drain() {
    delivering.lock();
    try {
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
    for (Subscriber subscriber : subscribers.values()) {
      isDone &= subscriber.deliver(graph);
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
    } finally {
      lock.unlock();
    }
    drain();
  }
}
