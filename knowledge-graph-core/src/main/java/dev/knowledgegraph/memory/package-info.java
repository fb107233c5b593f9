/** Every port in memory: the reference implementation, the easiest to read. */
@NullMarked
package dev.knowledgegraph.memory;

import org.jspecify.annotations.NullMarked;
