package dev.knowledgegraph.memory;

import dev.knowledgegraph.spi.Embedder;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

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
  private static final int ASCII = 128;

  /** The hash of no characters. */
  private static final long NOTHING = 0xcbf29ce484222325L;

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
    var sum = new Sum(dimension);
    List<String> words = words(text);
    var numbers = new HashMap<String, Integer>();
    var distinct = new ArrayList<String>();
    int[] counts = new int[words.size()];
    long[] pairs = new long[Math.max(0, words.size() - 1)];
    int before = 0;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int number = numbers.computeIfAbsent(word, unknown -> numbers.size());
      if (number == distinct.size()) {
        distinct.add(word);
      }
      counts[number]++;
      if (i > 0) {
        pairs[i - 1] = (long) before << Integer.SIZE | number;
      }
      before = number;
    }
    for (int i = 0; i < distinct.size(); i++) {
      addWord(distinct.get(i), counts[i], sum);
    }
    Arrays.sort(pairs);
    for (int i = 0; i < pairs.length; ) {
      int begin = i;
      while (i < pairs.length && pairs[i] == pairs[begin]) {
        i++;
      }
      addPair(
          distinct.get((int) (pairs[begin] >>> Integer.SIZE)),
          distinct.get((int) pairs[begin]),
          i - begin,
          sum);
    }
    return sum.unit();
  }

  private static void addWord(String word, int count, Sum sum) {
    double weight = sublinear(count) * importance(word);
    sum.add(hashed(NOTHING, word), weight);
    if (!isAlone(word)) {
      addParts('<' + word + '>', weight * PARTS_WEIGHT, sum);
    }
  }

  /** Two words, one after the other. */
  private static void addPair(String first, String second, int count, Sum sum) {
    double weight =
        isAlone(first) && isAlone(second)
            ? 1
            : PAIR_WEIGHT * Math.sqrt(importance(first) * importance(second));
    sum.add(hashed(hashed(hashed(NOTHING, first), ' '), second), sublinear(count) * weight);
  }

  /** Runs of characters within a word whose beginning and end are marked. */
  private static void addParts(String marked, double weight, Sum sum) {
    int count = 0;
    for (int length = SHORTEST_PART; length <= LONGEST_PART; length++) {
      count += Math.max(0, marked.length() - length + 1);
    }
    double each = weight / Math.sqrt(count);
    for (int start = 0; start + SHORTEST_PART <= marked.length(); start++) {
      long hash = NOTHING;
      int most = Math.min(LONGEST_PART, marked.length() - start);
      for (int length = 1; length <= most; length++) {
        hash = hashed(hash, marked.charAt(start + length - 1));
        if (length >= SHORTEST_PART) {
          sum.add(hash, each);
        }
      }
    }
  }

  /** Words in their order; a character of a script without spaces is a word of its own. */
  private static List<String> words(String text) {
    String folded = fold(text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS));
    var words = new ArrayList<String>();
    int begin = 0;
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean alone = isUnspaced(c);
      if (alone || !isPartOfWord(c)) {
        addIfAny(folded, begin, i, words);
        begin = next;
      }
      if (alone) {
        words.add(folded.substring(i, next));
      }
      i = next;
    }
    addIfAny(folded, begin, folded.length(), words);
    return words;
  }

  private static void addIfAny(String text, int begin, int end, List<String> words) {
    if (begin < end) {
      words.add(text.substring(begin, Math.min(end, begin + LONGEST_WORD)));
    }
  }

  private static boolean isPartOfWord(int c) {
    if (c < ASCII) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
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
    if (text.chars().allMatch(c -> c < ASCII)) {
      return text.toLowerCase(Locale.ROOT);
    }
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

  private static double sublinear(int count) {
    return 1 + Math.log(count);
  }

  private static double importance(String word) {
    return word.length() >= FULL_WORD || isAlone(word)
        ? 1
        : Math.pow((double) word.length() / FULL_WORD, 1.5);
  }

  /** Whether it is a character of a script without spaces. */
  private static boolean isAlone(String word) {
    int c = word.codePointAt(0);
    return isUnspaced(c) && word.length() == Character.charCount(c);
  }

  private static boolean isUnspaced(int c) {
    return c >= ASCII && (Character.isIdeographic(c) || isKana(c));
  }

  /** FNV-1a over the characters: the same on every JVM. */
  private static long hashed(long before, String text) {
    long hash = before;
    for (int i = 0; i < text.length(); i++) {
      hash = hashed(hash, text.charAt(i));
    }
    return hash;
  }

  private static long hashed(long before, char c) {
    return (before ^ c) * 0x100000001b3L;
  }

  /** What features add up to. */
  private static final class Sum {
    private final double[] values;

    Sum(int dimension) {
      values = new double[dimension];
    }

    /** Adds a feature, whose hash is mixed first (MurmurHash3's finalizer). */
    void add(long feature, double weight) {
      long hash = (feature ^ (feature >>> 33)) * 0xff51afd7ed558ccdL;
      hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
      hash ^= hash >>> 33;
      values[(int) ((hash >>> 1) % values.length)] += (hash & 1) == 0 ? weight : -weight;
    }

    float[] unit() {
      double squares = 0;
      for (double value : values) {
        squares += value * value;
      }
      float[] unit = new float[values.length];
      if (squares > 0) {
        double length = Math.sqrt(squares);
        for (int i = 0; i < unit.length; i++) {
          unit[i] = (float) (values[i] / length);
        }
      }
      return unit;
    }
  }
}
