package dev.knowledgegraph.model;

/** How an element or a statement about it came to be. */
public enum Origin {
  MANUAL,
  AUTOMATIC,
  IMPORT;

  /** The lower-case name used in files and on the wire. */
  public String code() {
    return Enums.code(this);
  }

  /**
   * Reads {@link #code}, whatever its case.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Origin parse(String text) {
    return Enums.parse(Origin.class, "origin", text);
  }
}
