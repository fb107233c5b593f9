/**
 * Vectors from a sentence model that runs here. Start with {@link
 * dev.knowledgegraph.embeddings.onnx.OnnxEmbedder}. The runtime, the tokenizer and the model are
 * automatic modules, the first two under names that their makers chose; the third, found by its
 * files only, is there because all automatic modules are as soon as one is.
 */
module dev.knowledgegraph.embeddings.onnx {
  requires transitive dev.knowledgegraph.core;
  requires ai.djl.tokenizers;
  requires com.github.benmanes.caffeine;
  requires com.microsoft.onnxruntime;

  exports dev.knowledgegraph.embeddings.onnx;

  provides dev.knowledgegraph.spi.EmbedderFactory with
      dev.knowledgegraph.embeddings.onnx.OnnxEmbedderFactory;
}
