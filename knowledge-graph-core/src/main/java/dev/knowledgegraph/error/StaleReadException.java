package dev.knowledgegraph.error;

/**
 * A view has not come as far as was asked for, in the time it was given. Ask again, wait longer, or
 * accept an older answer.
 */
public final class StaleReadException extends KnowledgeGraphException {
  private static final long serialVersionUID = 1;
  private final long reached;
  private final long wanted;

  public StaleReadException(long reached, long wanted, String hint) {
    super(
        "STALE_READ",
        ErrorCategory.UNAVAILABLE,
        "the search index has come to commit "
            + reached
            + " of the graph, expected "
            + wanted
            + ", "
            + (wanted - reached)
            + " behind"
            + hint,
        null);
    this.reached = reached;
    this.wanted = wanted;
  }

  /** How many commits are missing. */
  public long lag() {
    return wanted - reached;
  }

  /** The commit up to which the view has come. */
  public long reached() {
    return reached;
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
