package dev.knowledgegraph.cli;

import org.jspecify.annotations.Nullable;

/** A command that cannot go on, for a reason only the command line knows. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int exitCode;
  private final String code;

  private Failure(int exitCode, String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.code = code;
  }

  static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, "USAGE", message, null);
  }

  static Failure notFound(String kind, String message) {
    return new Failure(ExitCode.NOT_FOUND, kind + "_NOT_FOUND", message, null);
  }

  static Failure invalid(String message) {
    return new Failure(ExitCode.INVALID, "INVALID", message, null);
  }

  static Failure integrity(String code, String message) {
    return new Failure(ExitCode.INTEGRITY, code, message, null);
  }

  static Failure interrupted(String message) {
    return new Failure(ExitCode.INTERRUPTED, "INTERRUPTED", message, null);
  }

  static Failure file(String message, Throwable cause) {
    return new Failure(ExitCode.UNAVAILABLE, "FILE_UNAVAILABLE", message, cause);
  }

  int exitCode() {
    return exitCode;
  }

  String code() {
    return code;
  }
}
