/**
 * The rules. A decider is a pure function from a command and {@link
 * dev.knowledgegraph.domain.Facts} to a {@link dev.knowledgegraph.domain.Decision}; {@link
 * dev.knowledgegraph.domain.Evolution} folds events to state. No clock, no chance, no I/O.
 */
@NullMarked
package dev.knowledgegraph.domain;

import org.jspecify.annotations.NullMarked;
