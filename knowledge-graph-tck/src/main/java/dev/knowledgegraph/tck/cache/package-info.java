/**
 * What every cache has to keep: extend {@link dev.knowledgegraph.tck.cache.CacheContract} and give
 * it a cache that goes by the clock of the suite.
 */
@NullMarked
package dev.knowledgegraph.tck.cache;

import org.jspecify.annotations.NullMarked;
