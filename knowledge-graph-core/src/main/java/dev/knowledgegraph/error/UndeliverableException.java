package dev.knowledgegraph.error;

import org.jspecify.annotations.Nullable;

/** What receives events will never take this one, however often it is asked. */
public final class UndeliverableException extends KnowledgeGraphException {
  private static final long serialVersionUID = 1;

  /**
   * @param code kept with the dead letter: capital letters, digits and underscores, up to 64, such
   *     as REFUSED_410
   */
  public UndeliverableException(String code, String message, @Nullable Throwable cause) {
    super(code, ErrorCategory.INVALID, message, cause);
  }
}
