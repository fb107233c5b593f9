package dev.knowledgegraph.cli;

/** The exit codes scripts may rely on; those of failures are in {@code ErrorCategory}. */
final class ExitCode {
  static final int DONE = 0;
  static final int UNEXPECTED = 1;
  static final int USAGE = 2;
  static final int NOT_FOUND = 3;
  static final int INVALID = 4;
  static final int IN_PART = 6;
  static final int UNAVAILABLE = 7;
  static final int INTEGRITY = 8;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
