package dev.knowledgegraph.spi;

import java.util.Optional;

/**
 * Makes the search index of a store; found by {@link java.util.ServiceLoader}, so that core knows
 * no search engine and one more dependency is one more kind of search. Asked when a store is
 * searched for the first time.
 */
public interface SearchIndexFactory {
  /**
   * Opens the index of the store at {@code address}.
   *
   * @param storage whose logs it follows; stays open as long as the index
   * @return empty if this factory has no index for such addresses
   */
  Optional<SearchIndex> open(String address, Storage storage);
}
