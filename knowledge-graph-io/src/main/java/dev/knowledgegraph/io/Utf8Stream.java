package dev.knowledgegraph.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bytes that are UTF-8: a decoder puts a question mark for others, and nobody would notice. What
 * comes before the first wrong byte can be read.
 */
final class Utf8Stream extends FilterInputStream {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Bytes that the character which has begun still lacks, and the bounds of the next of them. */
  private int missing;

  private int least;
  private int most;
  private boolean wrong;

  Utf8Stream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (wrong) {
      throw new IllegalArgumentException("expected UTF-8 text, found other bytes");
    }
    int count = in.read(bytes, offset, length);
    int end = count < 0 ? offset : right(bytes, offset, offset + count);
    wrong = count < 0 ? missing > 0 : end < offset + count;
    return wrong && end == offset ? read(bytes, offset, length) : Math.min(count, end - offset);
  }

  /** The index after the last right byte. */
  private int right(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (missing == 0) {
        while (at + Long.BYTES <= to && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
          at += Long.BYTES;
        }
        if (at == to || !begin(bytes[at] & 0xff)) {
          return at;
        }
      } else {
        int next = bytes[at] & 0xff;
        if (next < least || next > most) {
          return at;
        }
        missing--;
        bounds(0x80, 0xbf);
      }
      at++;
    }
    return at;
  }

  /** Takes the first byte of a character, as in table 3-7 of the Unicode standard. */
  private boolean begin(int first) {
    if (first < 0x80) {
      return true;
    }
    missing = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    switch (first) {
      case 0xe0 -> bounds(0xa0, 0xbf);
      case 0xed -> bounds(0x80, 0x9f);
      case 0xf0 -> bounds(0x90, 0xbf);
      case 0xf4 -> bounds(0x80, 0x8f);
      default -> bounds(0x80, 0xbf);
    }
    return first >= 0xc2 && first <= 0xf4;
  }

  private void bounds(int newLeast, int newMost) {
    least = newLeast;
    most = newMost;
  }
}
