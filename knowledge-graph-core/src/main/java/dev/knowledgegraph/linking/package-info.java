/**
 * Links that follow from what nodes say: how alike two nodes are, where a body has another node's
 * name, and what a run of linking is asked for and answers. Pure functions and values; start with
 * {@link dev.knowledgegraph.linking.Similarity} and {@link dev.knowledgegraph.linking.Names}. What
 * carries them out is {@code GraphView.linking()}.
 */
@NullMarked
package dev.knowledgegraph.linking;

import org.jspecify.annotations.NullMarked;
