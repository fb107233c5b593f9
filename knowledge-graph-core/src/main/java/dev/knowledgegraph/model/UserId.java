package dev.knowledgegraph.model;

/**
 * Who asks: the caller of every command and query, and the owner of a graph.
 *
 * <p>1 to 128 characters, no control characters, not blank. There is no default user.
 */
public record UserId(String value) implements Comparable<UserId> {
  /** The longest user id, in code points. */
  public static final int MAX_LENGTH = 128;

  public UserId {
    Texts.name("user id", value, MAX_LENGTH);
  }

  /**
   * Wraps a text.
   *
   * @throws IllegalArgumentException if it is blank, too long or has control characters
   */
  public static UserId of(String value) {
    return new UserId(value);
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
