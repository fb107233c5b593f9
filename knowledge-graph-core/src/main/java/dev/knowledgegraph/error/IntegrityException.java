package dev.knowledgegraph.error;

import org.jspecify.annotations.Nullable;

/** Stored data is damaged, unknown, or from a newer version of the library. */
public final class IntegrityException extends KnowledgeGraphException {
  private static final long serialVersionUID = 1;

  /**
   * @param code such as STORE_DAMAGED, STORE_NEWER, EVENT_UNKNOWN, EVENT_DAMAGED
   */
  public IntegrityException(String code, String message, @Nullable Throwable cause) {
    super(code, ErrorCategory.INTEGRITY, message, cause);
  }
}
