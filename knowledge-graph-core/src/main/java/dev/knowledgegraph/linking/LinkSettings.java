package dev.knowledgegraph.linking;

import dev.knowledgegraph.model.LinkMethod;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is linked. Immutable; each method that changes something returns a copy.
 *
 * @param methods how links are found
 * @param minScore the least similarity, 0 to 1; 0.3 unless said otherwise
 * @param maxPerNode how many links of a method a node gets, 1 to 1,000: of the most alike for
 *     SIMILARITY, of the names in its body for MENTION; 50 unless said otherwise
 * @param minConfidence the least confidence of a mention, 0 to 1; 0 unless said otherwise
 * @param shortestName the least length of a name in code points, 1 or more; 3 unless said otherwise
 */
public record LinkSettings(
    Set<LinkMethod> methods,
    double minScore,
    int maxPerNode,
    double minConfidence,
    int shortestName) {
  /** The most links of one method that a node may get. */
  public static final int MOST_PER_NODE = 1_000;

  private static final LinkSettings STANDARD =
      new LinkSettings(EnumSet.allOf(LinkMethod.class), 0.3, 50, 0, 3);

  public LinkSettings {
    methods = Set.copyOf(methods);
    if (methods.isEmpty()) {
      throw new IllegalArgumentException("methods: expected one or more, found none");
    }
    share("minScore", minScore);
    share("minConfidence", minConfidence);
    if (maxPerNode < 1 || maxPerNode > MOST_PER_NODE) {
      throw new IllegalArgumentException(
          "maxPerNode: expected 1 to " + MOST_PER_NODE + ", found " + maxPerNode);
    }
    if (shortestName < 1) {
      throw new IllegalArgumentException("shortestName: expected 1 or more, found " + shortestName);
    }
  }

  private static void share(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + ": expected 0 to 1, found " + value);
    }
  }

  /** Every method, a score of 0.3 or more, at most 50 for each node. */
  public static LinkSettings standard() {
    return STANDARD;
  }

  public LinkSettings withMethods(Set<LinkMethod> newMethods) {
    return new LinkSettings(newMethods, minScore, maxPerNode, minConfidence, shortestName);
  }

  public LinkSettings withMinScore(double newMinScore) {
    return new LinkSettings(methods, newMinScore, maxPerNode, minConfidence, shortestName);
  }

  public LinkSettings withMaxPerNode(int newMaxPerNode) {
    return new LinkSettings(methods, minScore, newMaxPerNode, minConfidence, shortestName);
  }

  public LinkSettings withMinConfidence(double newMinConfidence) {
    return new LinkSettings(methods, minScore, maxPerNode, newMinConfidence, shortestName);
  }

  public LinkSettings withShortestName(int newShortestName) {
    return new LinkSettings(methods, minScore, maxPerNode, minConfidence, newShortestName);
  }
}
