package dev.knowledgegraph.embeddings.onnx;

import dev.knowledgegraph.tck.search.EmbedderContract;

class OnnxEmbedderContractTest extends EmbedderContract {
  OnnxEmbedderContractTest() {
    super(OnnxEmbedder::allMiniLm);
  }
}
