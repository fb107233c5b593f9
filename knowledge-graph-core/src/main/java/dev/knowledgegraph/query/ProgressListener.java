package dev.knowledgegraph.query;

/**
 * Hears from time to time how far an answer that takes long has come: that of an analysis. It is
 * called in the thread that asked, and may stop the work: what it throws comes out of the question,
 * and nothing of it goes on. Whoever interrupts that thread stops the work, too.
 */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing and stops nothing. */
  ProgressListener NONE = (step, done, total) -> {};

  /**
   * Said from time to time.
   *
   * @param step what goes on, such as {@code communities}; an answer may take several steps
   * @param done of {@code total} parts of the step, whose size is its own; it never goes down
   */
  void at(String step, long done, long total);
}
