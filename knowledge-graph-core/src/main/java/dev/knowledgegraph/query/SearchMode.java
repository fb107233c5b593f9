package dev.knowledgegraph.query;

/** How hits are found. Closed until the next major version. */
public enum SearchMode {
  /** By words: BM25 (Robertson and Zaragoza 2009) over title, body, tags, labels and properties. */
  TEXT,
  /** By vectors: the {@value SearchMode#NEAREST} nodes that lie nearest, by cosine. */
  VECTOR,
  /** Both, fused by reciprocal ranks (Cormack, Clarke and Büttcher 2009), k = 60. */
  HYBRID;

  /** How many of the nearest nodes match in the modes VECTOR and HYBRID. */
  public static final int NEAREST = 200;

  /**
   * How many of the best by text take part in the fusion, and can be listed, in the mode HYBRID.
   */
  public static final int FUSED = 1_000;
}
