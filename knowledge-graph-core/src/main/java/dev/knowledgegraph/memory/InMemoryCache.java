package dev.knowledgegraph.memory;

import dev.knowledgegraph.spi.Cache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps so many values in a map and forgets first what was used longest ago. One lock; a call costs
 * the same however many there are.
 *
 * @param <V> an immutable value
 */
public final class InMemoryCache<V> implements Cache<V> {
  private final Clock clock;
  private final Map<String, Entry<V>> entries;

  /**
   * An empty one.
   *
   * @param maxEntries how many values it keeps at most; 1 or more
   * @param clock what lives are measured by
   */
  public InMemoryCache(int maxEntries, Clock clock) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries: expected 1 or more, found " + maxEntries);
    }
    this.clock = clock;
    this.entries = new LeastUsedFirst<>(maxEntries);
  }

  @Override
  public synchronized Optional<V> get(String key) {
    var entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (!clock.instant().isBefore(entry.end())) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(entry.value());
  }

  @Override
  public synchronized void put(String key, V value, Duration life) {
    if (!life.isPositive()) {
      throw new IllegalArgumentException("life: expected more than zero, found " + life);
    }
    entries.put(key, new Entry<>(value, clock.instant().plus(life)));
  }

  @Override
  public synchronized void remove(String key) {
    entries.remove(key);
  }

  @Override
  public synchronized void close() {
    entries.clear();
  }

  private record Entry<V>(V value, Instant end) {}

  private static final class LeastUsedFirst<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1;
    private final int max;

    LeastUsedFirst(int max) {
      super(16, 0.75f, true);
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > max;
    }
  }
}
