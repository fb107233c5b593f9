/**
 * The shape of a graph in arrays of ints, for traversals: {@link
 * dev.knowledgegraph.internal.adjacency.Adjacency} is one immutable state of it, {@link
 * dev.knowledgegraph.internal.adjacency.Adjacencies} keeps them, brings them up to date from the
 * log and forgets them where memory is short.
 */
@NullMarked
package dev.knowledgegraph.internal.adjacency;

import org.jspecify.annotations.NullMarked;
