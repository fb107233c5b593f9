package dev.knowledgegraph.model;

/**
 * Which edges of a node count, by how they can be followed. A bidirectional edge can be followed
 * from either end, whichever is stored as its source: it counts in every direction. So does a self
 * loop.
 */
public enum Direction {
  /** Edges that lead away from the node: it is their source, or they are bidirectional. */
  OUTGOING,
  /** Edges that lead to the node: it is their target, or they are bidirectional. */
  INCOMING,
  /** All edges of the node. */
  BOTH;

  /** Whether an edge with such an end counts: its source if {@code isSource}, else its target. */
  public boolean counts(boolean isSource, boolean isDirected) {
    return this == BOTH || !isDirected || (this == OUTGOING) == isSource;
  }

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
