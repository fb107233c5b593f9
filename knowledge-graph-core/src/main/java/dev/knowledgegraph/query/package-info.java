/**
 * Questions: the sealed family {@link dev.knowledgegraph.query.GraphQuery}, the views that answer
 * them, and the {@link dev.knowledgegraph.query.QueryBus}.
 */
@NullMarked
package dev.knowledgegraph.query;

import org.jspecify.annotations.NullMarked;
