/**
 * What tests of an adapter are made with: a {@link dev.knowledgegraph.tck.StorageFixture} says how
 * to open a store, a {@link dev.knowledgegraph.tck.Scribe} writes commits for it, {@link
 * dev.knowledgegraph.tck.RandomCommands} thinks of commands, {@link dev.knowledgegraph.tck.Answers}
 * compares what two stores, or one at two moments, say.
 */
@NullMarked
package dev.knowledgegraph.tck;

import org.jspecify.annotations.NullMarked;
