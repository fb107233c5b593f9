package dev.knowledgegraph.memory;

import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.spi.EmbedderFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * Embedders by what a setting says: a kind, and what it needs to know, as in {@code hashing},
 * {@code hashing,dimension=256} or {@code
 * http,url=http://localhost:11434,model=all-minilm,dimension=384}.
 */
public final class Embedders {
  private static final String HASHING = "hashing";
  private static final String DIMENSION = "dimension";

  private Embedders() {}

  /**
   * The embedder that a setting means.
   *
   * @throws IllegalArgumentException naming what is wrong with it, and what was expected
   */
  public static Embedder of(String setting) {
    String[] parts = setting.strip().split(",");
    var settings = new HashMap<String, String>();
    for (int i = 1; i < parts.length; i++) {
      int sign = parts[i].indexOf('=');
      if (sign < 1) {
        throw new IllegalArgumentException(
            "embedder: expected kind,name=value,name=value; found " + setting);
      }
      settings.put(parts[i].substring(0, sign).strip(), parts[i].substring(sign + 1).strip());
    }
    String kind = parts[0].strip();
    return kind.equals(HASHING) ? hashing(settings) : found(kind, settings);
  }

  private static Embedder hashing(Map<String, String> settings) {
    String dimension = settings.get(DIMENSION);
    if (settings.size() > (dimension == null ? 0 : 1)) {
      throw new IllegalArgumentException(
          "embedder: hashing expected dimension=…, found " + new TreeSet<>(settings.keySet()));
    }
    try {
      return dimension == null
          ? HashingEmbedder.create()
          : new HashingEmbedder(Integer.parseInt(dimension));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("dimension: expected a number, found " + dimension, e);
    }
  }

  private static Embedder found(String kind, Map<String, String> settings) {
    var kinds = new TreeSet<String>();
    kinds.add(HASHING);
    for (EmbedderFactory factory : ServiceLoader.load(EmbedderFactory.class)) {
      if (factory.kind().equals(kind)) {
        return factory.create(settings);
      }
      kinds.add(factory.kind());
    }
    throw new IllegalArgumentException(
        "embedder: expected one of "
            + String.join(", ", kinds)
            + "; found "
            + kind
            + " (onnx comes with the artifact dev.knowledgegraph:knowledge-graph-embeddings-onnx,"
            + " http with -http)");
  }
}
