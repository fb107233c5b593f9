/**
 * The machinery behind the door: the writer pipeline, the bus implementations, publishing. Not
 * exported.
 */
@NullMarked
package dev.knowledgegraph.internal;

import org.jspecify.annotations.NullMarked;
