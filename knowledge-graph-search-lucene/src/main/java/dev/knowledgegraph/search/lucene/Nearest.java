package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.search.FoundNode;
import dev.knowledgegraph.search.RankFusion.Scored;
import dev.knowledgegraph.spi.SearchIndex.Alike;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.jspecify.annotations.Nullable;

/** The nodes that lie nearest to a vector, by the cosine, ties by id. */
final class Nearest {
  private static final Comparator<Scored> NEAREST_FIRST =
      Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::node);

  private final VectorCopies copies;
  private final QueryTimeout timeout;

  /**
   * Nodes that are found by copies of vectors where there are any.
   *
   * @param timeout looked at now and then, whatever the searcher's own is
   */
  Nearest(VectorCopies copies, QueryTimeout timeout) {
    this.copies = copies;
    this.timeout = timeout;
  }

  /**
   * A searcher with threads looks through vectors with all of them, each through segments of its
   * own.
   *
   * @param only the graph of all that the filter lets pass; null if there are several
   */
  List<Scored> find(IndexSearcher searcher, float[] wanted, Query filter, @Nullable GraphId only)
      throws IOException {
    ScoreDoc[] found = documents(searcher, wanted, filter, SearchMode.NEAREST);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    var ranked = new ArrayList<Scored>(found.length);
    java.util.Arrays.sort(found, Comparator.comparingInt(each -> each.doc));
    Leaf leaf = null;
    for (ScoreDoc each : found) {
      LeafReaderContext context = leaves.get(ReaderUtil.subIndex(each.doc, leaves));
      if (leaf == null || leaf.context != context) {
        leaf = new Leaf(context);
      }
      ranked.add(leaf.score(each.doc - context.docBase, wanted, only));
    }
    ranked.sort(NEAREST_FIRST);
    return ranked;
  }

  /** The documents nearest to a vector, in no order. */
  ScoreDoc[] documents(IndexSearcher searcher, float[] wanted, Query filter, int most)
      throws IOException {
    return NodeDocument.isZero(wanted)
        ? new ScoreDoc[0]
        : searcher.search(new NearestQuery(wanted, most, filter, copies, timeout), most).scoreDocs;
  }

  /**
   * The nodes of documents, and the cosines of their vectors and the one wanted.
   *
   * @param documents in ascending order
   */
  static List<Alike> cosines(IndexReader reader, int[] documents, float[] wanted)
      throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    var alike = new ArrayList<Alike>(documents.length);
    double length = Math.sqrt(product(wanted, wanted));
    Leaf leaf = null;
    for (int document : documents) {
      LeafReaderContext context = leaves.get(ReaderUtil.subIndex(document, leaves));
      if (leaf == null || leaf.context != context) {
        leaf = new Leaf(context);
      }
      alike.add(leaf.alike(document - context.docBase, wanted, length));
    }
    return alike;
  }

  /** The vector of a document; null if it has none. */
  static float @Nullable [] vector(IndexReader reader, int document) throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    LeafReaderContext context = leaves.get(ReaderUtil.subIndex(document, leaves));
    float[] vector = new Leaf(context).vector(document - context.docBase);
    return vector == null ? null : vector.clone();
  }

  /** Four sums at a time: each would wait for the one before. */
  static double product(float[] a, float[] b) {
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
    private final @Nullable FloatVectorValues vectors;
    private final @Nullable DocIdSetIterator places;
    private final NumericDocValues high;
    private final NumericDocValues low;
    private final SortedDocValues graphs;

    Leaf(LeafReaderContext context) throws IOException {
      this.context = context;
      this.vectors = context.reader().getFloatVectorValues(Fields.VECTOR);
      this.places = vectors == null ? null : vectors.iterator();
      this.high = DocValues.getNumeric(context.reader(), Fields.ID_HIGH);
      this.low = DocValues.getNumeric(context.reader(), Fields.ID_LOW);
      this.graphs = DocValues.getSorted(context.reader(), Fields.GRAPH);
    }

    Scored score(int doc, float[] wanted, @Nullable GraphId only) throws IOException {
      float[] vector = vector(doc);
      var node = new FoundNode(only != null ? only : graph(doc), id(doc));
      return new Scored(node, vector == null ? 0 : product(wanted, vector));
    }

    Alike alike(int doc, float[] wanted, double length) throws IOException {
      float[] vector = vector(doc);
      double lengths = vector == null ? 0 : length * Math.sqrt(product(vector, vector));
      return new Alike(
          id(doc), vector == null || lengths == 0 ? null : product(wanted, vector) / lengths);
    }

    /** Valid until the next call; documents come in ascending order. */
    float @Nullable [] vector(int doc) throws IOException {
      if (vectors == null || places == null) {
        return null;
      }
      int place = places.docID() < doc ? places.advance(doc) : places.docID();
      return place == doc
          ? vectors.vectorValue(
              ((org.apache.lucene.index.KnnVectorValues.DocIndexIterator) places).index())
          : null;
    }

    private GraphId graph(int doc) throws IOException {
      if (!graphs.advanceExact(doc)) {
        throw new CorruptIndexException("a document without its graph", context.toString());
      }
      return GraphId.parse(graphs.lookupOrd(graphs.ordValue()).utf8ToString());
    }

    private NodeId id(int doc) throws IOException {
      high.advanceExact(doc);
      low.advanceExact(doc);
      return NodeDocument.id(high.longValue(), low.longValue());
    }
  }
}
