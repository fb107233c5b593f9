package dev.knowledgegraph.cache.caffeine;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.knowledgegraph.spi.Cache;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * Keeps values in memory. Readers do not wait for each other. A full one forgets what it expects to
 * be asked for least, which may be what was put last. May be shared between threads.
 *
 * @param <V> an immutable value
 */
public final class CaffeineCache<V> implements Cache<V> {
  private final com.github.benmanes.caffeine.cache.Cache<String, Kept<V>> entries;
  private volatile boolean closed;

  private CaffeineCache(Caffeine<? super String, ? super Kept<V>> limits, LongSupplier ticker) {
    this.entries =
        limits
            .expireAfter(Expiry.writing((String key, Kept<V> kept) -> kept.life()))
            .ticker(ticker::getAsLong)
            // In the thread of the caller: the bound holds when a call returns.
            .executor(Runnable::run)
            .build();
  }

  /**
   * With room for so many values.
   *
   * @param maxEntries 1 or more
   */
  public static <V> CaffeineCache<V> ofEntries(long maxEntries) {
    return ofEntries(maxEntries, System::nanoTime);
  }

  /**
   * With room for so many values.
   *
   * @param maxEntries 1 or more
   * @param ticker nanoseconds since some moment, what lives are measured by
   */
  public static <V> CaffeineCache<V> ofEntries(long maxEntries, LongSupplier ticker) {
    require("maxEntries", maxEntries);
    return new CaffeineCache<>(Caffeine.newBuilder().maximumSize(maxEntries), ticker);
  }

  /**
   * With room for values that weigh so much together.
   *
   * @param maxWeight 1 or more
   * @param weigher what a value weighs, such as its bytes; never less than zero, and always the
   *     same
   */
  public static <V> CaffeineCache<V> ofWeight(long maxWeight, ToIntFunction<? super V> weigher) {
    return ofWeight(maxWeight, weigher, System::nanoTime);
  }

  /**
   * With room for values that weigh so much together.
   *
   * @param maxWeight 1 or more
   * @param weigher what a value weighs, such as its bytes; never less than zero, and always the
   *     same
   * @param ticker nanoseconds since some moment, what lives are measured by
   */
  public static <V> CaffeineCache<V> ofWeight(
      long maxWeight, ToIntFunction<? super V> weigher, LongSupplier ticker) {
    require("maxWeight", maxWeight);
    return new CaffeineCache<>(
        Caffeine.newBuilder()
            .maximumWeight(maxWeight)
            .weigher((String key, Kept<V> kept) -> weigher.applyAsInt(kept.value())),
        ticker);
  }

  private static void require(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": expected 1 or more, found " + value);
    }
  }

  @Override
  public Optional<V> get(String key) {
    return Optional.ofNullable(entries.getIfPresent(key)).map(Kept::value);
  }

  @Override
  public void put(String key, V value, Duration life) {
    if (!life.isPositive()) {
      throw new IllegalArgumentException("life: expected more than zero, found " + life);
    }
    if (!closed) {
      entries.put(key, new Kept<>(value, life));
    }
  }

  @Override
  public void remove(String key) {
    entries.invalidate(key);
  }

  @Override
  public void close() {
    closed = true;
    entries.invalidateAll();
  }

  private record Kept<V>(V value, Duration life) {}
}
