/**
 * Answers that several processes keep on a Redis server. Start with {@link
 * dev.knowledgegraph.cache.redis.RedisCache}. The client is an automatic module.
 */
module dev.knowledgegraph.cache.redis {
  requires transitive dev.knowledgegraph.core;
  requires transitive dev.knowledgegraph.resilience;
  requires redis.clients.jedis;
  requires org.apache.commons.pool2;

  exports dev.knowledgegraph.cache.redis;
}
