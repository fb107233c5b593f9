package dev.knowledgegraph.model;

/** How nodes are arranged when a graph is drawn. */
public enum Layout {
  FORCE,
  CIRCULAR,
  HIERARCHICAL,
  GRID,
  MANUAL;

  /** The lower-case name used in files and on the wire. */
  public String code() {
    return Enums.code(this);
  }

  /**
   * Reads {@link #code}, whatever its case.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Layout parse(String text) {
    return Enums.parse(Layout.class, "layout", text);
  }
}
