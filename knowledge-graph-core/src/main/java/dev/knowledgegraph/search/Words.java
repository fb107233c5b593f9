package dev.knowledgegraph.search;

import java.util.ArrayList;
import java.util.List;

/** Texts as words, by the default analyzer: {@link WordScanner}. */
public final class Words {
  private Words() {}

  /**
   * A word at its place.
   *
   * @param start where it begins in the {@linkplain WordScanner#composed composed} text
   */
  public record Word(String term, int start, int end) {}

  /** The words of a text that is to be found, in their order; their places are their indexes. */
  public static List<Word> of(String text) {
    return words(WordScanner.forDocuments(), text);
  }

  /** The words to look for, in their order; more than one must stand in a row. */
  public static List<String> ofQuery(String text) {
    return words(WordScanner.forQueries(), text).stream().map(Word::term).toList();
  }

  /** Whether one character of a script without spaces is looked for: then words begin with it. */
  public static boolean isBeginning(List<String> query) {
    if (query.size() != 1) {
      return false;
    }
    String term = query.getFirst();
    int first = term.codePointAt(0);
    return term.length() == Character.charCount(first) && Letters.kind(first) == Letters.UNSPACED;
  }

  private static List<Word> words(WordScanner scanner, String text) {
    scanner.reset(WordScanner.composed(text));
    var words = new ArrayList<Word>();
    while (scanner.next()) {
      words.add(new Word(scanner.term().toString(), scanner.start(), scanner.end()));
    }
    return words;
  }
}
