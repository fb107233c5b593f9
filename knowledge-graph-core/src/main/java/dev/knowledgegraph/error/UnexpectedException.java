package dev.knowledgegraph.error;

import org.jspecify.annotations.Nullable;

/** A defect: a handler failed in a way nobody foresaw. Carries the correlation id of the log. */
public final class UnexpectedException extends KnowledgeGraphException {
  private static final long serialVersionUID = 1;
  private final String correlationId;

  public UnexpectedException(String correlationId, @Nullable Throwable cause) {
    super(
        "UNEXPECTED",
        ErrorCategory.UNEXPECTED,
        "unexpected failure; the log has it under correlation id " + correlationId,
        cause);
    this.correlationId = correlationId;
  }

  public String correlationId() {
    return correlationId;
  }
}
