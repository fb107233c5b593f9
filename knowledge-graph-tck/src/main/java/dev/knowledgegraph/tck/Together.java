package dev.knowledgegraph.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Runs tasks in as many threads as there are, started at the same moment. */
public final class Together {
  private static final int PATIENCE_SECONDS = 120;

  private Together() {}

  /**
   * What {@code count} tasks return, in order.
   *
   * @throws AssertionError if one of them throws, or does not end in two minutes
   */
  public static <T> List<T> run(int count, IntFunction<Callable<T>> task) {
    var barrier = new CyclicBarrier(count);
    var futures = new ArrayList<Future<T>>();
    var threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().factory());
    try {
      for (int i = 0; i < count; i++) {
        var mine = task.apply(i);
        futures.add(
            threads.submit(
                () -> {
                  barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                  return mine.call();
                }));
      }
      var results = new ArrayList<T>();
      for (var future : futures) {
        results.add(result(future));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed", e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      future.cancel(true);
      throw new AssertionError("a thread did not end in time", e);
    }
  }
}
