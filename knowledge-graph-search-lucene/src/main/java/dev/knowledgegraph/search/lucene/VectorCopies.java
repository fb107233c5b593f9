package dev.knowledgegraph.search.lucene;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.lucene.codecs.hnsw.HnswGraphProvider;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader.CacheHelper;
import org.apache.lucene.index.IndexReader.CacheKey;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.jspecify.annotations.Nullable;

/**
 * The copies of the segments of an index, each for as long as its segment lives. What was deleted
 * or ended since is in them: who asks says what counts. For any thread.
 */
final class VectorCopies {
  /** Fewer vectors are looked through as fast as a question starts, and are soon merged. */
  static final int FEWEST = 2_048;

  private static final int PART_OF_HEAP = 8;
  private static final int KILOBYTE = 1_024;

  /** In kilobytes, for all indexes of the process. */
  private static final Semaphore ROOM =
      new Semaphore(
          (int)
              Math.min(
                  Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / PART_OF_HEAP / KILOBYTE));

  private final Semaphore room;
  private final Map<CacheKey, VectorCopy> copies = new ConcurrentHashMap<>();

  /** Copies that take an eighth of the largest heap, together with those of other indexes. */
  VectorCopies() {
    this(ROOM);
  }

  /**
   * Copies that take as much as there is.
   *
   * @param room in kilobytes
   */
  VectorCopies(Semaphore room) {
    this.room = room;
  }

  /** Of how many segments there is a copy, or will be when they have been asked more often. */
  int count() {
    return copies.size();
  }

  /**
   * A copy of all vectors of a segment; null if there is none, or not yet: if they are few, have a
   * graph, were not looked through often enough, or there is no room for them.
   */
  @Nullable List<CopiedBlock> of(LeafReader reader, FloatVectorValues vectors, QueryTimeout timeout)
      throws IOException {
    CacheHelper segment = reader.getCoreCacheHelper();
    if (segment == null || vectors.size() < FEWEST) {
      return null;
    }
    VectorCopy copy = copies.get(segment.getKey());
    if (copy == null && !hasGraph(reader)) {
      copy = copies.computeIfAbsent(segment.getKey(), key -> start(segment, vectors.size()));
    }
    return copy == null ? null : copy.blocks(vectors, timeout);
  }

  private static boolean hasGraph(LeafReader reader) throws IOException {
    return FilterLeafReader.unwrap(reader) instanceof CodecReader codec
        && codec.getVectorReader() instanceof PerFieldKnnVectorsFormat.FieldsReader fields
        && fields.getFieldReader(Fields.VECTOR) instanceof HnswGraphProvider graphs
        && graphs.getGraph(Fields.VECTOR).size() > 0;
  }

  private VectorCopy start(CacheHelper segment, int size) {
    var copy = new VectorCopy(size, room);
    segment.addClosedListener(
        key -> {
          copies.remove(key);
          copy.drop();
        });
    return copy;
  }
}
