package dev.knowledgegraph.search.lucene;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.knn.KnnCollectorManager;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's search for the nearest, which looks at the copy of a segment first, where there is one,
 * and then at the vectors only that may be among the nearest by it. It finds the same documents
 * with the same scores.
 */
final class NearestQuery extends KnnFloatVectorQuery {
  /**
   * What it costs to look at a vector's copy, beside its components: as much as so many of them.
   */
  private static final int BESIDE = 32;

  /** A component of a copy is looked at so many times as fast as one of a vector. */
  private static final int QUICKER = 2;

  private final VectorCopies copies;
  private final QueryTimeout timeout;
  private final Wanted wanted;

  NearestQuery(float[] wanted, int most, Query filter, VectorCopies copies, QueryTimeout timeout) {
    super(Fields.VECTOR, wanted, most, filter);
    this.copies = copies;
    this.timeout = timeout;
    this.wanted = new Wanted(wanted);
  }

  @Override
  protected TopDocs approximateSearch(
      LeafReaderContext context, AcceptDocs accepted, int limit, KnnCollectorManager collectors)
      throws IOException {
    FloatVectorValues vectors = context.reader().getFloatVectorValues(field);
    List<CopiedBlock> copy =
        vectors != null && pays(vectors, accepted.cost())
            ? copies.of(context.reader(), vectors, timeout)
            : null;
    if (vectors == null || copy == null) {
      return super.approximateSearch(context, accepted, limit, collectors);
    }
    KnnCollector collector = collectors.newCollector(limit, searchStrategy, context);
    Candidates candidates = candidates(copy, vectors, accepted.bits(), collector.k());
    score(candidates, vectors, collector);
    return collector.topDocs();
  }

  /** All of a copy is looked at, but only the accepted ones of the vectors. */
  private boolean pays(FloatVectorValues vectors, int accepted) {
    return (long) vectors.size() * (wanted.size() + BESIDE)
        < (long) accepted * vectors.dimension() * QUICKER;
  }

  private Candidates candidates(
      List<CopiedBlock> copy, FloatVectorValues vectors, @Nullable Bits accepted, int most) {
    var candidates = new Candidates(most);
    float[] lowest = new float[CopiedBlock.MOST];
    float[] highest = new float[CopiedBlock.MOST];
    int from = 0;
    for (CopiedBlock block : copy) {
      if (timeout.shouldExit()) {
        break;
      }
      block.bounds(wanted, lowest, highest);
      for (int i = 0; i < block.count(); i++) {
        if (candidates.mayHave(highest[i])) {
          int document = vectors.ordToDoc(from + i);
          if (accepted == null || accepted.get(document)) {
            candidates.add(document, lowest[i], highest[i]);
          }
        }
      }
      from += block.count();
    }
    return candidates;
  }

  private void score(Candidates candidates, FloatVectorValues vectors, KnnCollector collector)
      throws IOException {
    VectorScorer scorer = vectors.scorer(target);
    DocIdSetIterator places = scorer.iterator();
    for (int document : candidates.documents()) {
      places.advance(document);
      collector.incVisitedCount(1);
      collector.collect(document, scorer.score());
    }
  }
}
