package dev.knowledgegraph.tck.search;

import dev.knowledgegraph.memory.InMemorySearchIndex;
import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;

/** The reference implementation under test. */
public final class InMemorySearchFixture implements SearchFixture {
  /** Has opened nothing yet. */
  public InMemorySearchFixture() {}

  @Override
  public SearchIndex create(Storage storage, Embedder embedder) {
    return new InMemorySearchIndex(storage, embedder);
  }

  @Override
  public boolean isDurable() {
    return false;
  }

  @Override
  public SearchIndex reopen(Storage storage, Embedder embedder) {
    return create(storage, embedder);
  }

  @Override
  public void damage() {}

  @Override
  public void close() {}
}
