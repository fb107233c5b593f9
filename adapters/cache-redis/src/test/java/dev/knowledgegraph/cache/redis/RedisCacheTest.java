package dev.knowledgegraph.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.resilience.BreakerState;
import dev.knowledgegraph.resilience.ResilienceMetrics;
import dev.knowledgegraph.resilience.ResilienceSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class RedisCacheTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String PASSWORD = "open-sesame";

  private final RedisProcess redis = RedisProcess.open();

  @AfterEach
  void stop() {
    redis.close();
  }

  private static RedisCacheConfig.Builder config(URI address) {
    return RedisCacheConfig.builder(address);
  }

  /** One that is never left alone for long. */
  private static RedisCacheConfig.Builder eager(URI address) {
    return config(address)
        .resilience(
            ResilienceSettings.defaults()
                .withTries(1, Duration.ofMillis(1), Duration.ofMillis(1))
                .withBreaker(50, 4, Duration.ofNanos(1), 1)
                .withTimeout(Duration.ZERO));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Optional<String> text(RedisCache cache, String key) {
    return cache.get(key).map(found -> new String(found, UTF_8));
  }

  @Test
  void what_one_puts_another_finds_but_not_under_another_prefix() {
    try (var one = RedisCache.open(config(redis.address()).build());
        var other = RedisCache.open(config(redis.address()).build());
        var stranger = RedisCache.open(config(redis.address()).prefix("x:").build())) {
      one.put("a", bytes("one"), HOUR);
      assertThat(text(other, "a")).contains("one");
      assertThat(text(stranger, "a")).isEmpty();
      other.remove("a");
      assertThat(text(one, "a")).isEmpty();
    }
  }

  @Test
  void the_server_forgets_by_itself_and_no_later_than_was_said() {
    try (var cache = RedisCache.open(config(redis.address()).longestLife(HOUR).build());
        var client = RedisClient.create(redis.address())) {
      cache.put("short", bytes("one"), Duration.ofMinutes(1));
      cache.put("long", bytes("two"), Duration.ofDays(9));
      assertThat(client.pttl("kg:short")).isBetween(1L, 60_000L);
      assertThat(client.pttl("kg:long")).isBetween(60_001L, HOUR.toMillis());
    }
  }

  @Test
  void a_server_that_is_killed_is_done_without_and_used_again_when_it_is_back() {
    try (var cache = RedisCache.open(eager(redis.address()).build());
        var other = RedisCache.open(eager(redis.address()).build())) {
      cache.put("a", bytes("one"), HOUR);
      cache.put("b", bytes("one"), HOUR);
      redis.stop();
      assertThat(text(cache, "a")).isEmpty();
      cache.put("a", bytes("two"), HOUR);
      cache.remove("b");
      assertThat(text(cache, "a")).contains("two");
      assertThat(text(cache, "b")).isEmpty();
      assertThat(cache.health().failures()).isPositive();

      redis.start();
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (text(other, "c").isEmpty() && System.nanoTime() < end) {
        cache.put("c", bytes("three"), HOUR);
      }
      assertThat(text(other, "c")).contains("three");
      assertThat(text(cache, "a")).contains("two");
      assertThat(cache.health().state()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void what_was_removed_while_the_server_did_not_listen_is_not_found_again() {
    try (var lonely = RedisProcess.open();
        var cache = RedisCache.open(eager(lonely.address()).build());
        var client = RedisClient.create(lonely.address())) {
      cache.put("a", bytes("one"), HOUR);
      cache.put("b", bytes("one"), HOUR);
      client.configSet("min-replicas-to-write", "1");
      cache.remove("a");
      cache.put("b", bytes("two"), HOUR);
      client.configSet("min-replicas-to-write", "0");
      assertThat(client.exists("kg:a")).isTrue();
      assertThat(text(cache, "a")).isEmpty();
      assertThat(text(cache, "b")).contains("two");
      cache.put("a", bytes("three"), HOUR);
      assertThat(text(cache, "a")).contains("three");
    }
  }

  @Test
  void a_full_server_is_done_without() {
    try (var full = RedisProcess.open("maxmemory 1", "maxmemory-policy noeviction");
        var cache = RedisCache.open(eager(full.address()).build())) {
      cache.put("a", bytes("one"), HOUR);
      assertThat(text(cache, "a")).contains("one");
      assertThat(cache.health().failures()).isPositive();
    }
  }

  @Test
  void a_server_that_is_silent_is_waited_for_some_times_and_then_left_alone() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var cache =
            RedisCache.open(
                config(URI.create("redis://127.0.0.1:" + silent.getLocalPort()))
                    .timeout(Duration.ofMillis(20))
                    .build())) {
      for (int i = 0; i < 50; i++) {
        cache.put("a", bytes("one" + i), HOUR);
        assertThat(text(cache, "a")).contains("one" + i);
        assertThat(text(cache, "b")).isEmpty();
      }
      assertThat(cache.health().state()).isEqualTo(BreakerState.OPEN);
      assertThat(cache.health().tries()).isBetween(1L, 8L);
      assertThat(cache.health().notAsked()).isGreaterThan(80);
    }
  }

  @Test
  void what_is_not_of_this_format_is_not_there_until_it_is_put_and_does_no_harm() {
    try (var cache = RedisCache.open(config(redis.address()).build());
        var client = RedisClient.create(redis.address())) {
      client.set("kg:text", "a text of somebody else");
      client.set("kg:short", "kgc");
      client.set(bytes("kg:other"), new byte[40]);
      client.rpush("kg:list", "one");
      for (String key : List.of("text", "short", "other", "list")) {
        assertThat(text(cache, key)).isEmpty();
        cache.put(key, bytes("mine"), HOUR);
        assertThat(text(cache, key)).contains("mine");
      }
      assertThat(cache.health().failures()).isZero();
    }
  }

  @Test
  void a_password_is_used_and_a_wrong_one_is_told_to_nobody() {
    var told = new CopyOnWriteArrayList<String>();
    var hook =
        new ResilienceMetrics() {
          @Override
          public void tried(Try tried) {
            told.add(tried.toString());
          }

          @Override
          public void changed(Change change) {
            told.add(change.toString());
          }
        };
    try (var guarded = RedisProcess.open("requirepass " + PASSWORD);
        var right = RedisCache.open(config(with(guarded, PASSWORD)).build());
        var wrong =
            RedisCache.open(config(with(guarded, "not-" + PASSWORD)).metrics(hook).build())) {
      right.put("a", bytes("one"), HOUR);
      assertThat(right.health().failures()).isZero();
      for (int i = 0; i < 10; i++) {
        assertThat(text(wrong, "a")).isEmpty();
      }
      assertThat(wrong.health().state()).isEqualTo(BreakerState.OPEN);
      assertThat(told).anyMatch(news -> news.contains("CACHE_AWAY"));
      assertThat(told).anyMatch(news -> news.contains("to=OPEN"));
      assertThat(told.toString() + wrong.health()).doesNotContain(PASSWORD);
    }
  }

  private static URI with(RedisProcess server, String password) {
    return URI.create("redis://:" + password + "@127.0.0.1:" + server.port() + "/0");
  }

  @Test
  void a_closed_one_finds_and_keeps_nothing() {
    var cache = RedisCache.open(config(redis.address()).build());
    cache.put("a", bytes("one"), HOUR);
    cache.close();
    cache.close();
    cache.put("b", bytes("two"), HOUR);
    cache.remove("a");
    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.get("b")).isEmpty();
  }
}
