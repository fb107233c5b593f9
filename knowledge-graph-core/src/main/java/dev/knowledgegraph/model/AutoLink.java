package dev.knowledgegraph.model;

import java.util.EnumSet;
import java.util.Set;

/** Whether nodes that are new or say something new are linked in the background, and how. */
public enum AutoLink {
  /** Nothing is linked unless somebody asks for it. */
  OFF,
  SIMILARITY,
  MENTION,
  /** Every method there is. */
  ALL;

  /** The methods by which links are found; none if it is off. */
  public Set<LinkMethod> methods() {
    return switch (this) {
      case OFF -> Set.of();
      case SIMILARITY -> Set.of(LinkMethod.SIMILARITY);
      case MENTION -> Set.of(LinkMethod.MENTION);
      case ALL -> EnumSet.allOf(LinkMethod.class);
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
  public static AutoLink parse(String text) {
    return Enums.parse(AutoLink.class, "auto-link", text);
  }
}
