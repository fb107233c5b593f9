package dev.knowledgegraph.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that somebody may have meant. */
final class Closest {
  private static final int MOST = 3;

  private Closest() {}

  /** Such as {@code Close: "Graph View".}, or nothing. */
  static String hint(String word, Collection<String> names) {
    List<String> close = of(word, names);
    return close.isEmpty()
        ? ""
        : " Close: " + String.join(", ", close.stream().map(n -> '"' + n + '"').toList()) + ".";
  }

  /** The nearest names, at most a third of the word away. */
  static List<String> of(String word, Collection<String> names) {
    record Candidate(String name, int distance) {}
    String folded = word.toLowerCase(Locale.ROOT);
    int limit = Math.max(2, word.length() / 3);
    return names.stream()
        .filter(name -> !name.isBlank())
        .distinct()
        .map(name -> new Candidate(name, distance(folded, name.toLowerCase(Locale.ROOT))))
        .filter(candidate -> candidate.distance() <= limit)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  /** How many letters must be added, removed, replaced or swapped with the next one. */
  private static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, steps[i - 2][j - 2] + 1);
        }
        steps[i][j] = best;
      }
    }
    return steps[a.length()][b.length()];
  }
}
