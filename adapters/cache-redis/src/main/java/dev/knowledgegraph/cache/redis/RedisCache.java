package dev.knowledgegraph.cache.redis;

import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.memory.InMemoryCache;
import dev.knowledgegraph.resilience.Health;
import dev.knowledgegraph.resilience.Resilience;
import dev.knowledgegraph.spi.Cache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/**
 * Keeps bytes on a Redis server, for all processes that use it. A call is one round trip. May be
 * shared between threads.
 *
 * <p>A server that is not reached, does not answer in time, or refuses (it is still loading, is
 * full, or only reads) never makes a call fail: what it did not take is kept in memory instead, and
 * found there first until the same key is put or removed on the server. After some failures it is
 * left alone for a while, and then tried again. What several processes put under one key while it
 * is away, or what it still carries out after somebody gave up waiting, has no order; a value
 * should tell by itself whether it still counts, as {@link dev.knowledgegraph.spi.CachedAnswer}
 * does.
 *
 * <p>What lies under a key and was not written by this class is not there.
 */
public final class RedisCache implements Cache<byte[]> {
  private final RedisCacheConfig config;
  private final Resilience resilience;
  private final RedisClient client;

  /** What the server did not take; empty for a removal. */
  private final Cache<Optional<byte[]>> untaken;

  private volatile boolean closed;

  private RedisCache(RedisCacheConfig config) {
    this.config = config;
    this.resilience = config.newResilience();
    this.client = RedisConnections.open(config);
    this.untaken = new InMemoryCache<>(config.fallbackEntries(), config.clock());
  }

  /** On the server of this configuration, which need not be there yet. */
  public static RedisCache open(RedisCacheConfig config) {
    return new RedisCache(config);
  }

  /** How the server has been doing. */
  public Health health() {
    return resilience.health();
  }

  @Override
  public Optional<byte[]> get(String key) {
    if (closed) {
      return Optional.empty();
    }
    var kept = untaken.get(key);
    return (kept.isPresent() ? kept.get() : find(key))
        .flatMap(bytes -> Frame.value(bytes, config.clock().instant()));
  }

  private Optional<byte[]> find(String key) {
    try {
      return call(() -> ask(key));
    } catch (KnowledgeGraphException e) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> ask(String key) {
    try {
      return Optional.ofNullable(client.get(bytes(key)));
    } catch (JedisDataException e) {
      // A list or the like: the server is well, and there is no value of ours.
      if (String.valueOf(e.getMessage()).startsWith("WRONGTYPE")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void put(String key, byte[] value, Duration life) {
    if (!life.isPositive()) {
      throw new IllegalArgumentException("life: expected more than zero, found " + life);
    }
    if (closed) {
      return;
    }
    var shorter = life.compareTo(config.longestLife()) < 0 ? life : config.longestLife();
    byte[] frame = Frame.of(value, config.clock().instant().plus(shorter));
    // Redis refuses a life of no milliseconds.
    var params = SetParams.setParams().px(Math.max(1, shorter.toMillis()));
    write(key, () -> client.set(bytes(key), frame, params), Optional.of(frame), shorter);
  }

  @Override
  public void remove(String key) {
    if (!closed) {
      write(key, () -> client.del(bytes(key)), Optional.empty(), config.longestLife());
    }
  }

  private void write(String key, Supplier<?> work, Optional<byte[]> instead, Duration life) {
    try {
      call(work);
      untaken.remove(key);
    } catch (KnowledgeGraphException e) {
      untaken.put(key, instead, life);
    }
  }

  private <T> T call(Supplier<T> work) {
    return resilience.call(
        () -> {
          try {
            return work.get();
          } catch (RuntimeException e) {
            throw failed(e);
          }
        });
  }

  private UnavailableException failed(RuntimeException e) {
    if (e instanceof JedisConnectionException) {
      // If one connection is broken, all that are idle may be, and each would fail once more.
      client.getPool().clear();
    }
    return UnavailableException.notAnswered(
        "CACHE_AWAY",
        "the cache at " + config.shownAddress() + " failed: " + e.getClass().getSimpleName(),
        e);
  }

  private byte[] bytes(String key) {
    return (config.prefix() + key).getBytes(StandardCharsets.UTF_8);
  }

  /** Leaves what is on the server there. */
  @Override
  public void close() {
    closed = true;
    client.close();
    untaken.close();
  }
}
