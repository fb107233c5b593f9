package dev.knowledgegraph.tck.search;

import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;

/**
 * How the suites get at the index they test; each test has a fixture of its own. The index must use
 * the default analyzer and this embedder, and keep history.
 */
public interface SearchFixture extends AutoCloseable {
  /** Opens a new index of the graphs of a storage. */
  SearchIndex create(Storage storage, Embedder embedder);

  /** Whether an index keeps what it has when it is closed. */
  boolean isDurable();

  /** Opens an index again that was closed, for the same storage or another one. */
  SearchIndex reopen(Storage storage, Embedder embedder);

  /** Does harm to what a closed index has kept; nothing if it keeps nothing. */
  void damage();

  /** Closes and deletes all that it opened. */
  @Override
  void close();
}
