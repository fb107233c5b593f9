/**
 * The values of the domain: ids, labels, tags, properties, and the records {@link
 * dev.knowledgegraph.model.Node}, {@link dev.knowledgegraph.model.Edge}, {@link
 * dev.knowledgegraph.model.Graph} and {@link dev.knowledgegraph.model.Category}.
 *
 * <p>Start with {@link dev.knowledgegraph.model.NodeData}. Every value checks itself when it is
 * made, so nothing downstream checks again; what depends on a graph's {@link
 * dev.knowledgegraph.model.Policy} is checked by the deciders. Nothing but the JDK may be imported
 * here.
 */
@NullMarked
package dev.knowledgegraph.model;

import org.jspecify.annotations.NullMarked;
