package dev.knowledgegraph.model;

/** How strong an edge is, derived from its weight: strong from 0.7, medium from 0.3, weak below. */
public enum Strength {
  WEAK,
  MEDIUM,
  STRONG;

  /** The strength of an edge of this weight. */
  public static Strength of(double weight) {
    return weight >= 0.7 ? STRONG : weight >= 0.3 ? MEDIUM : WEAK;
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
  public static Strength parse(String text) {
    return Enums.parse(Strength.class, "strength", text);
  }
}
