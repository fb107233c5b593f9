package dev.knowledgegraph.cache.redis;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a value lies in Redis: the bytes {@code kgc1}, the end of its life as milliseconds since 1970
 * in eight bytes, the highest first, and the value itself. Redis measures the life too, but by a
 * clock that nobody can set.
 */
final class Frame {
  private static final int MARK = 'k' << 24 | 'g' << 16 | 'c' << 8 | '1';
  private static final int HEAD = Integer.BYTES + Long.BYTES;

  private Frame() {}

  static byte[] of(byte[] value, Instant end) {
    return ByteBuffer.allocate(HEAD + value.length)
        .putInt(MARK)
        .putLong(end.toEpochMilli())
        .put(value)
        .array();
  }

  /** The value, if these bytes are a frame and its life has not ended. */
  static Optional<byte[]> value(byte[] bytes, Instant now) {
    if (bytes.length < HEAD) {
      return Optional.empty();
    }
    var frame = ByteBuffer.wrap(bytes);
    boolean isAlive = frame.getInt() == MARK && now.toEpochMilli() < frame.getLong();
    return isAlive ? Optional.of(Arrays.copyOfRange(bytes, HEAD, bytes.length)) : Optional.empty();
  }
}
