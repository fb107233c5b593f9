/**
 * A search index in the folder of a store, on Lucene: one for all graphs of the store, derived from
 * the logs and made anew from them when it has to be. Start with {@link
 * dev.knowledgegraph.search.lucene.LuceneSearch}.
 *
 * <p>A document is one version of a node ({@code NodeDocument}), with the commits between which it
 * held. {@code Projection} follows the logs, {@code QueryTranslator} turns questions into queries,
 * {@code Generations} keeps the folders of which one is in use.
 */
@NullMarked
package dev.knowledgegraph.search.lucene;

import org.jspecify.annotations.NullMarked;
