package dev.knowledgegraph.query;

/**
 * What counts how much; each is finite and 0 or more, and 0 leaves a part out of the ranking.
 *
 * @param text the ranking by text, in the fusion; likewise {@code vector}
 * @param title as how many a word in the title counts; likewise the other fields
 */
public record SearchWeights(
    double text,
    double vector,
    double title,
    double body,
    double tags,
    double labels,
    double properties) {
  private static final SearchWeights STANDARD = new SearchWeights(1, 1, 3, 1, 1, 1, 1);

  /**
   * Text and vector alike; a word in a title as if it stood three times in a body, elsewhere as
   * there. Lesser and greater weights of the title do worse on texts that people have judged
   * (Cranfield, XQuAD).
   */
  public static SearchWeights standard() {
    return STANDARD;
  }

  /** The same fields, fused with other weights. */
  public SearchWeights withFusion(double newText, double newVector) {
    return new SearchWeights(newText, newVector, title, body, tags, labels, properties);
  }
}
