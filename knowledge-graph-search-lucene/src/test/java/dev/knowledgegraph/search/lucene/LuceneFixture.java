package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.search.SearchFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Indexes in temporary folders. */
final class LuceneFixture implements SearchFixture {
  private static final int SOME_BYTES = 40;

  private final Path home;
  private final List<SearchIndex> opened = new ArrayList<>();
  private int created;

  LuceneFixture() {
    try {
      home = Files.createTempDirectory("kg-search");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public SearchIndex create(Storage storage, Embedder embedder) {
    return open(home.resolve("index-" + ++created), storage, embedder);
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public SearchIndex reopen(Storage storage, Embedder embedder) {
    return open(home.resolve("index-1"), storage, embedder);
  }

  private SearchIndex open(Path folder, Storage storage, Embedder embedder) {
    var index =
        LuceneSearch.in(folder, LuceneSearchConfig.standard().withEmbedder(embedder))
            .apply(storage);
    opened.add(index);
    return index;
  }

  /** Cuts every file of the index short. */
  @Override
  public void damage() {
    try (var files = Files.walk(home.resolve("index-1"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (!file.endsWith("current")) {
          Files.write(file, java.util.Arrays.copyOf(bytes, Math.min(bytes.length, SOME_BYTES)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    opened.forEach(SearchIndex::close);
    try (var files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
