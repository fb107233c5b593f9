package dev.knowledgegraph.memory;

import dev.knowledgegraph.spi.Embedder;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;

/**
 * An embedder without a model: texts are near each other that share words, pairs of words, or parts
 * of words, whatever the language, so that misspelled, inflected and compound words still meet. It
 * knows nothing of meaning. Feature hashing (Weinberger et al. 2009) with signs, sublinear counts,
 * and length 1. Some 10 µs for a short text; may be shared between threads.
 */
public final class HashingEmbedder implements Embedder {
  /** The dimension unless another is asked for. */
  public static final int DEFAULT_DIMENSION = 512;

  /**
   * Of a pair of words of full weight; characters of a script without spaces live by their pairs.
   */
  private static final double PAIR_WEIGHT = 0.25;

  /** Of all parts of a word together, as the length of their vector, beside the word itself. */
  private static final double PARTS_WEIGHT = 1.5;

  private static final int SHORTEST_PART = 3;
  private static final int LONGEST_PART = 4;

  /** Short words are mostly grammar; from this length on a word counts in full. */
  private static final int FULL_WORD = 6;

  /** More of a text is not looked at. */
  private static final int MAX_CHARS = 50_000;

  private static final int LONGEST_WORD = 64;

  private final int dimension;

  /**
   * An embedder of vectors with so many components.
   *
   * @param dimension 16 to 4,096; the fewer, the more features fall together
   */
  public HashingEmbedder(int dimension) {
    if (dimension < 16 || dimension > 4_096) {
      throw new IllegalArgumentException("dimension: expected 16 to 4096, found " + dimension);
    }
    this.dimension = dimension;
  }

  /** An embedder with {@value #DEFAULT_DIMENSION} components. */
  public static HashingEmbedder create() {
    return new HashingEmbedder(DEFAULT_DIMENSION);
  }

  @Override
  public String name() {
    return "hashing-2-" + dimension;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public List<float[]> embedDocuments(List<String> texts) {
    return texts.stream().map(this::embedQuery).toList();
  }

  @Override
  public float[] embedQuery(String text) {
    double[] sum = new double[dimension];
    forEachFeature(
        words(text),
        (feature, weight) -> {
          long hash = hash(feature);
          sum[(int) Long.remainderUnsigned(hash >>> 1, dimension)] +=
              (hash & 1) == 0 ? weight : -weight;
        });
    return unit(sum);
  }

  /** Words in their order; a character of a script without spaces is a word of its own. */
  static List<String> words(String text) {
    String folded = fold(text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS));
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      i += Character.charCount(c);
      boolean alone = isUnspaced(c);
      if (alone || !isPartOfWord(c)) {
        end(word, words);
      }
      if (alone) {
        words.add(Character.toString(c));
      } else if (isPartOfWord(c)) {
        word.appendCodePoint(c);
      }
    }
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      int length = Math.min(word.length(), LONGEST_WORD);
      words.add(word.substring(0, length));
      word.setLength(0);
    }
  }

  private static boolean isPartOfWord(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isKana(int c) {
    var script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HIRAGANA || script == Character.UnicodeScript.KATAKANA;
  }

  /** Without case, and without the accents of Latin, Greek, Cyrillic, Hebrew and Arabic. */
  private static String fold(String text) {
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    var folded = new StringBuilder(apart.length());
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      boolean isAccent =
          (c >= '\u0300' && c <= '\u036f')
              || (c >= '\u0591' && c <= '\u05bd')
              || (c >= '\u064b' && c <= '\u065f');
      if (!isAccent) {
        folded.append(c);
      }
    }
    return folded.toString();
  }

  private static void forEachFeature(List<String> words, ObjDoubleConsumer<String> action) {
    Map<String, Integer> counts = new HashMap<>();
    Map<Pair, Integer> pairs = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      counts.merge(words.get(i), 1, Integer::sum);
      if (i > 0) {
        pairs.merge(new Pair(words.get(i - 1), words.get(i)), 1, Integer::sum);
      }
    }
    counts.forEach(
        (word, count) -> {
          double weight = sublinear(count) * importance(word);
          action.accept(word, weight);
          if (!isAlone(word)) {
            parts(word, weight * PARTS_WEIGHT, action);
          }
        });
    pairs.forEach(
        (pair, count) -> action.accept(pair.toString(), sublinear(count) * pair.weight()));
  }

  /** Two words, one after the other. */
  private record Pair(String first, String second) {
    double weight() {
      return isAlone(first) && isAlone(second)
          ? 1
          : PAIR_WEIGHT * Math.sqrt(importance(first) * importance(second));
    }

    @Override
    public String toString() {
      return first + ' ' + second;
    }
  }

  private static double sublinear(int count) {
    return 1 + Math.log(count);
  }

  private static double importance(String word) {
    return isAlone(word) ? 1 : Math.pow(Math.min(1, (double) word.length() / FULL_WORD), 1.5);
  }

  /** Whether it is a character of a script without spaces. */
  private static boolean isAlone(String word) {
    int c = word.codePointAt(0);
    return isUnspaced(c) && word.length() == Character.charCount(c);
  }

  private static boolean isUnspaced(int c) {
    return Character.isIdeographic(c) || isKana(c);
  }

  /** Runs of characters within the word, its beginning and its end marked. */
  private static void parts(String word, double weight, ObjDoubleConsumer<String> action) {
    String marked = '<' + word + '>';
    int count = 0;
    for (int length = SHORTEST_PART; length <= LONGEST_PART; length++) {
      count += Math.max(0, marked.length() - length + 1);
    }
    double each = weight / Math.sqrt(count);
    for (int length = SHORTEST_PART; length <= LONGEST_PART; length++) {
      for (int start = 0; start + length <= marked.length(); start++) {
        action.accept(marked.substring(start, start + length), each);
      }
    }
  }

  /** FNV-1a over the characters, then mixed (MurmurHash3's finalizer): the same on every JVM. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private static float[] unit(double[] sum) {
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    float[] unit = new float[sum.length];
    if (squares > 0) {
      double length = Math.sqrt(squares);
      for (int i = 0; i < unit.length; i++) {
        unit[i] = (float) (sum[i] / length);
      }
    }
    return unit;
  }
}
