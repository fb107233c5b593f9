package dev.knowledgegraph.embeddings.http;

import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.spi.EmbedderFactory;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * {@code http,url=…,model=…,dimension=…}; {@code key} names the environment variable that holds the
 * service's key, {@value #KEY} unless said.
 */
public final class HttpEmbedderFactory implements EmbedderFactory {
  private static final String KEY = "KG_EMBEDDER_KEY";
  private static final Set<String> NAMES = Set.of("url", "model", "dimension", "key");

  /** Found by {@link java.util.ServiceLoader}. */
  public HttpEmbedderFactory() {}

  @Override
  public String kind() {
    return "http";
  }

  @Override
  public Embedder create(Map<String, String> settings) {
    for (String name : settings.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "embedder: http expected url, model, dimension, key; found " + name);
      }
    }
    String variable = settings.getOrDefault("key", KEY);
    var config =
        HttpEmbedderConfig.builder(
                URI.create(needed(settings, "url")),
                needed(settings, "model"),
                number(needed(settings, "dimension")))
            .apiKey(() -> System.getenv().getOrDefault(variable, ""))
            .build();
    return HttpEmbedder.create(config);
  }

  private static String needed(Map<String, String> settings, String name) {
    String value = settings.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("embedder: http expected " + name + "=…, found none");
    }
    return value;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("dimension: expected a number, found " + text, e);
    }
  }
}
