package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.search.NodeTexts;
import dev.knowledgegraph.search.RankFusion;
import dev.knowledgegraph.spi.Embedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * What one writes who needs nodes found and has Lucene alone: the fields ours has, its standard
 * analyzer, codec and graph of vectors, texts stored; one graph, no history, no other filter.
 */
final class BareLuceneNodes implements AutoCloseable {
  private static final List<String> FIELDS = List.of("title", "body", "tag", "label", "property");
  private static final String VECTOR = "vector";
  private static final int FUSED = 200;

  private final StandardAnalyzer analyzer = new StandardAnalyzer();
  private final Embedder embedder;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  BareLuceneNodes(Path folder, List<Node> nodes, Embedder embedder) throws IOException {
    this.embedder = embedder;
    var directory = FSDirectory.open(folder);
    var config = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(128);
    try (var writer = new IndexWriter(directory, config)) {
      for (Node node : nodes) {
        writer.addDocument(document(node));
      }
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  private Document document(Node node) {
    var document = new Document();
    document.add(new StringField("id", node.id().toString(), Store.YES));
    for (String field : NodeTexts.FIELDS) {
      NodeTexts.of(node, field)
          .forEach(text -> document.add(new TextField(field, text, Store.YES)));
    }
    NodeTexts.ofProperties(node.properties())
        .forEach(text -> document.add(new TextField("property", text, Store.YES)));
    float[] vector = embedder.embedDocuments(List.of(NodeTexts.forEmbedding(node))).getFirst();
    document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }

  /** The ten best by words in any field, and how many there are. */
  List<String> byText(String text) throws IOException {
    return read(byText(text, 10));
  }

  private ScoreDoc[] byText(String text, int k) throws IOException {
    var any = new BooleanQuery.Builder();
    for (String field : FIELDS) {
      Query query = new QueryBuilder(analyzer).createBooleanQuery(field, text);
      if (query != null) {
        any.add(query, BooleanClause.Occur.SHOULD);
      }
    }
    return searcher.search(any.build(), new TopScoreDocCollectorManager(k, null, Integer.MAX_VALUE))
        .scoreDocs;
  }

  /** The ten nearest among as many candidates as the graph of vectors is asked for. */
  List<String> byVector(String text, int candidates) throws IOException {
    return read(nearest(text, candidates, 10));
  }

  private ScoreDoc[] nearest(String text, int candidates, int k) throws IOException {
    return searcher.search(
            new KnnFloatVectorQuery(VECTOR, embedder.embedQuery(text), candidates), k)
        .scoreDocs;
  }

  /** The ten best of both, by their ranks in either. */
  List<String> byBoth(String text, int candidates) throws IOException {
    Map<Integer, Double> scores = new HashMap<>();
    var nearest = nearest(text, Math.max(candidates, FUSED), FUSED);
    for (ScoreDoc[] ranking : List.of(byText(text, FUSED), nearest)) {
      for (int rank = 1; rank <= ranking.length; rank++) {
        scores.merge(ranking[rank - 1].doc, 1.0 / (RankFusion.K + rank), Double::sum);
      }
    }
    return read(
        scores.entrySet().stream()
            .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
            .limit(10)
            .map(each -> new ScoreDoc(each.getKey(), 0))
            .toArray(ScoreDoc[]::new));
  }

  /** The ids of documents whose texts are read, too. */
  private List<String> read(ScoreDoc[] hits) throws IOException {
    var ids = new ArrayList<String>();
    for (ScoreDoc hit : hits) {
      ids.add(searcher.storedFields().document(hit.doc).get("id"));
    }
    return ids;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
