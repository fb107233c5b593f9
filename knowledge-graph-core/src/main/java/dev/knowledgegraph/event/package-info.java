/**
 * What happened: the sealed families of {@link dev.knowledgegraph.event.GraphEvent}, and {@link
 * dev.knowledgegraph.event.Committed}, the row of the log around them. Depends on the model only.
 */
@NullMarked
package dev.knowledgegraph.event;

import org.jspecify.annotations.NullMarked;
