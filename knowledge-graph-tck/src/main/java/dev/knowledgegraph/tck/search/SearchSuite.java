package dev.knowledgegraph.tck.search;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.Views.Hit;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.Scribe;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** What the suites begin with: Ada's graph, an index of it, and the same questions everywhere. */
abstract class SearchSuite {
  static final int MANY = 1_000;

  final SearchFixture fixture;
  final Embedder embedder = HashingEmbedder.create();
  final Storage storage = new InMemoryStorage();
  final Scribe scribe = new Scribe("ada", 1);
  final GraphRef ref = scribe.ref();

  SearchSuite(Supplier<? extends SearchFixture> fixtures) {
    fixture = fixtures.get();
  }

  @AfterEach
  void closeFixture() {
    fixture.close();
  }

  /** A store that is searched by an index. */
  static KnowledgeGraph over(Storage storage, SearchIndex index) {
    return KnowledgeGraph.builder()
        .storage(storage)
        .clock(new ManualClock())
        .search(opened -> index)
        .build();
  }

  static List<String> titles(SearchResult found) {
    return found.hits().stream().map(Hit::node).map(Node::title).toList();
  }

  static SearchResult ask(KnowledgeGraph store, GraphRef graph, Search query) {
    return store.queries().ask(graph.owner(), query, QueryOptions.now());
  }

  static SearchResult ask(KnowledgeGraph store, GraphRef graph, Search query, long at) {
    return store.queries().ask(graph.owner(), query, QueryOptions.at(new Moment.AtSequence(at)));
  }

  Search text(String words) {
    return Search.of(ref.id(), words);
  }

  Search vector(String words) {
    return text(words).withMode(SearchMode.VECTOR);
  }

  Search hybrid(String words) {
    return text(words).withMode(SearchMode.HYBRID);
  }
}
