package dev.knowledgegraph.error;

/** A command or query was refused, for callers who prefer an exception to the value. */
public final class RejectedException extends KnowledgeGraphException {
  private static final long serialVersionUID = 1;
  private final transient Rejection rejection;

  public RejectedException(Rejection rejection) {
    super(rejection.code(), rejection.category(), rejection.message(), null);
    this.rejection = rejection;
  }

  public Rejection rejection() {
    return rejection;
  }
}
