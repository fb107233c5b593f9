/**
 * All that can go wrong: {@link dev.knowledgegraph.error.Rejection} for a refused wish, {@link
 * dev.knowledgegraph.error.KnowledgeGraphException} for a failure, {@link
 * dev.knowledgegraph.error.Validator} to find all errors of an input at once.
 */
@NullMarked
package dev.knowledgegraph.error;

import org.jspecify.annotations.NullMarked;
