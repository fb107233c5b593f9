package dev.knowledgegraph.model;

/**
 * Tells parallel edges apart: two edges of one type between the same ends need different
 * discriminators. 0 to 200 characters; {@link #none()} for the usual, single edge.
 */
public record Discriminator(String value) implements Comparable<Discriminator> {
  /** The longest discriminator, in code points. */
  public static final int MAX_LENGTH = 200;

  private static final Discriminator NONE = new Discriminator("");

  public Discriminator {
    Texts.bounded("discriminator", value, 0, MAX_LENGTH);
  }

  /** The empty discriminator. */
  public static Discriminator none() {
    return NONE;
  }

  /** Wraps a text. */
  public static Discriminator of(String value) {
    return value.isEmpty() ? NONE : new Discriminator(value);
  }

  public boolean isNone() {
    return value.isEmpty();
  }

  @Override
  public int compareTo(Discriminator other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
