package dev.knowledgegraph.tck;

import dev.knowledgegraph.tck.search.InMemorySearchFixture;
import dev.knowledgegraph.tck.search.SearchContract;
import dev.knowledgegraph.tck.search.SearchGraphsContract;
import dev.knowledgegraph.tck.search.SearchHistoryContract;
import dev.knowledgegraph.tck.search.SearchRebuildContract;
import org.junit.jupiter.api.Nested;

/** The reference implementation of search keeps every contract. */
class InMemorySearchContractTest {
  @Nested
  class Search extends SearchContract {
    Search() {
      super(InMemorySearchFixture::new);
    }
  }

  @Nested
  class Graphs extends SearchGraphsContract {
    Graphs() {
      super(InMemorySearchFixture::new);
    }
  }

  @Nested
  class History extends SearchHistoryContract {
    History() {
      super(InMemorySearchFixture::new);
    }
  }

  @Nested
  class Rebuild extends SearchRebuildContract {
    Rebuild() {
      super(InMemorySearchFixture::new);
    }
  }
}
