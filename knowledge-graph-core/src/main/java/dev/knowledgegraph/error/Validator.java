package dev.knowledgegraph.error;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects everything wrong with an input at once. For one thread. */
public final class Validator {
  /** Starts without errors. */
  public Validator() {}

  private final List<FieldError> errors = new ArrayList<>();

  /**
   * Makes a value, noting why it could not be made.
   *
   * @return the value, or null if {@code make} threw an {@link IllegalArgumentException}
   */
  public <T> @Nullable T check(String path, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      add(path, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Notes an error unless {@code holds}. */
  public void require(boolean holds, String path, String expected, Object found) {
    if (!holds) {
      add(path, "expected " + expected + ", found " + found);
    }
  }

  public void add(String path, String message) {
    errors.add(new FieldError(path, message));
  }

  public List<FieldError> errors() {
    return List.copyOf(errors);
  }
}
