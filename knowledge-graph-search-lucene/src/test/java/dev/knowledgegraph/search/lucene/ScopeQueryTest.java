package dev.knowledgegraph.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.tck.Scribe;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents are looked up by their graph only where there are others. */
class ScopeQueryTest {
  private static final GraphRef FIRST = graph("ada", 1);
  private static final GraphRef SECOND = graph("ada", 2);
  private static final GraphRef THIRD = graph("bob", 3);

  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();

  private static GraphRef graph(String owner, long number) {
    return new GraphRef(UserId.of(owner), Scribe.graphId(number));
  }

  @BeforeEach
  void fill() throws IOException {
    try (var writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (GraphRef graph : List.of(FIRST, FIRST, FIRST, SECOND, SECOND, THIRD)) {
        var document = new Document();
        document.add(new StringField(Fields.SCOPE, NodeDocument.scope(graph), Field.Store.NO));
        writer.addDocument(document);
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    directory.close();
  }

  private int count(GraphRef... graphs) throws IOException {
    try (var reader = DirectoryReader.open(directory)) {
      return new IndexSearcher(reader).count(new ScopeQuery(List.of(graphs)));
    }
  }

  private boolean isEverything(GraphRef... graphs) throws IOException {
    try (var reader = DirectoryReader.open(directory)) {
      return new ScopeQuery(List.of(graphs))
          .rewrite(new IndexSearcher(reader))
          .equals(MatchAllDocsQuery.INSTANCE);
    }
  }

  @Test
  void graphs_that_are_all_there_are_need_no_look() throws IOException {
    assertThat(isEverything(FIRST, SECOND, THIRD)).isTrue();
    assertThat(isEverything(FIRST, SECOND)).isFalse();
    assertThat(isEverything(THIRD)).isFalse();
    try (var writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.deleteDocuments(new ScopeQuery(List.of(THIRD)));
      writer.forceMerge(1);
    }
    assertThat(isEverything(FIRST, SECOND)).isTrue();
    assertThat(isEverything(FIRST)).isFalse();
  }

  @Test
  void a_graph_is_one_of_its_owner() throws IOException {
    assertThat(count(FIRST, THIRD)).isEqualTo(4);
    assertThat(count(FIRST, graph("ada", 3))).isEqualTo(3);
    assertThat(count(graph("bob", 1), graph("bob", 2))).isZero();
    assertThat(count(SECOND)).isEqualTo(2);
  }

  @Test
  void the_same_graphs_make_the_same_query_in_any_order() {
    var one = new ScopeQuery(List.of(FIRST, SECOND));
    assertThat(one)
        .isEqualTo(new ScopeQuery(List.of(SECOND, FIRST)))
        .hasSameHashCodeAs(new ScopeQuery(List.of(SECOND, FIRST)))
        .hasToString(new ScopeQuery(List.of(SECOND, FIRST)).toString())
        .isNotEqualTo(new ScopeQuery(List.of(FIRST, THIRD)));
  }
}
