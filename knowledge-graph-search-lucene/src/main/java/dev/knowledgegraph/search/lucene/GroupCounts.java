package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.NodeId;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/** Counts the nodes of a query by groups that only the question knows. */
record GroupCounts(Map<NodeId, String> groups)
    implements CollectorManager<GroupCounts.Counter, Map<String, Long>> {
  @Override
  public Counter newCollector() {
    return new Counter(groups);
  }

  @Override
  public Map<String, Long> reduce(Collection<Counter> counters) {
    var all = Facets.sorted();
    for (Counter counter : counters) {
      counter.counts.forEach((group, count) -> all.merge(group, count, Long::sum));
    }
    return all;
  }

  /** What one thread has seen. */
  static final class Counter implements Collector {
    private final Map<NodeId, String> groups;
    private final Map<String, Long> counts = Facets.sorted();

    Counter(Map<NodeId, String> groups) {
      this.groups = groups;
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
      NumericDocValues high = DocValues.getNumeric(context.reader(), Fields.ID_HIGH);
      NumericDocValues low = DocValues.getNumeric(context.reader(), Fields.ID_LOW);
      return new LeafCollector() {
        @Override
        public void setScorer(Scorable scorer) {}

        @Override
        public void collect(int doc) throws IOException {
          if (high.advanceExact(doc) && low.advanceExact(doc)) {
            String group = groups.get(NodeDocument.id(high.longValue(), low.longValue()));
            if (group != null) {
              counts.merge(group, 1L, Long::sum);
            }
          }
        }
      };
    }
  }
}
