package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.tck.search.SearchContract;
import dev.knowledgegraph.tck.search.SearchGraphsContract;
import dev.knowledgegraph.tck.search.SearchHistoryContract;
import dev.knowledgegraph.tck.search.SearchRebuildContract;
import org.junit.jupiter.api.Nested;

/** Lucene keeps every contract of search. */
class LuceneSearchContractTest {
  @Nested
  class Search extends SearchContract {
    Search() {
      super(LuceneFixture::new);
    }
  }

  @Nested
  class Graphs extends SearchGraphsContract {
    Graphs() {
      super(LuceneFixture::new);
    }
  }

  @Nested
  class History extends SearchHistoryContract {
    History() {
      super(LuceneFixture::new);
    }
  }

  @Nested
  class Rebuild extends SearchRebuildContract {
    Rebuild() {
      super(LuceneFixture::new);
    }
  }
}
