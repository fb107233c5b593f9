package dev.knowledgegraph.query;

import java.time.Duration;

/**
 * How much a search must have seen of the log. Tables are always up to date; the search index
 * follows them. Closed until the next major version.
 */
public sealed interface Consistency {
  /** The longest anybody waits unless told otherwise. */
  Duration PATIENCE = Duration.ofSeconds(30);

  /** All that was committed when the question was asked. */
  record Latest(Duration timeout) implements Consistency {}

  /**
   * All up to a commit of the graph of the query, such as one of the caller's own; and of other
   * graphs that are searched, all that was committed when the question was asked.
   */
  record AtLeast(long sequence, Duration timeout) implements Consistency {}

  /** What the index has: nobody waits, and the latest commits may be missing. */
  record Eventual() implements Consistency {}

  /** All that was committed, or a failure after {@link #PATIENCE}. */
  static Consistency latest() {
    return new Latest(PATIENCE);
  }
}
