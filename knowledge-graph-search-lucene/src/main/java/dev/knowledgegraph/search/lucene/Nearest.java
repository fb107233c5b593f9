package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.search.RankFusion.Scored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/** The nodes that lie nearest to a vector, by the cosine, ties by id. */
final class Nearest {
  private static final Comparator<Scored> NEAREST_FIRST =
      Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::node);

  private Nearest() {}

  /**
   * A searcher with threads looks through vectors with all of them, each through segments of its
   * own.
   */
  static List<Scored> find(IndexSearcher searcher, float[] wanted, Query filter)
      throws IOException {
    if (NodeDocument.isZero(wanted)) {
      return List.of();
    }
    var query = new KnnFloatVectorQuery(Fields.VECTOR, wanted, SearchMode.NEAREST, filter);
    ScoreDoc[] found = searcher.search(query, SearchMode.NEAREST).scoreDocs;
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    var ranked = new ArrayList<Scored>(found.length);
    java.util.Arrays.sort(found, Comparator.comparingInt(each -> each.doc));
    Leaf leaf = null;
    for (ScoreDoc each : found) {
      LeafReaderContext context = leaves.get(ReaderUtil.subIndex(each.doc, leaves));
      if (leaf == null || leaf.context != context) {
        leaf = new Leaf(context);
      }
      ranked.add(leaf.score(each.doc - context.docBase, wanted));
    }
    ranked.sort(NEAREST_FIRST);
    return ranked;
  }

  /** Four sums at a time: each would wait for the one before. */
  private static double product(float[] a, float[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      sum0 += (double) a[i] * b[i];
      sum1 += (double) a[i + 1] * b[i + 1];
      sum2 += (double) a[i + 2] * b[i + 2];
      sum3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += (double) a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /** Computes the cosine anew, in doubles: what found the nodes may have rounded. */
  private static final class Leaf {
    final LeafReaderContext context;
    private final FloatVectorValues vectors;
    private final DocIdSetIterator places;
    private final NumericDocValues high;
    private final NumericDocValues low;

    Leaf(LeafReaderContext context) throws IOException {
      this.context = context;
      this.vectors = context.reader().getFloatVectorValues(Fields.VECTOR);
      this.places = vectors.iterator();
      this.high = DocValues.getNumeric(context.reader(), Fields.ID_HIGH);
      this.low = DocValues.getNumeric(context.reader(), Fields.ID_LOW);
    }

    Scored score(int doc, float[] wanted) throws IOException {
      places.advance(doc);
      float[] vector =
          vectors.vectorValue(
              ((org.apache.lucene.index.KnnVectorValues.DocIndexIterator) places).index());
      double sum = product(wanted, vector);
      high.advanceExact(doc);
      low.advanceExact(doc);
      return new Scored(NodeDocument.id(high.longValue(), low.longValue()), sum);
    }
  }
}
