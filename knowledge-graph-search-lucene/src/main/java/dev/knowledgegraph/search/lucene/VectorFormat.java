package dev.knowledgegraph.search.lucene;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/**
 * How vectors are written: as they are, and beside them in two bits a component (optimized scalar
 * quantization, after Gao and Long, RaBitQ, 2024), which {@link Nearest} looks through first. A
 * graph to walk (Malkov and Yashunin 2018) is made only in segments so large that building it pays.
 */
final class VectorFormat {
  private static final int CONNECTIONS = 16;
  private static final int BEAM = 100;

  /** In vectors that would be looked at for one question; Lucene's measure. */
  private static final int GRAPH_FROM = 40_000;

  private VectorFormat() {}

  static KnnVectorsFormat get() {
    return new Lucene104HnswScalarQuantizedVectorsFormat(
        ScalarEncoding.DIBIT_QUERY_NIBBLE, CONNECTIONS, BEAM, 1, null, GRAPH_FROM);
  }
}
