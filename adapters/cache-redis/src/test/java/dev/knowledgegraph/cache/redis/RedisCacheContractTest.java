package dev.knowledgegraph.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.spi.Codec;
import dev.knowledgegraph.spi.EncodedCache;
import dev.knowledgegraph.tck.cache.CacheContract;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The laws with a server, and without one. */
class RedisCacheContractTest {
  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static final RedisProcess REDIS = RedisProcess.open();

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  private static Cache<String> cache(URI address, Clock clock) {
    return new EncodedCache<>(
        RedisCache.open(
            RedisCacheConfig.builder(address)
                .prefix("test" + PREFIXES.incrementAndGet() + ":")
                .clock(clock)
                .build()),
        new Texts());
  }

  @Nested
  class With_a_server extends CacheContract {
    @Override
    protected Cache<String> cache(Clock clock) {
      return RedisCacheContractTest.cache(REDIS.address(), clock);
    }
  }

  @Nested
  class Without_a_server extends CacheContract {
    @Override
    protected Cache<String> cache(Clock clock) {
      // Nobody listens there.
      return RedisCacheContractTest.cache(URI.create("redis://127.0.0.1:1"), clock);
    }
  }

  private record Texts() implements Codec<String> {
    @Override
    public byte[] encode(String text) {
      return text.getBytes(UTF_8);
    }

    @Override
    public String decode(byte[] bytes) {
      return new String(bytes, UTF_8);
    }
  }
}
