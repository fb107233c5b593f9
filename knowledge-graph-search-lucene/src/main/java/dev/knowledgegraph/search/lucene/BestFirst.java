package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.search.FoundNode;
import dev.knowledgegraph.search.RankFusion.Scored;
import dev.knowledgegraph.search.SearchCursor;
import dev.knowledgegraph.search.SearchQuestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The order of hits, best first, ties by {@link FoundNode}; and which node a document is, by what
 * it was ordered by.
 *
 * @param only the graph of all hits, which then need not be looked up; null if there are several
 */
record BestFirst(@Nullable GraphId only) {
  private static final SortField HIGH = new SortField(Fields.ID_HIGH, SortField.Type.LONG);
  private static final SortField LOW = new SortField(Fields.ID_LOW, SortField.Type.LONG);
  private static final Sort OF_ONE = new Sort(SortField.FIELD_SCORE, HIGH, LOW);
  private static final Sort OF_SEVERAL =
      new Sort(
          SortField.FIELD_SCORE, HIGH, LOW, new SortField(Fields.GRAPH, SortField.Type.STRING));

  static BestFirst of(SearchQuestion question) {
    return new BestFirst(question.isOfOneGraph() ? question.own().graph().id() : null);
  }

  Sort sort() {
    return only != null ? OF_ONE : OF_SEVERAL;
  }

  /** Where the hits begin that come after a page. */
  FieldDoc after(SearchCursor cursor) {
    FoundNode last = cursor.node();
    UUID id = last.node().value();
    float score = (float) cursor.score();
    long high = NodeDocument.high(id);
    long low = NodeDocument.low(id);
    return new FieldDoc(
        Integer.MAX_VALUE,
        score,
        only != null
            ? new Object[] {score, high, low}
            : new Object[] {score, high, low, new BytesRef(last.graph().toString())});
  }

  List<Scored> scored(TopFieldDocs docs) {
    var scored = new ArrayList<Scored>(docs.scoreDocs.length);
    for (ScoreDoc each : docs.scoreDocs) {
      scored.add(new Scored(node(each), (Float) ((FieldDoc) each).fields[0]));
    }
    return scored;
  }

  /** The number of each node's document. */
  Map<FoundNode, Integer> numbers(TopFieldDocs docs) {
    var numbers = new HashMap<FoundNode, Integer>();
    for (ScoreDoc each : docs.scoreDocs) {
      numbers.put(node(each), each.doc);
    }
    return numbers;
  }

  private FoundNode node(ScoreDoc doc) {
    Object[] fields = ((FieldDoc) doc).fields;
    GraphId graph = only != null ? only : GraphId.parse(((BytesRef) fields[3]).utf8ToString());
    return new FoundNode(graph, NodeDocument.id((Long) fields[1], (Long) fields[2]));
  }
}
