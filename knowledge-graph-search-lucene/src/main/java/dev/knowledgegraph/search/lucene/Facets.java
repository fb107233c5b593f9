package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Views.FacetCount;
import dev.knowledgegraph.search.SearchQuestion.Grouping;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.jspecify.annotations.Nullable;

/** Counts the values that the nodes of a query have: exactly, in one pass over them. */
final class Facets {
  private Facets() {}

  /**
   * Counts the values that a facet is of.
   *
   * @param grouping for {@link Facet#COMMUNITY}; without one, no node has a community
   */
  static List<FacetCount> count(
      IndexSearcher searcher, Query query, Facet facet, @Nullable Grouping grouping)
      throws IOException {
    Map<String, Long> counts =
        switch (facet) {
          case LABEL -> values(searcher, query, Fields.LABEL);
          case TAG -> values(searcher, query, Fields.TAG);
          case STATUS -> values(searcher, query, Fields.STATUS);
          case CATEGORY -> values(searcher, query, Fields.CATEGORY);
          case COMMUNITY ->
              grouping == null
                  ? Map.of()
                  : searcher.search(query, new GroupCounts(grouping.groups()));
          case GRAPH -> values(searcher, query, Fields.GRAPH);
          case DAY -> values(searcher, query, Fields.DAY);
          case MONTH -> broader(values(searcher, query, Fields.DAY), 1);
          case YEAR -> broader(values(searcher, query, Fields.DAY), 2);
        };
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(each -> new FacetCount(each.getKey(), each.getKey(), each.getValue()))
        .toList();
  }

  private static Map<String, Long> values(IndexSearcher searcher, Query query, String field)
      throws IOException {
    return searcher.search(query, new Counting(field));
  }

  private static Map<String, Long> broader(Map<String, Long> days, int steps) {
    var counts = sorted();
    days.forEach((day, count) -> counts.merge(NodeDocument.broader(day, steps), count, Long::sum));
    return counts;
  }

  static Map<String, Long> sorted() {
    return new TreeMap<>(NodeSort.byCodePoint());
  }

  private record Counting(String field) implements CollectorManager<Counter, Map<String, Long>> {
    @Override
    public Counter newCollector() {
      return new Counter(field);
    }

    @Override
    public Map<String, Long> reduce(Collection<Counter> counters) throws IOException {
      var all = sorted();
      for (Counter counter : counters) {
        counter.finishSegment();
        counter.counts.forEach((value, count) -> all.merge(value, count, Long::sum));
      }
      return all;
    }
  }

  /** Counts by number within a segment, and by value across segments. */
  private static final class Counter implements Collector {
    final Map<String, Long> counts = sorted();
    private final String field;
    private SortedSetDocValues values = DocValues.emptySortedSet();
    private long[] inSegment = new long[0];

    Counter(String field) {
      this.field = field;
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
      finishSegment();
      SortedSetDocValues here = DocValues.getSortedSet(context.reader(), field);
      long[] numbers = new long[Math.toIntExact(here.getValueCount())];
      values = here;
      inSegment = numbers;
      return new LeafCollector() {
        @Override
        public void setScorer(Scorable scorer) {}

        @Override
        public void collect(int doc) throws IOException {
          if (here.advanceExact(doc)) {
            for (int i = 0; i < here.docValueCount(); i++) {
              numbers[(int) here.nextOrd()]++;
            }
          }
        }
      };
    }

    void finishSegment() throws IOException {
      for (int i = 0; i < inSegment.length; i++) {
        if (inSegment[i] > 0) {
          counts.merge(values.lookupOrd(i).utf8ToString(), inSegment[i], Long::sum);
        }
      }
      inSegment = new long[0];
    }
  }
}
