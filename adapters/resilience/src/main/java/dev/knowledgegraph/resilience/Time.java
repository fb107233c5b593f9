package dev.knowledgegraph.resilience;

import java.time.Duration;

/**
 * How time passes between tries and while a breaker rests. A test brings one that it moves. May be
 * shared between threads.
 */
public interface Time {
  /** The machine's. */
  Time SYSTEM =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  /** Nanoseconds since some moment; never less than before. */
  long nanos();

  /**
   * Returns after a while.
   *
   * @throws InterruptedException if the thread was interrupted before or meanwhile
   */
  void sleep(Duration duration) throws InterruptedException;
}
