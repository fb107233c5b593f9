package dev.knowledgegraph.embeddings.onnx;

import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.spi.EmbedderFactory;
import java.util.Map;

/** {@code onnx}: the sentence model that comes with this artifact; it has no settings. */
public final class OnnxEmbedderFactory implements EmbedderFactory {
  /** Found by {@link java.util.ServiceLoader}. */
  public OnnxEmbedderFactory() {}

  @Override
  public String kind() {
    return "onnx";
  }

  @Override
  public Embedder create(Map<String, String> settings) {
    if (!settings.isEmpty()) {
      throw new IllegalArgumentException(
          "embedder: onnx expected no settings, found " + settings.keySet());
    }
    return OnnxEmbedder.allMiniLm();
  }
}
