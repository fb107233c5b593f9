package dev.knowledgegraph.embeddings.http;

import java.time.Duration;
import java.util.Optional;

/** What came of one try. */
sealed interface Answer {
  /** The service answered, with what is still to be understood. */
  final class Body implements Answer {
    final byte[] json;

    Body(byte[] json) {
      this.json = json;
    }
  }

  /** The service answered more than is read. */
  record TooLong() implements Answer {}

  /** The service would not; perhaps it said when to come back. */
  record Refused(int status, Optional<Duration> retryAfter) implements Answer {}

  /** The service was not reached, or gave no answer in time. */
  record Failed(Exception cause) implements Answer {}

  /** Whether another try may go better. */
  default boolean isForNow() {
    return switch (this) {
      case Body body -> false;
      case TooLong tooLong -> false;
      case Refused refused -> refused.status == 429 || refused.status >= 500;
      case Failed failed -> true;
    };
  }

  /** For how long the service wants to be left alone, if it said so. */
  default Optional<Duration> wish() {
    return this instanceof Refused refused ? refused.retryAfter : Optional.empty();
  }
}
