package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.search.NodeTexts;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

/**
 * A process with an earlier Lucene on its class path, which writes the index of a store as this
 * library would have done: {@code EarlierLuceneChild STORE}. Each document has one more word in its
 * title, by which the index can be told from any other.
 */
final class EarlierLuceneChild {
  static final String MARK = "palimpsest";

  private EarlierLuceneChild() {}

  /** Writes it, and ends. */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(args[0]);
    Path folder = home.resolve("index");
    Files.createDirectories(folder.resolve("gen-1"));
    Files.writeString(folder.resolve("current"), "gen-1\n");
    var config = LuceneSearchConfig.standard();
    var analysis = new Analysis(config.language());
    var writing = new IndexWriterConfig(analysis.forDocuments());
    try (var storage = JdbcStorage.openSqlite(home);
        var directory = FSDirectory.open(folder.resolve("gen-1"));
        var writer = new IndexWriter(directory, writing)) {
      var data = CommitData.start(config);
      for (GraphRef graph : storage.logs(null, 10)) {
        for (Committed commit : storage.read(graph, 0, Integer.MAX_VALUE)) {
          add(graph, commit, storage, config, analysis, writer);
          data = data.with(data.checkpoint(graph).at(commit), false);
        }
      }
      writer.setLiveCommitData(data.entries().entrySet());
      writer.commit();
    }
  }

  private static void add(
      GraphRef graph,
      Committed commit,
      Storage storage,
      LuceneSearchConfig config,
      Analysis analysis,
      IndexWriter writer)
      throws IOException {
    List<NodeId> added =
        commit.events().stream()
            .filter(NodeAdded.class::isInstance)
            .map(event -> ((NodeAdded) event).node())
            .toList();
    long at = commit.position().sequence();
    for (Node node : storage.nodes(graph, added, at).values()) {
      float[] vector =
          config.embedder().embedDocuments(List.of(NodeTexts.forEmbedding(node))).getFirst();
      Document document = new DocumentMaker(analysis).of(graph, node, at, true, vector);
      document.add(new TextField(Fields.TITLE, MARK, Field.Store.NO));
      writer.addDocument(document);
    }
  }
}
