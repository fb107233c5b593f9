package dev.knowledgegraph.spi;

import dev.knowledgegraph.error.KnowledgeGraphException;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event that was to be delivered. Closed until the next major version.
 *
 * <p>A code is up to 64 capital letters, digits and underscores, the first a letter, and holds
 * nothing that a user has put in; what is none becomes {@code UNEXPECTED}.
 */
public sealed interface Delivery {
  /** It need not come again. */
  record Delivered() implements Delivery {}

  /**
   * Not now: it comes again, and what follows it waits.
   *
   * @param code why: that of the exception, or {@link HeldStreams#WAITS}
   * @param cause for the log
   */
  record Failed(String code, @Nullable Throwable cause) implements Delivery {
    public Failed {
      code = Codes.clean(code);
    }
  }

  /**
   * Never: it becomes a dead letter.
   *
   * @param code why
   */
  record Refused(String code) implements Delivery {
    public Refused {
      code = Codes.clean(code);
    }
  }

  /** What an exception means that is not one of a refusal. */
  static Delivery failed(RuntimeException e) {
    return new Failed(e instanceof KnowledgeGraphException known ? known.code() : "", e);
  }
}
