package dev.knowledgegraph.tck.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.Seeds;
import dev.knowledgegraph.tck.Together;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The laws of {@link Cache}. */
public abstract class CacheContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int STEPS = 5_000;
  private static final int KEYS = 8;

  private final ManualClock clock = new ManualClock();
  private Cache<String> cache;

  /** An empty cache with room for 100 values, which goes by {@code clock}. */
  protected abstract Cache<String> cache(Clock clock);

  @BeforeEach
  final void open() {
    cache = cache(clock);
  }

  @AfterEach
  final void close() {
    cache.close();
  }

  @Test
  final void what_was_never_put_is_not_found() {
    assertThat(cache.get("a")).isEmpty();
  }

  @Test
  final void what_was_put_is_found_under_its_key_only() {
    cache.put("a", "one", MINUTE);
    cache.put("b", "two", MINUTE);
    assertThat(cache.get("a")).contains("one");
    assertThat(cache.get("b")).contains("two");
    assertThat(cache.get("A")).isEmpty();
  }

  @Test
  final void what_is_put_last_takes_the_place_of_what_was_there() {
    cache.put("a", "one", MINUTE);
    cache.put("a", "two", MINUTE);
    assertThat(cache.get("a")).contains("two");
  }

  @Test
  final void what_was_removed_is_not_found_and_another_is() {
    cache.put("a", "one", MINUTE);
    cache.put("b", "two", MINUTE);
    cache.remove("a");
    cache.remove("c");
    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.get("b")).contains("two");
  }

  @Test
  final void a_value_lives_for_its_own_time_from_when_it_was_put() {
    cache.put("short", "one", MINUTE);
    cache.put("long", "two", MINUTE.multipliedBy(3));
    clock.advance(MINUTE.minusMillis(1));
    assertThat(cache.get("short")).contains("one");
    clock.advance(Duration.ofMillis(1));
    assertThat(cache.get("short")).isEmpty();
    assertThat(cache.get("long")).contains("two");
  }

  @Test
  final void putting_again_begins_a_new_life_even_a_shorter_one() {
    cache.put("a", "one", MINUTE);
    cache.put("b", "one", MINUTE.multipliedBy(3));
    clock.advance(MINUTE.dividedBy(2));
    cache.put("a", "two", MINUTE);
    cache.put("b", "two", MINUTE);
    clock.advance(MINUTE.dividedBy(2));
    assertThat(cache.get("a")).contains("two");
    clock.advance(MINUTE.dividedBy(2));
    assertThat(cache.get("b")).isEmpty();
  }

  @Test
  final void a_life_that_is_not_positive_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> cache.put("a", "one", Duration.ZERO));
  }

  @Test
  final void a_random_run_finds_nothing_that_a_map_would_not_have() {
    var random = new Random(Seeds.seed("CacheContract"));
    var values = new HashMap<String, String>();
    var ends = new HashMap<String, Instant>();
    int found = 0;
    for (int i = 0; i < STEPS; i++) {
      String key = "key" + random.nextInt(KEYS);
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          var life = Duration.ofSeconds(1 + random.nextInt(120));
          cache.put(key, "value" + i, life);
          values.put(key, "value" + i);
          ends.put(key, clock.instant().plus(life));
        }
        case 2 -> {
          cache.remove(key);
          values.remove(key);
        }
        case 3 -> clock.advance(Duration.ofSeconds(random.nextInt(20)));
        default -> {
          var value = cache.get(key);
          if (value.isPresent()) {
            found++;
            assertThat(values).containsEntry(key, value.get());
            assertThat(clock.instant()).isBefore(ends.get(key));
          }
        }
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  final void many_threads_find_only_what_was_put_under_the_key() {
    var wrong =
        Together.run(
            4,
            thread ->
                () -> {
                  int others = 0;
                  for (int i = 0; i < STEPS; i++) {
                    String key = "key" + i % KEYS;
                    cache.put(key, key + "/" + thread + "/" + i, MINUTE);
                    others +=
                        cache.get(key).filter(value -> !value.startsWith(key + "/")).isPresent()
                            ? 1
                            : 0;
                  }
                  return others;
                });
    assertThat(wrong).containsOnly(0);
  }
}
