/** Ports: what an adapter implements. Start with {@link dev.knowledgegraph.spi.Storage}. */
@NullMarked
package dev.knowledgegraph.spi;

import org.jspecify.annotations.NullMarked;
