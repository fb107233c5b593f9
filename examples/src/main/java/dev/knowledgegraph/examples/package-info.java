/** Small programs that embed the library. Start with {@link dev.knowledgegraph.examples.Notes}. */
@NullMarked
package dev.knowledgegraph.examples;

import org.jspecify.annotations.NullMarked;
