/** What shows that the kit finds what it is there to find. */
@NullMarked
package dev.knowledgegraph.tck.kit;

import org.jspecify.annotations.NullMarked;
