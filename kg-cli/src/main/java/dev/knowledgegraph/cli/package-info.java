/** The command line {@code kg}. */
@NullMarked
package dev.knowledgegraph.cli;

import org.jspecify.annotations.NullMarked;
