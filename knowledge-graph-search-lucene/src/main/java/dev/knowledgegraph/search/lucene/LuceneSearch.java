package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Search on Lucene, for a store that is put together by hand: {@code
 * KnowledgeGraph.builder().storage(storage).search(LuceneSearch.in(folder)).build()}. A store that
 * is opened by its directory has its index in the folder {@code index} there.
 *
 * <p>Deleting the folder loses nothing: the index is made anew with the next search. One process
 * writes to it; others that search see what that one has made durable, some seconds late, and wait
 * for it if they ask for more. A folder that cannot be written to gets an index in memory, for as
 * long as the process lives.
 */
public final class LuceneSearch {
  private LuceneSearch() {}

  /** An index in a folder, which is made if it is not there. */
  public static Function<Storage, SearchIndex> in(Path folder) {
    return in(folder, LuceneSearchConfig.standard());
  }

  /** An index in a folder, made and asked in a certain way. */
  public static Function<Storage, SearchIndex> in(Path folder, LuceneSearchConfig config) {
    return storage -> LuceneIndex.open(folder, storage, config);
  }

  /** An index that lives as long as the process. */
  public static Function<Storage, SearchIndex> inMemory(LuceneSearchConfig config) {
    return storage -> LuceneIndex.open(null, storage, config);
  }
}
