package dev.knowledgegraph.error;

/**
 * What a caller can do about an error, each with the exit code of {@code kg}. One table for command
 * line, HTTP and logs.
 */
public enum ErrorCategory {
  /** A defect or an unknown failure of the machine. */
  UNEXPECTED(1, 500),
  /** What was asked for is not there. */
  NOT_FOUND(3, 404),
  /** The caller may not do this. */
  FORBIDDEN(4, 403),
  /** A rule or a limit refuses it. */
  INVALID(4, 400),
  /** Somebody else was faster. */
  CONFLICT(5, 409),
  /** The storage cannot be used now. */
  UNAVAILABLE(7, 503),
  /** Stored data is damaged or from a newer version. */
  INTEGRITY(8, 500);

  private final int exitCode;
  private final int httpStatus;

  ErrorCategory(int exitCode, int httpStatus) {
    this.exitCode = exitCode;
    this.httpStatus = httpStatus;
  }

  public int exitCode() {
    return exitCode;
  }

  public int httpStatus() {
    return httpStatus;
  }
}
