package dev.knowledgegraph.model;

/** Who may read a graph. Only the owner may change it, whatever its visibility. */
public enum Visibility {
  /** The owner only. */
  PRIVATE,
  /** Everybody. */
  PUBLIC_READ;

  /** The lower-case name used in files and on the wire. */
  public String code() {
    return Enums.code(this);
  }

  /**
   * Reads {@link #code}, whatever its case.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Visibility parse(String text) {
    return Enums.parse(Visibility.class, "visibility", text);
  }
}
