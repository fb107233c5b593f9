package dev.knowledgegraph.model;

/**
 * Where a node is in its life: draft, then published, then archived. An archived node refuses every
 * change except restore.
 */
public enum NodeStatus {
  DRAFT,
  PUBLISHED,
  ARCHIVED;

  /** The lower-case name used in files and on the wire. */
  public String code() {
    return Enums.code(this);
  }

  /**
   * Reads {@link #code}, whatever its case.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static NodeStatus parse(String text) {
    return Enums.parse(NodeStatus.class, "status", text);
  }
}
