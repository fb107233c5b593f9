package dev.knowledgegraph.spi;

/**
 * Values as bytes, for a cache outside the process. What is decoded equals what was encoded. May be
 * shared between threads.
 *
 * @param <V> an immutable value
 */
public interface Codec<V> {
  /**
   * The value as bytes, which from then on belong to the caller.
   *
   * @throws IllegalArgumentException if it has no form in bytes
   */
  byte[] encode(V value);

  /**
   * What {@link #encode} wrote; the bytes are not changed.
   *
   * @throws IllegalArgumentException if these bytes do not come from there: they are damaged, or of
   *     a release that writes another form
   */
  V decode(byte[] bytes);
}
