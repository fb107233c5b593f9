package dev.knowledgegraph.query;

import java.time.Instant;

/** The moment an answer is about. Closed until the next major version. */
public sealed interface Moment {
  /** The latest. */
  record Now() implements Moment {}

  /** Just after a commit of the graph. */
  record AtSequence(long sequence) implements Moment {}

  /** Just after the last commit that is not later than this. */
  record AtTime(Instant time) implements Moment {}

  static Moment now() {
    return new Now();
  }
}
