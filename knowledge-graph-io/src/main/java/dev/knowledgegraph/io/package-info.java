/** Reading graphs from files and writing them to files. */
@NullMarked
package dev.knowledgegraph.io;

import org.jspecify.annotations.NullMarked;
