package dev.knowledgegraph.internal.analytics;

/**
 * Hears from time to time how far an algorithm has come, always in the thread that called it. The
 * only way to stop one: what this throws comes out of the call, and nothing goes on running.
 */
@FunctionalInterface
public interface Progress {
  /** Hears nothing and stops nothing. */
  Progress NONE = (done, total) -> {};

  /**
   * Said from time to time, with numbers that never go down.
   *
   * @param done of {@code total} steps, whose size is the algorithm's own
   */
  void at(long done, long total);
}
