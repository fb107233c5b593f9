package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.search.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The plain way to find texts like a text: vectors of words, each weighted by (1 + ln of how often
 * it stands there) × ln(texts ÷ texts that have it), compared by the cosine (Salton).
 */
final class TfIdf {
  private final List<Map<String, Double>> vectors = new ArrayList<>();
  private final Map<String, List<Integer>> holders = new HashMap<>();

  TfIdf(List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      var counts = new HashMap<String, Double>();
      Words.of(texts.get(i)).forEach(word -> counts.merge(word.term(), 1.0, Double::sum));
      vectors.add(counts);
      for (String word : counts.keySet()) {
        holders.computeIfAbsent(word, w -> new ArrayList<>()).add(i);
      }
    }
    for (Map<String, Double> vector : vectors) {
      vector.replaceAll(
          (word, count) ->
              (1 + Math.log(count)) * Math.log((double) texts.size() / holders(word).size()));
      double length = Math.sqrt(vector.values().stream().mapToDouble(x -> x * x).sum());
      vector.replaceAll((word, weight) -> length == 0 ? 0 : weight / length);
    }
  }

  private List<Integer> holders(String word) {
    return holders.getOrDefault(word, List.of());
  }

  /** The texts most like one, by their numbers, without itself. */
  List<Integer> like(int text, int most) {
    double[] scores = new double[vectors.size()];
    vectors
        .get(text)
        .forEach(
            (word, weight) -> {
              for (int other : holders(word)) {
                scores[other] += weight * vectors.get(other).getOrDefault(word, 0.0);
              }
            });
    return IntStream.range(0, scores.length)
        .filter(other -> other != text && scores[other] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer other) -> -scores[other]))
        .limit(most)
        .toList();
  }
}
