/**
 * One suite for each contract of {@link dev.knowledgegraph.spi.Storage}. An adapter runs all of
 * them, with a class of three lines for each; opting out of one is a missing class. Nothing in them
 * is skipped.
 */
@NullMarked
package dev.knowledgegraph.tck.storage;

import org.jspecify.annotations.NullMarked;
