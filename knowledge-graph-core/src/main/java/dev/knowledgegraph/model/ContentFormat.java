package dev.knowledgegraph.model;

/** How a node's body is to be read. */
public enum ContentFormat {
  TEXT,
  MARKDOWN,
  HTML,
  JSON;

  /** The lower-case name used in files and on the wire. */
  public String code() {
    return Enums.code(this);
  }

  /**
   * Reads {@link #code}, whatever its case.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static ContentFormat parse(String text) {
    return Enums.parse(ContentFormat.class, "format", text);
  }
}
