package dev.knowledgegraph.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Does work on parts of a list at the same time. */
final class InParallel {
  private InParallel() {}

  /** A work on the elements from one place to before another. */
  @FunctionalInterface
  interface Part<R> {
    List<R> of(int from, int to) throws IOException;
  }

  /**
   * What the parts give, in order. Ends when all parts have ended; an interrupt waits until then.
   *
   * @throws IOException what the first part in order threw that failed; likewise what is unchecked
   */
  static <R> List<R> each(int size, int partSize, Part<R> work) throws IOException {
    if (size <= partSize) {
      return size == 0 ? List.of() : work.of(0, size);
    }
    int threads = Math.min((size - 1) / partSize + 1, Runtime.getRuntime().availableProcessors());
    var parts = new ArrayList<Future<List<R>>>();
    try (var executor = Executors.newFixedThreadPool(threads)) {
      for (int from = 0; from < size; from += partSize) {
        int begin = from;
        int end = Math.min(from + partSize, size);
        parts.add(executor.submit(() -> work.of(begin, end)));
      }
      return joined(parts);
    }
  }

  private static <R> List<R> joined(List<Future<List<R>>> parts) throws IOException {
    var all = new ArrayList<R>();
    Throwable failure = null;
    for (Future<List<R>> part : parts) {
      try {
        all.addAll(get(part));
      } catch (ExecutionException e) {
        failure = failure == null ? e.getCause() : failure;
      }
    }
    rethrow(failure);
    return all;
  }

  private static <R> R get(Future<R> part) throws ExecutionException {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return part.get();
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException {
    switch (failure) {
      case null -> {}
      case IOException known -> throw known;
      case RuntimeException known -> throw known;
      case Error known -> throw known;
      default -> throw new IllegalStateException(failure);
    }
  }
}
