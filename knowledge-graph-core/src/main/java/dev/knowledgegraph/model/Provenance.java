package dev.knowledgegraph.model;

import java.util.Objects;

/**
 * Why an edge is there.
 *
 * @param origin who made it
 * @param method the name of the method that found it, 0 to 100 characters, empty if a person did
 * @param confidence from 0 to 1
 * @param reason in words, 0 to 1,000 characters
 */
public record Provenance(Origin origin, String method, double confidence, String reason) {
  private static final Provenance MANUAL = new Provenance(Origin.MANUAL, "", 1, "");
  private static final Provenance IMPORT = new Provenance(Origin.IMPORT, "", 1, "");

  public Provenance {
    Objects.requireNonNull(origin, "origin");
    Texts.bounded("method", method, 0, 100);
    Texts.bounded("reason", reason, 0, 1_000);
    confidence = Texts.unit("confidence", confidence);
  }

  /** A person made it. */
  public static Provenance manual() {
    return MANUAL;
  }

  /** An import brought it. */
  public static Provenance imported() {
    return IMPORT;
  }
}
