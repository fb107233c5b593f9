package dev.knowledgegraph.internal;

import dev.knowledgegraph.spi.GraphHead;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Has one thread find an answer while others that want the same wait for it. */
final class Flights {
  private final ConcurrentMap<Key, CompletableFuture<Object>> flying = new ConcurrentHashMap<>();

  /** A question and the head it was asked at. */
  record Key(String question, GraphHead head) {}

  /**
   * The answer, or what was thrown instead. If the thread that looks is told to stop, another takes
   * its place.
   *
   * @throws CancellationException if this thread is interrupted while it waits
   */
  Object join(Key key, Supplier<Object> look) {
    while (true) {
      var mine = new CompletableFuture<Object>();
      var theirs = flying.putIfAbsent(key, mine);
      if (theirs == null) {
        return lead(key, mine, look);
      }
      try {
        return theirs.get();
      } catch (CancellationException e) {
        // Its asker gave up, this one did not.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw cancelled(e);
      } catch (ExecutionException e) {
        throw thrown(e);
      }
    }
  }

  private Object lead(Key key, CompletableFuture<Object> mine, Supplier<Object> look) {
    Object answer;
    try {
      answer = look.get();
    } catch (RuntimeException | Error e) {
      flying.remove(key);
      mine.completeExceptionally(e);
      throw e;
    }
    flying.remove(key);
    mine.complete(answer);
    return answer;
  }

  private static CancellationException cancelled(InterruptedException cause) {
    var cancelled = new CancellationException("interrupted while another asks the same");
    cancelled.initCause(cause);
    return cancelled;
  }

  private static RuntimeException thrown(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException thrown -> thrown;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("only unchecked ones are thrown", e);
    };
  }
}
