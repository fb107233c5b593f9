package dev.knowledgegraph.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How good a ranking is, by what people judged. A document's gain is 0 or more; one that nobody
 * judged has 0.
 */
final class Quality {
  private Quality() {}

  /**
   * Normalized discounted cumulative gain: of the first {@code k}, the sum of gain / log2(place +
   * 1) by the best there could be. The gain is taken as it is, not as a power of two.
   */
  static double ndcg(List<String> ranking, Map<String, Integer> gains, int k) {
    var best = gains.values().stream().sorted(Comparator.reverseOrder()).toList();
    return discounted(ranking.stream().map(id -> gains.getOrDefault(id, 0)).toList(), k)
        / discounted(best, k);
  }

  /** The part of the relevant documents that is among the first {@code k}. */
  static double recall(List<String> ranking, Map<String, Integer> gains, int k) {
    long found = ranking.stream().limit(k).filter(id -> isRelevant(id, gains)).count();
    return (double) found / gains.values().stream().filter(gain -> gain > 0).count();
  }

  /** One by the place of the first relevant document; 0 if there is none. */
  static double reciprocalRank(List<String> ranking, Map<String, Integer> gains) {
    return IntStream.range(0, ranking.size())
        .filter(i -> isRelevant(ranking.get(i), gains))
        .mapToDouble(i -> 1.0 / (i + 1))
        .findFirst()
        .orElse(0);
  }

  /** Spearman's rank correlation; equal values share the mean of their ranks. */
  static double spearman(double[] a, double[] b) {
    return pearson(ranks(a), ranks(b));
  }

  /** Whether there is a judgement that any document is relevant: other queries are left out. */
  static boolean isJudged(Collection<Integer> gains) {
    return gains.stream().anyMatch(gain -> gain > 0);
  }

  private static boolean isRelevant(String id, Map<String, Integer> gains) {
    return gains.getOrDefault(id, 0) > 0;
  }

  private static double discounted(List<Integer> gains, int k) {
    return IntStream.range(0, Math.min(k, gains.size()))
        .mapToDouble(i -> gains.get(i) * Math.log(2) / Math.log(i + 2))
        .sum();
  }

  private static double[] ranks(double[] values) {
    var places =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .toList();
    double[] ranks = new double[values.length];
    for (int from = 0, to; from < places.size(); from = to) {
      to = from + 1;
      while (to < places.size() && values[places.get(to)] == values[places.get(from)]) {
        to++;
      }
      for (int place : places.subList(from, to)) {
        ranks[place] = (from + to - 1) / 2.0;
      }
    }
    return ranks;
  }

  private static double pearson(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double both = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - meanA) * (b[i] - meanB);
      squaresA += (a[i] - meanA) * (a[i] - meanA);
      squaresB += (b[i] - meanB) * (b[i] - meanB);
    }
    return both / Math.sqrt(squaresA * squaresB);
  }
}
