package dev.knowledgegraph.query;

/**
 * What counts how much; each is finite and 0 or more, and 0 leaves a part out of the ranking.
 *
 * @param text the ranking by text, in the fusion; likewise {@code vector}
 * @param title a word in the title, against one in the body; likewise the other fields
 */
public record SearchWeights(
    double text,
    double vector,
    double title,
    double body,
    double tags,
    double labels,
    double properties) {
  private static final SearchWeights STANDARD = new SearchWeights(1, 1, 1.25, 1, 0.5, 0.5, 0.5);

  /**
   * Text and vector alike, a title a little more than a body, the rest half. A short field says
   * much with one word, so that BM25 by itself puts a title first; a greater weight does worse on
   * texts that people have judged (Cranfield).
   */
  public static SearchWeights standard() {
    return STANDARD;
  }

  /** The same fields, fused with other weights. */
  public SearchWeights withFusion(double newText, double newVector) {
    return new SearchWeights(newText, newVector, title, body, tags, labels, properties);
  }
}
