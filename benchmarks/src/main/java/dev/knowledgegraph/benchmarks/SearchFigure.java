package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.embeddings.onnx.OnnxEmbedder;
import dev.knowledgegraph.query.SearchMode;
import java.util.List;

/** What search finds, by text beside bare Lucene, and by text and vectors together beside each. */
final class SearchFigure implements Figure {
  private final String collection;

  /** On a test collection. */
  SearchFigure(String collection) {
    this.collection = collection;
  }

  @Override
  public String name() {
    return "search-" + collection;
  }

  @Override
  public List<Row> measure() throws Exception {
    var judged = TestCollection.read(collection);
    try (var bare = new BareLucene(judged.documents());
        var search = new SearchRetriever(OnnxEmbedder.allMiniLm(), judged.documents())) {
      var lucene = judged.grade(bare);
      var text = judged.grade(search.in(SearchMode.TEXT));
      var vector = judged.grade(search.in(SearchMode.VECTOR));
      var hybrid = judged.grade(search.in(SearchMode.HYBRID));
      return List.of(
          row("text: nDCG@10", text.ndcg(), lucene.ndcg(), "bare Lucene, English analyzer"),
          row("text: recall@100", text.recall(), lucene.recall(), "bare Lucene, English analyzer"),
          row("hybrid: nDCG@10", hybrid.ndcg(), text.ndcg(), "text alone"),
          row("hybrid: nDCG@10", hybrid.ndcg(), vector.ndcg(), "vectors alone"),
          row("hybrid: recall@100", hybrid.recall(), text.recall(), "text alone"),
          row("hybrid: recall@100", hybrid.recall(), vector.recall(), "vectors alone"));
    }
  }

  private Row row(String measure, double ours, double other, String comparedWith) {
    return Row.atLeast(1, collection + ", " + measure, ours, "", other, comparedWith);
  }
}
