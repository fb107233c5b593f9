package dev.knowledgegraph.error;

import org.jspecify.annotations.Nullable;

/**
 * The storage cannot be used: locked, full, read-only, gone. Nothing was changed, but for the code
 * STORE_OUTCOME_UNKNOWN: then nobody could find out whether the change is there. To send the same
 * command again without having it twice, give it an idempotency key.
 */
public final class StorageException extends KnowledgeGraphException {
  private static final long serialVersionUID = 1;
  private final boolean retryable;

  /**
   * @param code such as STORE_LOCKED, STORE_FULL, STORE_READ_ONLY, STORE_UNAVAILABLE,
   *     STORE_OUTCOME_UNKNOWN
   */
  public StorageException(
      String code, String message, boolean retryable, @Nullable Throwable cause) {
    super(code, ErrorCategory.UNAVAILABLE, message, cause);
    this.retryable = retryable;
  }

  @Override
  public boolean retryable() {
    return retryable;
  }
}
