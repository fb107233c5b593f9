package dev.knowledgegraph.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something outside of this process was not asked, or gave no answer: it is left alone for a while,
 * has too much to do, is not reached, or was too slow. The same call may go well later.
 */
public final class UnavailableException extends KnowledgeGraphException {
  private static final long serialVersionUID = 1;
  private final boolean untouched;
  private final @Nullable Duration retryAfter;

  private UnavailableException(
      String code,
      String message,
      boolean untouched,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(code, ErrorCategory.UNAVAILABLE, message, cause);
    this.untouched = untouched;
    this.retryAfter = retryAfter;
  }

  /**
   * Nothing was sent: whatever was to be done has not been done.
   *
   * @param code such as CIRCUIT_OPEN, BULKHEAD_FULL
   */
  public static UnavailableException notAsked(
      String code, String message, @Nullable Throwable cause) {
    return new UnavailableException(code, message, true, null, cause);
  }

  /**
   * Something may have been sent: nobody knows whether it was done.
   *
   * @param code such as TIMED_OUT
   */
  public static UnavailableException notAnswered(
      String code, String message, @Nullable Throwable cause) {
    return new UnavailableException(code, message, false, null, cause);
  }

  /**
   * It answered that it would not now.
   *
   * @param retryAfter how long it wants to be left alone; null if it did not say
   */
  public static UnavailableException refusedForNow(
      String code, String message, @Nullable Duration retryAfter) {
    return new UnavailableException(code, message, false, retryAfter, null);
  }

  /** How long it wants to be left alone, if it said so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
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
