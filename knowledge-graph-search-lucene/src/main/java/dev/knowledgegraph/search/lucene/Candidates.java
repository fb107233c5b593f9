package dev.knowledgegraph.search.lucene;

import java.util.Arrays;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.hnsw.FloatHeap;

/** Documents of which some are the best, by a lowest and a highest score of each. */
final class Candidates {
  private final int most;

  /** The best of the lowest scores: with less than the least of them none is among the best. */
  private final FloatHeap best;

  private float enough = Float.NEGATIVE_INFINITY;
  private int[] documents;
  private float[] highest;
  private int size;

  Candidates(int most) {
    this.most = most;
    this.best = new FloatHeap(most);
    this.documents = new int[most];
    this.highest = new float[most];
  }

  /** Whether a document with this highest score may be among the best. */
  boolean mayHave(float highestScore) {
    return highestScore >= enough;
  }

  void add(int document, float lowestScore, float highestScore) {
    if (size == documents.length) {
      documents = ArrayUtil.grow(documents, size + 1);
      highest = ArrayUtil.growExact(highest, documents.length);
    }
    documents[size] = document;
    highest[size++] = highestScore;
    best.offer(lowestScore);
    if (best.size() == most) {
      enough = best.peek();
    }
  }

  /** Those that may be among the best, in the order in which they came. */
  int[] documents() {
    int[] left = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (mayHave(highest[i])) {
        left[count++] = documents[i];
      }
    }
    return Arrays.copyOf(left, count);
  }
}
