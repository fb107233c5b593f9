package dev.knowledgegraph.resilience;

import dev.knowledgegraph.spi.Embedder;
import java.util.List;

/** An embedder that is asked through a {@link Resilience}; it keeps all laws of the one inside. */
public final class ResilientEmbedder implements Embedder {
  private final Embedder embedder;
  private final Resilience resilience;

  private ResilientEmbedder(Embedder embedder, Resilience resilience) {
    this.embedder = embedder;
    this.resilience = resilience;
  }

  /** Around {@code embedder}, which it closes with itself. */
  public static ResilientEmbedder of(Embedder embedder, Resilience resilience) {
    return new ResilientEmbedder(embedder, resilience);
  }

  @Override
  public String name() {
    return embedder.name();
  }

  @Override
  public int dimension() {
    return embedder.dimension();
  }

  @Override
  public List<float[]> embedDocuments(List<String> texts) {
    return resilience.call(() -> embedder.embedDocuments(texts));
  }

  @Override
  public float[] embedQuery(String text) {
    return resilience.call(() -> embedder.embedQuery(text));
  }

  @Override
  public void close() {
    embedder.close();
  }
}
