package dev.knowledgegraph.linking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How alike two nodes are, from 0 to 1, and why. Symmetric; two nodes that say the same have 1.
 *
 * <pre>
 * keyword   = cosine of the weights of terms and tags       (nothing to go by: 0)
 * score     = 0.1 × max(0, cosine) + 0.9 × keyword          if both have a vector, else keyword
 * </pre>
 *
 * <p>A score is given to a millionth, so that rounding in vectors is not taken for a difference.
 *
 * @param score what the nodes are ranked by
 * @param reason in words
 */
public record Similarity(double score, String reason) {
  private static final double VECTORS = 0.1;
  private static final double KEYWORDS = 0.9;
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
    double lengths = Math.sqrt(product(a, a) * product(b, b));
    return lengths == 0 ? 0 : Math.min(1, product(a, b) / lengths);
  }

  private static double product(Profile a, Profile b) {
    return product(a.terms(), b.terms()) + product(a.tags(), b.tags());
  }

  /** Added up in the same order whichever side is first. */
  private static double product(Map<String, Double> a, Map<String, Double> b) {
    Map<String, Double> smaller = a.size() <= b.size() ? a : b;
    Map<String, Double> larger = a.size() <= b.size() ? b : a;
    return smaller.entrySet().stream()
        .mapToDouble(each -> each.getValue() * larger.getOrDefault(each.getKey(), 0.0))
        .filter(product -> product > 0)
        .sorted()
        .sum();
  }

  private static String reason(Profile a, Profile b, @Nullable Double cosine) {
    var parts = new ArrayList<String>();
    shared("both say ", a.terms().keySet(), b.terms().keySet(), parts);
    shared("both tagged ", a.tags().keySet(), b.tags().keySet(), parts);
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
