/**
 * A cache in memory for many threads, bounded by entries or by weight. Start with {@link
 * dev.knowledgegraph.cache.caffeine.CaffeineCache}. Caffeine does the work and shows nowhere in the
 * API.
 */
@NullMarked
package dev.knowledgegraph.cache.caffeine;

import org.jspecify.annotations.NullMarked;
