package dev.knowledgegraph.search.lucene;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;

/**
 * How vectors are written: as they are, with a graph to walk (Malkov and Yashunin 2018) only in
 * segments so large that building it pays; smaller ones are looked through.
 */
final class VectorFormat extends PerFieldKnnVectorsFormat {
  private static final int CONNECTIONS = 16;
  private static final int BEAM = 100;

  /** In vectors that would be looked at for one question; Lucene's measure. */
  private static final int GRAPH_FROM = 20_000;

  /** As many as an embedder may have; Lucene's own formats write them, but stop at 1,024. */
  private static final int MAX_DIMENSION = 4_096;

  private final KnnVectorsFormat format =
      new Lucene99HnswVectorsFormat(CONNECTIONS, BEAM, 1, null, GRAPH_FROM);

  private VectorFormat() {}

  /** Lucene's codec with vectors in this format; what it writes, Lucene's reads. */
  static Codec codec() {
    var codec = new Lucene104Codec();
    var vectors = new VectorFormat();
    return new FilterCodec(codec.getName(), codec) {
      @Override
      public KnnVectorsFormat knnVectorsFormat() {
        return vectors;
      }
    };
  }

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return format;
  }

  @Override
  public int getMaxDimensions(String field) {
    return MAX_DIMENSION;
  }
}
