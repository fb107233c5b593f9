package dev.knowledgegraph.model;

/** How edges are drawn. */
public enum EdgeStyle {
  STRAIGHT,
  CURVED,
  ORTHOGONAL;

  /** The lower-case name used in files and on the wire. */
  public String code() {
    return Enums.code(this);
  }

  /**
   * Reads {@link #code}, whatever its case.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static EdgeStyle parse(String text) {
    return Enums.parse(EdgeStyle.class, "edge style", text);
  }
}
