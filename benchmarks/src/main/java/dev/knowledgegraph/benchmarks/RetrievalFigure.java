package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.embeddings.onnx.OnnxEmbedder;
import dev.knowledgegraph.memory.HashingEmbedder;
import java.util.List;

/** Finding documents by vectors alone: the local sentence model beside the one without a model. */
final class RetrievalFigure implements Figure {
  private final String name;

  /** A test collection by its name. */
  RetrievalFigure(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Row> measure() throws Exception {
    var collection = TestCollection.read(name);
    try (var model = OnnxEmbedder.allMiniLm();
        var hashing = HashingEmbedder.create()) {
      var ours = collection.grade(new VectorRetriever(model, collection.documents()));
      var other = collection.grade(new VectorRetriever(hashing, collection.documents()));
      return List.of(
          row("nDCG@10", ours.ndcg(), other.ndcg()),
          row("recall@100", ours.recall(), other.recall()),
          row("MRR", ours.mrr(), other.mrr()));
    }
  }

  private Row row(String measure, double ours, double other) {
    return Row.atLeast(
        1, name + ", vectors of MiniLM: " + measure, ours, "", other, "of words hashed");
  }
}
