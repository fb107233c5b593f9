package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Sends many requests of one call at the same time. May be shared between threads. */
final class Parallel implements AutoCloseable {
  private final ExecutorService threads;

  Parallel(int threads) {
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("kg-dynamodb-", 0).factory());
  }

  /** What {@code work} makes of each, in order. It must not come back here: it has a thread. */
  <A, B> List<B> map(Collection<A> all, Function<A, B> work) {
    if (all.size() == 1) {
      return List.of(work.apply(all.iterator().next()));
    }
    var futures = new ArrayList<Future<B>>(all.size());
    try {
      for (A each : all) {
        futures.add(threads.submit(() -> work.apply(each)));
      }
      var results = new ArrayList<B>(all.size());
      for (Future<B> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the storage is closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("STORE_UNAVAILABLE", "interrupted", true, e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      futures.forEach(future -> future.cancel(false));
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
