/**
 * Answers kept in memory, by Caffeine. Start with {@link
 * dev.knowledgegraph.cache.caffeine.CaffeineCache}.
 */
module dev.knowledgegraph.cache.caffeine {
  requires transitive dev.knowledgegraph.core;
  requires com.github.benmanes.caffeine;

  exports dev.knowledgegraph.cache.caffeine;
}
