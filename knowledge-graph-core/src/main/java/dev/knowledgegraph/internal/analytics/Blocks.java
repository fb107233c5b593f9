package dev.knowledgegraph.internal.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does work that is cut into numbered blocks, in the calling thread and as many others as the
 * parallelism says. Where the cuts are does not depend on the parallelism; so neither does a result
 * that each block writes to places of its own, or that {@link #inOrder} combines.
 *
 * <p>Closing ends the other threads. Not to be shared between threads.
 */
final class Blocks implements AutoCloseable {
  /** Work on one block, with arrays that no other thread uses at the same time. */
  @FunctionalInterface
  interface Work<S> {
    void on(int block, S scratch);
  }

  private final int parallelism;
  private final @Nullable ExecutorService others;

  Blocks(int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("expected a parallelism of 1 or more: " + parallelism);
    }
    this.parallelism = parallelism;
    this.others =
        parallelism == 1
            ? null
            : Executors.newFixedThreadPool(
                parallelism - 1, Thread.ofPlatform().daemon().name("analytics-", 0).factory());
  }

  /** How many blocks of a size there are in so many things. */
  static int count(int things, int size) {
    return Math.ceilDiv(things, size);
  }

  /** Does all blocks, in any order. */
  void each(int count, IntConsumer work, Progress progress) {
    each(count, () -> work, (block, same) -> same.accept(block), progress);
  }

  /**
   * Does all blocks, in any order.
   *
   * @return the scratch of each thread, as it was left
   */
  <S> List<S> each(int count, Supplier<S> scratch, Work<S> work, Progress progress) {
    return run(new Run<>(count, scratch, work, null), progress);
  }

  /**
   * Does all blocks, and combines one after another in the order of their numbers: while {@code
   * combine} is called for a block, it has been for all before, and no other thread combines.
   */
  <S> void inOrder(
      int count, Supplier<S> scratch, Work<S> work, Work<S> combine, Progress progress) {
    run(new Run<>(count, scratch, work, combine), progress);
  }

  private <S> List<S> run(Run<S> run, Progress progress) {
    List<CompletableFuture<Void>> helping = new ArrayList<>();
    if (others != null) {
      for (int i = 1; i < Math.min(parallelism, run.count); i++) {
        helping.add(CompletableFuture.runAsync(() -> run.work(Progress.NONE), others));
      }
    }
    try {
      run.work(progress);
    } finally {
      // Even if this thread failed: nothing may go on running.
      CompletableFuture.allOf(helping.toArray(CompletableFuture[]::new)).join();
    }
    if (!helping.isEmpty()) {
      // The others may have done all of it before this thread came to its first block.
      progress.at(run.count, run.count);
    }
    return run.scratches;
  }

  @Override
  public void close() {
    if (others != null) {
      others.shutdown();
    }
  }

  /** One pass over all blocks. A thread that fails stops the others before their next block. */
  private static final class Run<S> {
    private final int count;
    private final Supplier<S> scratch;
    private final Work<S> work;
    private final @Nullable Work<S> combine;
    private final AtomicInteger next = new AtomicInteger();
    private final List<S> scratches = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int done;
    private boolean stopped;

    Run(int count, Supplier<S> scratch, Work<S> work, @Nullable Work<S> combine) {
      this.count = count;
      this.scratch = scratch;
      this.work = work;
      this.combine = combine;
    }

    void work(Progress progress) {
      boolean finished = false;
      try {
        S own = begin();
        for (int block = next.getAndIncrement(); block < count; block = next.getAndIncrement()) {
          work.on(block, own);
          progress.at(finish(block, own), count);
        }
        finished = true;
      } finally {
        if (!finished) {
          stop();
        }
      }
    }

    private S begin() {
      S own = scratch.get();
      lock.lock();
      try {
        scratches.add(own);
      } finally {
        lock.unlock();
      }
      return own;
    }

    private void stop() {
      lock.lock();
      try {
        next.set(count);
        stopped = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Blocks are begun in ascending order, so whoever has the lowest never waits here. */
    private int finish(int block, S own) {
      lock.lock();
      try {
        if (combine != null) {
          awaitTurn(block);
        }
        if (combine != null && !stopped) {
          combine.on(block, own);
        }
        changed.signalAll();
        return ++done;
      } finally {
        lock.unlock();
      }
    }

    private void awaitTurn(int block) {
      while (done < block && !stopped) {
        changed.awaitUninterruptibly();
      }
    }
  }
}
