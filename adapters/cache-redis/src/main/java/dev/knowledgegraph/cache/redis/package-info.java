/**
 * A cache that several processes share on a Redis server. Start with {@link
 * dev.knowledgegraph.cache.redis.RedisCache}; {@link
 * dev.knowledgegraph.cache.redis.RedisCacheConfig} says where the server is and how long to wait
 * for it. While it is away, what cannot be put there is kept in memory.
 *
 * <p>Values are kept as they are given, and believed as they are found: who can write to the server
 * can change answers, and who can read it can read them. Jedis does the work and shows nowhere in
 * the API.
 */
@NullMarked
package dev.knowledgegraph.cache.redis;

import org.jspecify.annotations.NullMarked;
