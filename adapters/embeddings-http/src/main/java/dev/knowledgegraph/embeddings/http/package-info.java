/**
 * Vectors from a service that speaks the protocol of OpenAI, as most of them do, local ones
 * included. Start with {@link dev.knowledgegraph.embeddings.http.HttpEmbedder}.
 */
@NullMarked
package dev.knowledgegraph.embeddings.http;

import org.jspecify.annotations.NullMarked;
