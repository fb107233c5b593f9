package dev.knowledgegraph.resilience;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.error.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What a service may throw. */
final class Errors {
  private Errors() {}

  static StorageException now() {
    return new StorageException("STORE_UNAVAILABLE", "not now", true, null);
  }

  static UnavailableException notReached() {
    return UnavailableException.notAsked("STORE_UNREACHABLE", "no connection", null);
  }

  /** What another try may change. */
  static List<KnowledgeGraphException> trouble() {
    return List.of(
        now(), notReached(), UnavailableException.notAnswered("LOST", "no answer", null));
  }

  /** What no other try of the same call changes. */
  static List<RuntimeException> answers() {
    return List.of(
        new StorageException("STORE_READ_ONLY", "never", false, null),
        new ConflictException("somebody else was first"),
        new IntegrityException("EVENT_DAMAGED", "damaged", null),
        new RejectedException(new Rejection.NotFound("node", "1")),
        new IllegalStateException("closed"),
        new IllegalArgumentException("misuse"));
  }

  /** What nobody foresaw. */
  static List<RuntimeException> defects() {
    return List.of(
        new UncheckedIOException(new IOException("broken pipe")), new ArithmeticException());
  }
}
