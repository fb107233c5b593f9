package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.memory.Embedders;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * How the index of a store is made, in its file {@code search.properties}: {@code analyzer} (a
 * language, else {@code standard}), {@code history} ({@code true} or {@code false}), {@code
 * embedder} (see {@link Embedders}). What is not said is as in {@link LuceneSearchConfig#standard}.
 */
final class SearchSettings {
  private static final String FILE = "search.properties";

  private SearchSettings() {}

  static LuceneSearchConfig read(Path store) {
    Path file = store.resolve(FILE);
    var config = LuceneSearchConfig.standard();
    if (!Files.exists(file)) {
      return config;
    }
    var settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      settings.load(reader);
    } catch (IOException e) {
      throw Failures.unavailable(e);
    }
    try {
      return config
          .withEmbedder(Embedders.of(settings.getProperty("embedder", "hashing")))
          .withLanguage(Language.parse(settings.getProperty("analyzer", "standard").strip()))
          .withHistory(Boolean.parseBoolean(settings.getProperty("history", "true").strip()));
    } catch (IllegalArgumentException e) {
      throw new StorageException("SEARCH_SETTINGS_INVALID", file + ": " + e.getMessage(), false, e);
    }
  }
}
