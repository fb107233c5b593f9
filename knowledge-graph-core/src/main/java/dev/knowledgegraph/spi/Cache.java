package dev.knowledgegraph.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * Keeps values by key for a while. Laws:
 *
 * <ol>
 *   <li>It never invents: what {@link #get} finds is what was put last under exactly that key.
 *   <li>It may forget anything at any moment; nobody may rely on finding what was put.
 *   <li>A value is not found any more once its life has passed since it was put.
 *   <li>What was removed is not found until it is put again.
 *   <li>It never throws because what it keeps values in is away; then it finds nothing.
 * </ol>
 *
 * May be shared between threads. Contract in the TCK: {@code CacheContract} (laws 1 to 4).
 *
 * @param <V> an immutable value
 */
public interface Cache<V> extends AutoCloseable {
  /** The value under a key, if it is there and alive. */
  Optional<V> get(String key);

  /**
   * Keeps a value in the place of the one before.
   *
   * @param life for how long from now
   * @throws IllegalArgumentException if {@code life} is not positive
   */
  void put(String key, V value, Duration life);

  /** Forgets what is under a key. */
  void remove(String key);

  /** Releases what it holds; closing it again does nothing. */
  @Override
  void close();
}
