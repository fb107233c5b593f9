package dev.knowledgegraph.search;

import java.util.List;

/**
 * What a query text asks for. A {@code field} is {@code title}, {@code body}, {@code tag}, {@code
 * label}, {@code key}, {@code status}, the name of a property, or empty for title, body, tags,
 * labels and properties. New cases may come in a minor release.
 */
public sealed interface SearchExpression {
  /** Every node. */
  record Everything() implements SearchExpression {}

  /** A word, or words in a row. */
  record Phrase(String field, String text) implements SearchExpression {}

  /** Words joined by signs, such as {@code note-taking}: any of its parts, better all in a row. */
  record Compound(String text, List<String> parts) implements SearchExpression {
    public Compound {
      parts = List.copyOf(parts);
    }
  }

  /** Words that begin so. */
  record Prefix(String field, String text) implements SearchExpression {}

  /**
   * Words that begin with the same letter and are like this one.
   *
   * @param edits how many letters may be added, missing, wrong or swapped with the next: 1 or 2
   */
  record Fuzzy(String field, String text, int edits) implements SearchExpression {}

  /** Several together; without one that must match, any one of those that should is enough. */
  record Group(List<Clause> clauses) implements SearchExpression {
    public Group {
      clauses = List.copyOf(clauses);
    }
  }

  /** A part of a group. */
  record Clause(Occur occur, SearchExpression expression) {}

  /** What a part of a group means for the whole. Closed until the next major version. */
  enum Occur {
    MUST,
    SHOULD,
    MUST_NOT
  }
}
