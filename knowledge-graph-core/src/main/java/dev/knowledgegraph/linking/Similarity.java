package dev.knowledgegraph.linking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How alike two nodes are, from 0 to 1, and why. Symmetric; two nodes that say the same have 1.
 *
 * <pre>
 * parts     = 0.7 × jaccard(terms)   if either side has terms
 *             0.3 × jaccard(tags)    if either side has tags
 * keyword   = sum of the parts ÷ sum of their weights     (no part: 0)
 * score     = 0.6 × max(0, cosine) + 0.4 × keyword        if both have a vector, else keyword
 * </pre>
 *
 * <p>A score is given to a millionth, so that rounding in vectors is not taken for a difference.
 *
 * @param score what the nodes are ranked by
 * @param reason in words
 */
public record Similarity(double score, String reason) {
  private static final double TERMS = 0.7;
  private static final double TAGS = 0.3;
  private static final double VECTORS = 0.6;
  private static final double KEYWORDS = 0.4;
  private static final double MILLION = 1e6;

  private static final int NAMED = 8;
  private static final int LONGEST_REASON = 500;

  /**
   * Compares two nodes.
   *
   * @param cosine of their vectors; null if either has none
   */
  public static Similarity of(Profile a, Profile b, @Nullable Double cosine) {
    double score =
        cosine == null ? keyword(a, b) : VECTORS * Math.max(0, cosine) + KEYWORDS * keyword(a, b);
    return new Similarity(
        Math.clamp(Math.rint(score * MILLION) / MILLION, 0, 1), reason(a, b, cosine));
  }

  /** How alike they are by their words and tags alone. */
  public static double keyword(Profile a, Profile b) {
    double parts = 0;
    double weights = 0;
    if (!a.terms().isEmpty() || !b.terms().isEmpty()) {
      parts += TERMS * jaccard(a.terms(), b.terms());
      weights += TERMS;
    }
    if (!a.tags().isEmpty() || !b.tags().isEmpty()) {
      parts += TAGS * jaccard(a.tags(), b.tags());
      weights += TAGS;
    }
    return weights == 0 ? 0 : parts / weights;
  }

  /** The part of all that both have (Jaccard 1912); 0 of nothing. */
  public static double jaccard(Set<String> a, Set<String> b) {
    Set<String> smaller = a.size() <= b.size() ? a : b;
    Set<String> larger = a.size() <= b.size() ? b : a;
    long both = smaller.stream().filter(larger::contains).count();
    long either = a.size() + b.size() - both;
    return either == 0 ? 0 : (double) both / either;
  }

  private static String reason(Profile a, Profile b, @Nullable Double cosine) {
    var parts = new ArrayList<String>();
    shared("both say ", a.terms(), b.terms(), parts);
    shared("both tagged ", a.tags(), b.tags(), parts);
    if (cosine != null) {
      parts.add(String.format(Locale.ROOT, "cosine %.2f", cosine));
    }
    String reason = String.join("; ", parts);
    int end = Math.min(reason.length(), LONGEST_REASON);
    return end == reason.length()
        ? reason
        : reason.substring(0, Character.isLowSurrogate(reason.charAt(end)) ? end - 1 : end) + "…";
  }

  private static void shared(String what, Set<String> a, Set<String> b, List<String> parts) {
    List<String> shared = a.stream().filter(b::contains).toList();
    if (!shared.isEmpty()) {
      int more = shared.size() - NAMED;
      parts.add(
          what
              + String.join(", ", shared.subList(0, Math.min(NAMED, shared.size())))
              + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}
