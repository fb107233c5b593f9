package dev.knowledgegraph.cache.caffeine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.cache.CacheContract;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CaffeineCacheTest {
  private static final Duration DAY = Duration.ofDays(1);

  private static long nanos(Clock clock) {
    return Duration.between(ManualClock.START, clock.instant()).toNanos();
  }

  private static int found(Cache<String> cache, int keys) {
    return (int) IntStream.range(0, keys).filter(i -> cache.get("key" + i).isPresent()).count();
  }

  @Nested
  class Bounded_by_entries extends CacheContract {
    @Override
    protected Cache<String> cache(Clock clock) {
      return CaffeineCache.ofEntries(100, () -> nanos(clock));
    }
  }

  @Nested
  class Bounded_by_weight extends CacheContract {
    @Override
    protected Cache<String> cache(Clock clock) {
      return CaffeineCache.ofWeight(10_000, String::length, () -> nanos(clock));
    }
  }

  @Test
  void no_more_entries_are_kept_than_was_said() {
    try (var cache = CaffeineCache.<String>ofEntries(10)) {
      for (int i = 0; i < 100; i++) {
        cache.put("key" + i, "value", DAY);
      }
      assertThat(found(cache, 100)).isBetween(1, 10);
    }
  }

  @Test
  void no_more_weight_is_kept_than_was_said() {
    try (var cache = CaffeineCache.<String>ofWeight(20, String::length)) {
      for (int i = 0; i < 100; i++) {
        cache.put("key" + i, "value", DAY);
      }
      assertThat(found(cache, 100)).isBetween(1, 4);
    }
  }

  @Test
  void what_weighs_more_than_there_is_room_for_is_not_kept_nor_what_was_there() {
    try (var cache = CaffeineCache.<String>ofWeight(5, String::length)) {
      cache.put("a", "one", DAY);
      cache.put("a", "much too long", DAY);
      assertThat(cache.get("a")).isEmpty();
    }
  }

  @Test
  void a_closed_one_finds_and_keeps_nothing() {
    var cache = CaffeineCache.<String>ofEntries(5);
    cache.put("a", "one", DAY);
    cache.close();
    cache.put("b", "two", DAY);
    cache.close();
    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.get("b")).isEmpty();
  }

  @Test
  void no_room_at_all_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaffeineCache.<String>ofEntries(0))
        .withMessage("maxEntries: expected 1 or more, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaffeineCache.<String>ofWeight(0, String::length))
        .withMessage("maxWeight: expected 1 or more, found 0");
  }
}
