package dev.knowledgegraph.functions;

/**
 * Sends texts through connections. It fails with a {@link
 * dev.knowledgegraph.error.KnowledgeGraphException} that says whether the same may go well later,
 * and with an {@link dev.knowledgegraph.error.UnavailableException} that is {@linkplain
 * dev.knowledgegraph.error.UnavailableException#isUntouched untouched} only if nothing was sent.
 * May be shared between threads.
 */
@FunctionalInterface
public interface MessageSender {
  /** What became of a text. Closed until the next major version. */
  enum Sending {
    /** The gateway took it. */
    SENT,
    /** There is no such connection any more. */
    GONE
  }

  /** Sends a text to one connection. */
  Sending send(Connection connection, String text);
}
