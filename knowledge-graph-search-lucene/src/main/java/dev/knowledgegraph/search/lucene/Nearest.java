package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.search.RankFusion.Scored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
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
  /** How many are found by rounded vectors, of which the nearest are among the first. */
  private static final int ROUNDED = 3 * SearchMode.NEAREST;

  private static final Comparator<Scored> NEAREST_FIRST =
      Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::node);

  private Nearest() {}

  /** All processors look through vectors, each through segments of its own. */
  static List<Scored> find(IndexReader reader, float[] wanted, Query filter) throws IOException {
    if (NodeDocument.isZero(wanted)) {
      return List.of();
    }
    var searcher = new IndexSearcher(reader, ForkJoinPool.commonPool());
    var query = new KnnFloatVectorQuery(Fields.VECTOR, wanted, ROUNDED, filter);
    ScoreDoc[] found = searcher.search(query, ROUNDED).scoreDocs;
    List<LeafReaderContext> leaves = reader.leaves();
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
    return List.copyOf(ranked.subList(0, Math.min(SearchMode.NEAREST, ranked.size())));
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
      double sum = 0;
      for (int i = 0; i < wanted.length; i++) {
        sum += (double) wanted[i] * vector[i];
      }
      high.advanceExact(doc);
      low.advanceExact(doc);
      return new Scored(NodeDocument.id(high.longValue(), low.longValue()), sum);
    }
  }
}
