package dev.knowledgegraph.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The words by which two texts are compared: what is searched for, without stop words and without
 * what is shorter than {@value #SHORTEST} characters. A pair of characters of a script without
 * spaces is as good as a word and counts, short as it is.
 */
public final class Terms {
  /** The least length of a term, in code points. */
  public static final int SHORTEST = 3;

  private Terms() {}

  /** Those of a text by the default analyzer, as they first stand there, and how often. */
  public static Map<String, Integer> of(String text) {
    var terms = new LinkedHashMap<String, Integer>();
    for (String word : Words.ofQuery(text)) {
      if (isTelling(word, StopWords.english())) {
        terms.merge(word, 1, Integer::sum);
      }
    }
    return terms;
  }

  /** Whether a word, not stemmed, is one to compare by. */
  public static boolean isTelling(CharSequence word, Set<String> stopWords) {
    int length = Character.codePointCount(word, 0, word.length());
    return length >= SHORTEST
        ? !stopWords.contains(word.toString())
        : length == SHORTEST - 1 && isUnspaced(word);
  }

  /** Whether a word is of a script that puts no space between words. */
  public static boolean isUnspaced(CharSequence word) {
    return Letters.kind(Character.codePointAt(word, 0)) == Letters.UNSPACED;
  }
}
