package dev.knowledgegraph.search.lucene;

import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/** The terms of a document as bytes, each by its number; used again for the next. */
final class TermPool {
  private byte[] bytes = new byte[1 << 10];
  private int[] ends = new int[1 << 7];
  private int size;

  void clear() {
    size = 0;
  }

  /** The number of a term. */
  int add(CharSequence term) {
    return add("", term);
  }

  /** The number of a term that stands behind a name. */
  int add(CharSequence name, CharSequence term) {
    int end = append(term, append(name, begin(size)));
    ends = ArrayUtil.grow(ends, size + 1);
    ends[size] = end;
    return size++;
  }

  private int append(CharSequence text, int from) {
    bytes = ArrayUtil.grow(bytes, from + UnicodeUtil.maxUTF8Length(text.length()));
    return UnicodeUtil.UTF16toUTF8(text, 0, text.length(), bytes, from);
  }

  private int begin(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  /** Has {@code term} be one of them, until the next is added. */
  void point(int number, BytesRef term) {
    term.bytes = bytes;
    term.offset = begin(number);
    term.length = ends[number] - term.offset;
  }
}
