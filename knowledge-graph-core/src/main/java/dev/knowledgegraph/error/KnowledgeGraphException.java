package dev.knowledgegraph.error;

import org.jspecify.annotations.Nullable;

/** All that can fail, split by what a caller can do. Messages never hold stored values. */
public abstract sealed class KnowledgeGraphException extends RuntimeException
    permits RejectedException,
        ConflictException,
        StaleReadException,
        StorageException,
        UnavailableException,
        UndeliverableException,
        UnsupportedCapabilityException,
        IntegrityException,
        UnexpectedException {
  private static final long serialVersionUID = 1;
  private final String code;
  private final ErrorCategory category;

  KnowledgeGraphException(
      String code, ErrorCategory category, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.category = category;
  }

  /** Stable, for programs. */
  public String code() {
    return code;
  }

  public ErrorCategory category() {
    return category;
  }

  /** Whether the same call may go well later without any change. */
  public boolean retryable() {
    return false;
  }
}
