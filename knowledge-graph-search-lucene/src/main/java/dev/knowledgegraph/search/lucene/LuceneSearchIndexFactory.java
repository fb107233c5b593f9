package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.SearchIndexFactory;
import dev.knowledgegraph.spi.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps the index of a store that is a directory in the folder {@code index} of it. */
public final class LuceneSearchIndexFactory implements SearchIndexFactory {
  private static final String PREFIX = "jdbc:sqlite:";
  private static final String FOLDER = "index";

  /** Found by {@link java.util.ServiceLoader}. */
  public LuceneSearchIndexFactory() {}

  @Override
  public Optional<SearchIndex> open(String address, Storage storage) {
    String path = address.startsWith(PREFIX) ? address.substring(PREFIX.length()) : address;
    if (path.contains("://") || path.startsWith("jdbc:") || !Files.isDirectory(Path.of(path))) {
      return Optional.empty();
    }
    Path store = Path.of(path);
    return Optional.of(
        LuceneIndex.open(store.resolve(FOLDER), storage, SearchSettings.read(store)));
  }
}
