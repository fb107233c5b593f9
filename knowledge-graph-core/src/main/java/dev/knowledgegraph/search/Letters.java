package dev.knowledgegraph.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a character is to a word, and how it looks without case and accents. Looked up once for each
 * character of the basic plane and remembered.
 */
final class Letters {
  /** Is no part of a word. */
  static final byte NONE = 1;

  /** Is part of a word that ends at the next character that is not. */
  static final byte SPACED = 2;

  /** Is of a script that puts no space between words. */
  static final byte UNSPACED = 3;

  private static final int PLANE = 0x10000;

  private static final Map<Integer, String> FOLDED_BY_HAND =
      Map.ofEntries(
          Map.entry(0xdf, "ss"),
          Map.entry(0x1e9e, "ss"),
          Map.entry(0xe6, "ae"),
          Map.entry(0xc6, "ae"),
          Map.entry(0x153, "oe"),
          Map.entry(0x152, "oe"),
          Map.entry(0xf8, "o"),
          Map.entry(0xd8, "o"),
          Map.entry(0x142, "l"),
          Map.entry(0x141, "l"),
          Map.entry(0x111, "d"),
          Map.entry(0x110, "d"),
          Map.entry(0xf0, "d"),
          Map.entry(0xfe, "th"),
          Map.entry(0x131, "i"),
          Map.entry(0x3c2, "\u03c3"),
          Map.entry(0x640, ""), // tatweel only stretches a word
          Map.entry(0x649, "\u064a"), // alef maksura is written for ya
          Map.entry(0x629, "\u0647"), // ta marbuta for ha
          Map.entry(0x200c, ""),
          Map.entry(0x200d, ""));

  // Races are harmless: every thread finds the same.
  private static final byte[] KINDS = new byte[PLANE];
  private static final @Nullable String[] FOLDED = new @Nullable String[PLANE];

  static {
    Arrays.fill(KINDS, 0, 128, NONE);
    Arrays.fill(KINDS, '0', '9' + 1, SPACED);
    Arrays.fill(KINDS, 'a', 'z' + 1, SPACED);
    Arrays.fill(KINDS, 'A', 'Z' + 1, SPACED);
  }

  private Letters() {}

  static byte kind(int c) {
    if (c >= PLANE) {
      return findKind(c);
    }
    byte kind = KINDS[c];
    if (kind == 0) {
      kind = findKind(c);
      KINDS[c] = kind;
    }
    return kind;
  }

  private static byte findKind(int c) {
    int type = Character.getType(c);
    boolean isWord =
        Character.isLetterOrDigit(c)
            || type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK
            || type == Character.LETTER_NUMBER
            || (type == Character.OTHER_SYMBOL && c >= 0x1f000) // pictures are words too
            || c == 0x200c
            || c == 0x200d;
    return !isWord ? NONE : isUnspaced(c) ? UNSPACED : SPACED;
  }

  private static boolean isUnspaced(int c) {
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
      // The mark that lengthens a vowel belongs to both kana.
      default -> c == 0x30fc || c == 0xff70;
    };
  }

  /** Appends the folded form of a character, which may be empty. */
  static void fold(int c, StringBuilder to) {
    if (c < 128) {
      to.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
    } else if (c >= PLANE) {
      to.append(findFolded(c));
    } else {
      String folded = FOLDED[c];
      if (folded == null) {
        folded = findFolded(c);
        FOLDED[c] = folded;
      }
      to.append(folded);
    }
  }

  private static String findFolded(int c) {
    String byHand = FOLDED_BY_HAND.get(c);
    if (byHand != null) {
      return byHand;
    }
    String text = Character.toString(c);
    if (isUnspaced(c)) {
      return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
    var folded = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(each -> !isAccent(each))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  /** Marks without which a word is still the same word to most who look for it. */
  private static boolean isAccent(int c) {
    return (c >= 0x300 && c <= 0x36f)
        || (c >= 0x591 && c <= 0x5c7) // Hebrew points
        || (c >= 0x610 && c <= 0x61a) // Arabic
        || (c >= 0x64b && c <= 0x65f)
        || c == 0x670
        || c == 0x93c // the dot below of Devanagari
        || c == 0x9bc
        || (c >= 0x1ab0 && c <= 0x1aff)
        || (c >= 0x20d0 && c <= 0x20ff)
        || (c >= 0xfe00 && c <= 0xfe0f);
  }
}
