package dev.knowledgegraph.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * What one writes who uses Lucene alone: title and text in one field, its English analyzer, BM25.
 */
final class BareLucene implements Retriever, AutoCloseable {
  private final EnglishAnalyzer analyzer = new EnglishAnalyzer();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  BareLucene(List<TestCollection.Document> documents) throws IOException {
    var directory = new ByteBuffersDirectory();
    try (var writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (TestCollection.Document each : documents) {
        var document = new Document();
        document.add(new StringField("id", each.id(), Store.YES));
        document.add(new TextField("text", each.title() + "\n" + each.text(), Store.NO));
        writer.addDocument(document);
      }
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  @Override
  public List<String> top(String text, int k) {
    Query query = new QueryBuilder(analyzer).createBooleanQuery("text", text);
    var ids = new ArrayList<String>();
    if (query != null) {
      try {
        for (var hit : searcher.search(query, k).scoreDocs) {
          ids.add(searcher.storedFields().document(hit.doc).get("id"));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ids;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
