package dev.knowledgegraph.cache.redis;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.util.JedisURIHelper;

/** The client of a configuration, with its pool. */
final class RedisConnections {
  private RedisConnections() {}

  static RedisClient open(RedisCacheConfig config) {
    return RedisClient.builder()
        .hostAndPort(config.address().getHost(), config.port())
        .clientConfig(client(config))
        .poolConfig(pool(config))
        .build();
  }

  private static JedisClientConfig client(RedisCacheConfig config) {
    var client =
        DefaultJedisClientConfig.builder()
            // Its few commands are the same in both protocols, and old servers know only this one.
            .resp2()
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .connectionTimeoutMillis((int) config.connectTimeout().toMillis())
            .socketTimeoutMillis((int) config.timeout().toMillis())
            .database(config.database());
    if (config.isEncrypted()) {
      // The certificate must be of an authority that the JVM trusts, and name the host.
      client.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
    }
    if (config.address().getRawUserInfo() != null) {
      client
          .user(JedisURIHelper.getUser(config.address()))
          .password(JedisURIHelper.getPassword(config.address()));
    }
    return client.build();
  }

  private static ConnectionPoolConfig pool(RedisCacheConfig config) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(config.connections());
    pool.setMaxIdle(config.connections());
    pool.setMaxWait(config.timeout());
    pool.setJmxEnabled(false);
    return pool;
  }
}
