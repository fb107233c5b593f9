package dev.knowledgegraph.model;

/**
 * Which edges of a node count: those it is the source of, those it is the target of, or both. A
 * bidirectional edge counts in every direction.
 */
public enum Direction {
  OUTGOING,
  INCOMING,
  BOTH;

  /** The same edges seen from their other end. */
  public Direction reversed() {
    return switch (this) {
      case OUTGOING -> INCOMING;
      case INCOMING -> OUTGOING;
      case BOTH -> BOTH;
    };
  }

  /** The lower-case name used in files and on the wire. */
  public String code() {
    return Enums.code(this);
  }

  /**
   * Reads {@link #code}, whatever its case.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Direction parse(String text) {
    return Enums.parse(Direction.class, "direction", text);
  }
}
