/**
 * The door to the library: {@link dev.knowledgegraph.KnowledgeGraph}, {@link
 * dev.knowledgegraph.Session} and {@link dev.knowledgegraph.GraphView}, which bind a store to a
 * caller, a graph and a moment. Every method here is one command or one query.
 */
@NullMarked
package dev.knowledgegraph;

import org.jspecify.annotations.NullMarked;
