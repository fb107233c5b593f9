package dev.knowledgegraph.search.lucene;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;

/**
 * How vectors are written: as they are, with a graph to walk (Malkov and Yashunin 2018) only in
 * segments so large that building it pays; smaller ones are looked through.
 */
final class VectorFormat {
  private static final int CONNECTIONS = 16;
  private static final int BEAM = 100;

  /** In vectors that would be looked at for one question; Lucene's measure. */
  private static final int GRAPH_FROM = 20_000;

  private VectorFormat() {}

  static KnnVectorsFormat get() {
    return new Lucene99HnswVectorsFormat(CONNECTIONS, BEAM, 1, null, GRAPH_FROM);
  }
}
