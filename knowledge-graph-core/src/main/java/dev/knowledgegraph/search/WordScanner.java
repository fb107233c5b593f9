package dev.knowledgegraph.search;

import java.text.Normalizer;

/**
 * Finds the words of a text, one after the other, without case and accents. Words end where
 * letters, digits and marks end. Where a script puts no space between words (Chinese, Japanese,
 * Korean, Thai, …) every two neighbors are a word, and the last of a run is one of its own, so that
 * a part of any length is found: one character as the beginning of a word, more as words in a row.
 * For one thread.
 */
public final class WordScanner {
  /** Of a longer word the rest is left out. */
  public static final int LONGEST_WORD = 128;

  /** All before it are composed, and stay what they are. */
  private static final char FIRST_MARK = '\u0300';

  private final boolean isQuery;
  private final StringBuilder term = new StringBuilder();
  private String text = "";
  private int next;
  private int start;
  private int end;
  private boolean inRun;

  private WordScanner(boolean isQuery) {
    this.isQuery = isQuery;
  }

  /** For texts that are to be found. */
  public static WordScanner forDocuments() {
    return new WordScanner(false);
  }

  /** For texts to look with, which have no last character of a run as a word of its own. */
  public static WordScanner forQueries() {
    return new WordScanner(true);
  }

  /** The form of a text in which it is scanned: composed, so that places in it mean the same. */
  public static String composed(String text) {
    return isBeforeMarks(text) || Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** Whether no character can be composed with another, as are most texts of Europe. */
  private static boolean isBeforeMarks(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_MARK) {
        return false;
      }
    }
    return true;
  }

  /** Begins at the start of a text, which should be {@link #composed}. */
  public void reset(String newText) {
    text = newText;
    next = 0;
    inRun = false;
  }

  /** Goes to the next word, if there is one. */
  public boolean next() {
    while (next < text.length()) {
      int c = text.codePointAt(next);
      byte kind = Letters.kind(c);
      if (kind == Letters.NONE) {
        next += Character.charCount(c);
        inRun = false;
      } else if (kind == Letters.UNSPACED) {
        if (pair(c)) {
          return true;
        }
      } else if (word()) {
        return true;
      }
    }
    return false;
  }

  /** A word of a script with spaces; false if nothing is left of it. */
  private boolean word() {
    start = next;
    term.setLength(0);
    inRun = false;
    while (next < text.length()) {
      int c = text.codePointAt(next);
      if (Letters.kind(c) != Letters.SPACED) {
        break;
      }
      next += Character.charCount(c);
      if (term.length() < LONGEST_WORD) {
        Letters.fold(c, term);
      }
    }
    end = next;
    return !term.isEmpty();
  }

  /** A character and its neighbor; false if it stands alone where only pairs count. */
  private boolean pair(int c) {
    start = next;
    next += Character.charCount(c);
    end = next;
    boolean wasInRun = inRun;
    term.setLength(0);
    Letters.fold(c, term);
    if (next < text.length() && Letters.kind(text.codePointAt(next)) == Letters.UNSPACED) {
      int neighbor = text.codePointAt(next);
      Letters.fold(neighbor, term);
      end += Character.charCount(neighbor);
      inRun = true;
      return true;
    }
    inRun = false;
    return !(isQuery && wasInRun) && !term.isEmpty();
  }

  /** The word; valid until the next call. */
  public CharSequence term() {
    return term;
  }

  /** Where it begins in the text. */
  public int start() {
    return start;
  }

  /** Where it ends in the text. */
  public int end() {
    return end;
  }
}
