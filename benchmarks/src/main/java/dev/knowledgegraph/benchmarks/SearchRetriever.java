package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.search.lucene.Language;
import dev.knowledgegraph.search.lucene.LuceneSearch;
import dev.knowledgegraph.search.lucene.LuceneSearchConfig;
import dev.knowledgegraph.spi.Embedder;
import java.util.List;

/** Our search: each document a node, whose key is its id. The mode is that of the next query. */
final class SearchRetriever implements Retriever, AutoCloseable {
  private final KnowledgeGraph store;
  private final GraphView graph;
  private SearchMode mode = SearchMode.TEXT;

  SearchRetriever(Embedder embedder, List<TestCollection.Document> documents) {
    var config = LuceneSearchConfig.standard().withLanguage(Language.EN).withEmbedder(embedder);
    store =
        KnowledgeGraph.builder()
            .storage(new InMemoryStorage())
            .search(LuceneSearch.inMemory(config))
            .build();
    graph = store.as(UserId.of("bench")).graph("documents");
    var nodes =
        documents.stream()
            .map(
                document ->
                    new ImportedNode(
                        graph.newNodeId(),
                        NodeData.node(document.title()).body(document.text()).key(document.id())))
            .toList();
    graph.send(new ImportNodes(graph.id(), nodes)).orThrow();
  }

  SearchRetriever in(SearchMode newMode) {
    mode = newMode;
    return this;
  }

  @Override
  public List<String> top(String query, int k) {
    var page = new Page.Request(Math.min(k, Page.MAX_SIZE), null);
    return graph.ask(Search.of(graph.id(), query).withMode(mode).withPage(page)).hits().stream()
        .map(hit -> hit.node().key().map(NodeKey::value).orElseThrow())
        .toList();
  }

  @Override
  public void close() {
    store.close();
  }
}
