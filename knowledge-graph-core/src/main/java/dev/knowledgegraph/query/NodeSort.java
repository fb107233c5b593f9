package dev.knowledgegraph.query;

/** The order of a list of nodes; ties by id. */
public record NodeSort(By by, boolean descending) {
  /** What to order by. */
  public enum By {
    CREATED,
    UPDATED,
    /** By code point. */
    TITLE,
    /** How many edges it has, both directions together. */
    DEGREE
  }

  /** Oldest first. */
  public static NodeSort created() {
    return new NodeSort(By.CREATED, false);
  }
}
