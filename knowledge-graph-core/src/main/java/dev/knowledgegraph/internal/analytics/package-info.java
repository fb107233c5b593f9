/**
 * Algorithms over whole graphs of numbered nodes: pure functions of {@link
 * dev.knowledgegraph.internal.analytics.Arcs} that know nothing of stores, so that a slow reference
 * version can be held beside each. Uses the JDK alone.
 */
@NullMarked
package dev.knowledgegraph.internal.analytics;

import org.jspecify.annotations.NullMarked;
