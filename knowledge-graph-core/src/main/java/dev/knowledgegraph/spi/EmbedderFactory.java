package dev.knowledgegraph.spi;

import java.util.Map;

/**
 * Makes embedders of one kind from settings, so that a store can say in words which it was indexed
 * with. Found on the class path by {@link java.util.ServiceLoader}.
 */
public interface EmbedderFactory {
  /** What the kind is called in settings; lower case letters and digits. */
  String kind();

  /**
   * Makes an embedder.
   *
   * @param settings by name; secrets are not among them, but the names of environment variables
   *     that hold them
   * @throws IllegalArgumentException naming the setting that is missing, unknown or out of range
   */
  Embedder create(Map<String, String> settings);
}
