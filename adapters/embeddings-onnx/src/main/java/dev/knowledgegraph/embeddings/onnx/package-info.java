/**
 * Vectors from a sentence model that runs in the process, without a network. Start with {@link
 * dev.knowledgegraph.embeddings.onnx.OnnxEmbedder}.
 */
@NullMarked
package dev.knowledgegraph.embeddings.onnx;

import org.jspecify.annotations.NullMarked;
