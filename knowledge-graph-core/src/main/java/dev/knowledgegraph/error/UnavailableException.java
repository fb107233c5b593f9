package dev.knowledgegraph.error;

import org.jspecify.annotations.Nullable;

/**
 * Something outside of this process was not asked, or gave no answer: it is left alone for a while,
 * has too much to do, is not reached, or was too slow. The same call may go well later.
 */
public final class UnavailableException extends KnowledgeGraphException {
  private static final long serialVersionUID = 1;
  private final boolean untouched;

  private UnavailableException(
      String code, String message, boolean untouched, @Nullable Throwable cause) {
    super(code, ErrorCategory.UNAVAILABLE, message, cause);
    this.untouched = untouched;
  }

  /**
   * Nothing was sent: whatever was to be done has not been done.
   *
   * @param code such as CIRCUIT_OPEN, BULKHEAD_FULL
   */
  public static UnavailableException notAsked(
      String code, String message, @Nullable Throwable cause) {
    return new UnavailableException(code, message, true, cause);
  }

  /**
   * Something may have been sent: nobody knows whether it was done.
   *
   * @param code such as TIMED_OUT
   */
  public static UnavailableException notAnswered(
      String code, String message, @Nullable Throwable cause) {
    return new UnavailableException(code, message, false, cause);
  }

  /** Whether it is certain that nothing was done. */
  public boolean isUntouched() {
    return untouched;
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
