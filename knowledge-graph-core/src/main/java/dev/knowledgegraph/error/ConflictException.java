package dev.knowledgegraph.error;

/** Another writer was faster, again and again; nothing was changed. */
public final class ConflictException extends KnowledgeGraphException {
  private static final long serialVersionUID = 1;

  public ConflictException(String message) {
    super("CONFLICT", ErrorCategory.CONFLICT, message, null);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
