/**
 * What every search index has in common, so that all of them find the same: how a text becomes
 * words, what a query text means, which texts of a node are searched, and how rankings are fused.
 * Start with {@link dev.knowledgegraph.search.SearchQuestion}; the port is {@code
 * dev.knowledgegraph.spi.SearchIndex}.
 */
@NullMarked
package dev.knowledgegraph.search;

import org.jspecify.annotations.NullMarked;
