/**
 * The machinery behind the door: the writer pipeline, the buses, publishing. Start with {@link
 * dev.knowledgegraph.internal.Engine}. Not exported.
 */
@NullMarked
package dev.knowledgegraph.internal;

import org.jspecify.annotations.NullMarked;
