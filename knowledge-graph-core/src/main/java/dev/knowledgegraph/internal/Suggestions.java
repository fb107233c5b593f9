package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.query.Views.CategorySuggestion;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fits categories to a text: by the share of a category's words that the text has. */
final class Suggestions {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int SHORTEST_WORD = 3;

  private Suggestions() {}

  static List<CategorySuggestion> suggest(List<Category> categories, String text, int limit) {
    var found = words(text);
    return categories.stream()
        .flatMap(category -> suggest(category, found).stream())
        .sorted(
            Comparator.comparingDouble(CategorySuggestion::confidence)
                .reversed()
                .thenComparing(suggestion -> suggestion.category().title())
                .thenComparing(suggestion -> suggestion.category().id()))
        .limit(limit)
        .toList();
  }

  private static Optional<CategorySuggestion> suggest(Category category, Set<String> found) {
    var words = words(category.title() + " " + category.data().description());
    var shared = words.stream().filter(found::contains).toList();
    if (shared.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CategorySuggestion(
            category,
            (double) shared.size() / words.size(),
            shared.size()
                + " of "
                + words.size()
                + " words of the category are in the text: "
                + String.join(", ", shared)));
  }

  private static Set<String> words(String text) {
    return BETWEEN_WORDS
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> word.codePointCount(0, word.length()) >= SHORTEST_WORD)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
