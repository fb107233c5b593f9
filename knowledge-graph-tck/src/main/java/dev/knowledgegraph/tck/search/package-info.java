/**
 * One suite for each contract of search: {@link dev.knowledgegraph.spi.Embedder} and what finds
 * nodes. An adapter runs those of its port, with a class of three lines for each.
 */
@NullMarked
package dev.knowledgegraph.tck.search;

import org.jspecify.annotations.NullMarked;
