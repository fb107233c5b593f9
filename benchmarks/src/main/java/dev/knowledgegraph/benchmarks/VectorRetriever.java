package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.spi.Embedder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds by vectors alone, and compares with all of them; equal ones by their order. */
final class VectorRetriever implements Retriever {
  private final Embedder embedder;
  private final List<String> ids;
  private final List<float[]> vectors;

  VectorRetriever(Embedder embedder, List<TestCollection.Document> documents) {
    this.embedder = embedder;
    this.ids = documents.stream().map(TestCollection.Document::id).toList();
    this.vectors =
        embedder.embedDocuments(
            documents.stream().map(document -> document.title() + "\n" + document.text()).toList());
  }

  @Override
  public List<String> top(String query, int k) {
    float[] vector = embedder.embedQuery(query);
    double[] scores = vectors.stream().mapToDouble(other -> cosine(vector, other)).toArray();
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .limit(k)
        .map(ids::get)
        .toList();
  }

  /** Of vectors of length 1. */
  static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
