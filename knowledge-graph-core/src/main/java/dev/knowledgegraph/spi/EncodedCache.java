package dev.knowledgegraph.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps values in a cache that only knows bytes. What cannot be decoded is not there, and what
 * cannot be encoded is not kept, nor is what it was to replace; neither ever throws. The first of
 * each in a process is logged as a warning, the others not. May be shared between threads, as far
 * as the cache and the codec may.
 *
 * @param <V> an immutable value
 */
public final class EncodedCache<V> implements Cache<V> {
  private static final Logger LOG = LoggerFactory.getLogger(EncodedCache.class);
  private static final AtomicBoolean UNREAD = new AtomicBoolean();
  private static final AtomicBoolean UNWRITTEN = new AtomicBoolean();

  private final Cache<byte[]> cache;
  private final Codec<V> codec;

  /** Over {@code cache}, which it closes with itself. */
  public EncodedCache(Cache<byte[]> cache, Codec<V> codec) {
    this.cache = cache;
    this.codec = codec;
  }

  @Override
  public Optional<V> get(String key) {
    return cache.get(key).flatMap(this::decoded);
  }

  private Optional<V> decoded(byte[] bytes) {
    try {
      return Optional.of(codec.decode(bytes));
    } catch (RuntimeException e) {
      warn(UNREAD, "a value in the cache cannot be read, and counts as not there: {}", e);
      return Optional.empty();
    }
  }

  @Override
  public void put(String key, V value, Duration life) {
    byte[] bytes;
    try {
      bytes = codec.encode(value);
    } catch (RuntimeException e) {
      warn(UNWRITTEN, "a value cannot be written, and is not kept in the cache: {}", e);
      cache.remove(key);
      return;
    }
    cache.put(key, bytes, life);
  }

  // The message of a foreign exception may quote a value.
  private static void warn(AtomicBoolean done, String text, RuntimeException e) {
    if (done.compareAndSet(false, true)) {
      LOG.warn(text, e.getClass().getName());
    }
  }

  @Override
  public void remove(String key) {
    cache.remove(key);
  }

  @Override
  public void close() {
    cache.close();
  }
}
