package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import dev.knowledgegraph.tck.search.LinkingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Linking on SQLite and Lucene, as a store in a directory has them. */
class LuceneLinkingTest extends LinkingContract {
  private final Path folder;

  LuceneLinkingTest(@TempDir Path folder) {
    super(open(folder, true));
    this.folder = folder;
  }

  private static KnowledgeGraph open(Path folder, boolean searchable) {
    var builder = KnowledgeGraph.builder().storage(JdbcStorage.openSqlite(folder.resolve("store")));
    return (searchable ? builder.search(LuceneSearch.in(folder.resolve("index"))) : builder)
        .build();
  }

  @Override
  protected KnowledgeGraph reopen(KnowledgeGraph before, boolean searchable) {
    before.close();
    return open(folder, searchable);
  }
}
