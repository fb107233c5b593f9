package dev.knowledgegraph.tck.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.memory.InMemoryCache;
import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.tck.ManualClock;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryCacheTest extends CacheContract {
  @Override
  protected Cache<String> cache(Clock clock) {
    return new InMemoryCache<>(100, clock);
  }

  @Test
  void a_full_one_forgets_what_was_used_longest_ago() {
    try (var full = new InMemoryCache<String>(2, new ManualClock())) {
      full.put("a", "one", Duration.ofDays(1));
      full.put("b", "two", Duration.ofDays(1));
      assertThat(full.get("a")).contains("one");
      full.put("c", "three", Duration.ofDays(1));
      assertThat(full.get("a")).contains("one");
      assertThat(full.get("b")).isEmpty();
      assertThat(full.get("c")).contains("three");
    }
  }
}
