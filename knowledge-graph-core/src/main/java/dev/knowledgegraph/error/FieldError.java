package dev.knowledgegraph.error;

import java.util.Objects;

/**
 * One thing wrong with one field. Never holds the value itself, only its size or kind.
 *
 * @param path where, such as {@code nodes[3].title}
 * @param message what was expected and what was found
 */
public record FieldError(String path, String message) {
  public FieldError {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
  }

  /** The same error below {@code parent}. */
  public FieldError below(String parent) {
    return new FieldError(path.isEmpty() ? parent : parent + "." + path, message);
  }

  @Override
  public String toString() {
    return path + ": " + message;
  }
}
