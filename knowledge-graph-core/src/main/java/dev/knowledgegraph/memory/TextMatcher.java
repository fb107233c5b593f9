package dev.knowledgegraph.memory;

import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.SearchWeights;
import dev.knowledgegraph.search.NodeTexts;
import dev.knowledgegraph.search.SearchExpression;
import dev.knowledgegraph.search.SearchExpression.Clause;
import dev.knowledgegraph.search.SearchExpression.Compound;
import dev.knowledgegraph.search.SearchExpression.Everything;
import dev.knowledgegraph.search.SearchExpression.Fuzzy;
import dev.knowledgegraph.search.SearchExpression.Group;
import dev.knowledgegraph.search.SearchExpression.Occur;
import dev.knowledgegraph.search.SearchExpression.Phrase;
import dev.knowledgegraph.search.SearchExpression.Prefix;
import dev.knowledgegraph.search.Words;
import dev.knowledgegraph.search.Words.Word;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether a node is what an expression asks for, and how much: the sum, over all that matches, of
 * the weight of its field, less in longer texts. For one thread.
 */
final class TextMatcher {
  private static final String PROPERTIES = " properties";
  private static final double NO_MATCH = -1;

  private final Node node;
  private final SearchWeights weights;
  private final Map<String, List<List<String>>> words = new HashMap<>();

  TextMatcher(Node node, SearchWeights weights) {
    this.node = node;
    this.weights = weights;
  }

  /** Whether the node matches. */
  boolean matches(SearchExpression expression) {
    return evaluate(expression) > NO_MATCH;
  }

  /** How well it matches, 0 or more; only if it does. */
  double score(SearchExpression expression) {
    return Math.max(0, evaluate(expression));
  }

  private double evaluate(SearchExpression expression) {
    return switch (expression) {
      case Everything e -> 0;
      case Group group -> evaluate(group);
      case Phrase phrase -> {
        List<String> terms = Words.ofQuery(phrase.text());
        yield Words.isBeginning(terms)
            ? inFields(phrase.field(), text -> beginning(text, terms))
            : inFields(phrase.field(), text -> occurrences(text, terms));
      }
      case Compound compound -> evaluate(compound);
      case Prefix prefix -> {
        List<String> terms = Words.ofQuery(prefix.text());
        yield inFields(prefix.field(), text -> beginning(text, terms));
      }
      case Fuzzy fuzzy -> {
        String wanted = Words.ofQuery(fuzzy.text()).getFirst();
        yield inFields(
            fuzzy.field(), text -> count(text, term -> isLike(term, wanted, fuzzy.edits())));
      }
    };
  }

  private double evaluate(Compound compound) {
    double sum = evaluate(new Phrase("", compound.text()));
    for (String part : compound.parts()) {
      sum = sum(sum, evaluate(new Phrase("", part)));
    }
    return sum;
  }

  private double evaluate(Group group) {
    boolean isRequired = false;
    boolean isThere = false;
    double sum = 0;
    for (Clause clause : group.clauses()) {
      double score = evaluate(clause.expression());
      boolean matches = score > NO_MATCH;
      switch (clause.occur()) {
        case MUST_NOT -> {
          if (matches) {
            return NO_MATCH;
          }
        }
        case MUST -> {
          if (!matches) {
            return NO_MATCH;
          }
          isRequired = true;
        }
        case SHOULD -> isThere |= matches;
      }
      sum += clause.occur() != Occur.MUST_NOT && matches ? score : 0;
    }
    return isRequired || isThere ? sum : NO_MATCH;
  }

  @FunctionalInterface
  private interface Counter {
    int in(List<String> text);
  }

  private double inFields(String field, Counter counter) {
    if (!field.isEmpty()) {
      return inField(field, 1, counter);
    }
    double best = NO_MATCH;
    for (String each : NodeTexts.FIELDS) {
      best = sum(best, inField(each, weight(each), counter));
    }
    return sum(best, inField(PROPERTIES, weights.properties(), counter));
  }

  private static double sum(double a, double b) {
    return a <= NO_MATCH ? b : b <= NO_MATCH ? a : a + b;
  }

  private double inField(String field, double weight, Counter counter) {
    int found = 0;
    int length = 0;
    for (List<String> text : texts(field)) {
      found += counter.in(text);
      length += text.size();
    }
    return found == 0 ? NO_MATCH : weight * found / (found + Math.log(2 + length));
  }

  private double weight(String field) {
    return switch (field) {
      case "title" -> weights.title();
      case "tag" -> weights.tags();
      case "label" -> weights.labels();
      default -> weights.body();
    };
  }

  private List<List<String>> texts(String field) {
    return words.computeIfAbsent(
        field,
        name ->
            (name.equals(PROPERTIES)
                    ? NodeTexts.ofProperties(node.properties())
                    : NodeTexts.of(node, name))
                .stream().map(text -> Words.of(text).stream().map(Word::term).toList()).toList());
  }

  private static int count(List<String> text, Predicate<String> isWanted) {
    return (int) text.stream().filter(isWanted).count();
  }

  private static int occurrences(List<String> text, List<String> terms) {
    int found = 0;
    for (int i = 0; !terms.isEmpty() && i + terms.size() <= text.size(); i++) {
      found += text.subList(i, i + terms.size()).equals(terms) ? 1 : 0;
    }
    return found;
  }

  /** The last word is only the beginning of one. */
  private static int beginning(List<String> text, List<String> terms) {
    int last = terms.size() - 1;
    int found = 0;
    for (int i = 0; i + last < text.size(); i++) {
      boolean isHere =
          text.subList(i, i + last).equals(terms.subList(0, last))
              && text.get(i + last).startsWith(terms.get(last));
      found += isHere ? 1 : 0;
    }
    return found;
  }

  /** Whether a word becomes another by few edits, the first letter being the same. */
  static boolean isLike(String a, String b, int edits) {
    return a.codePointAt(0) == b.codePointAt(0) && distance(a, b) <= edits;
  }

  /** Letters added, missing, wrong, or swapped with the next (optimal string alignment). */
  static int distance(String first, String second) {
    int[] a = first.codePoints().toArray();
    int[] b = second.codePoints().toArray();
    int[][] edits = new int[a.length + 1][b.length + 1];
    for (int i = 0; i <= a.length; i++) {
      for (int j = 0; j <= b.length; j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int wrong = a[i - 1] == b[j - 1] ? 0 : 1;
        edits[i][j] =
            Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + wrong);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length][b.length];
  }
}
