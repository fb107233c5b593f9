package dev.knowledgegraph.search.lucene;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The terms of one field of a document, out of a pool; used again for the next document. */
final class FieldTerms extends TokenStream {
  private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
  private final PositionIncrementAttribute position =
      addAttribute(PositionIncrementAttribute.class);
  private final @Nullable TermFrequencyAttribute frequency;

  private final TermPool pool;
  private final BytesRef bytes = new BytesRef();
  private int[] numbers = new int[1 << 6];
  private int[] increments = new int[1 << 6];
  private int[] times = new int[1 << 6];
  private int size;
  private int next;

  private FieldTerms(TermPool pool, boolean counts) {
    this.pool = pool;
    this.frequency = counts ? addAttribute(TermFrequencyAttribute.class) : null;
  }

  /** Terms with their places. */
  static FieldTerms placed(TermPool pool) {
    return new FieldTerms(pool, false);
  }

  /** Terms with how often they count. */
  static FieldTerms counted(TermPool pool) {
    return new FieldTerms(pool, true);
  }

  void clear() {
    size = 0;
  }

  /**
   * Adds a term.
   *
   * @param increment how many places after the one before
   * @param count how often it counts, where that matters
   */
  void add(int number, int increment, int count) {
    numbers = ArrayUtil.grow(numbers, size + 1);
    increments = ArrayUtil.grow(increments, size + 1);
    times = ArrayUtil.grow(times, size + 1);
    numbers[size] = number;
    increments[size] = increment;
    times[size++] = count;
  }

  @Override
  public void reset() {
    next = 0;
  }

  @Override
  public boolean incrementToken() {
    if (next == size) {
      return false;
    }
    pool.point(numbers[next], bytes);
    term.setBytesRef(bytes);
    position.setPositionIncrement(increments[next]);
    if (frequency != null) {
      frequency.setTermFrequency(times[next]);
    }
    next++;
    return true;
  }
}
