package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.SearchWeights;
import dev.knowledgegraph.search.SearchExpression;
import dev.knowledgegraph.search.SearchQuestion;
import dev.knowledgegraph.spi.SearchIndex.Check;
import dev.knowledgegraph.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;

/** Compares a state of the index with the nodes of the storage, and its files with their sums. */
final class Doctor {
  private static final int LOGS = 100;
  private static final int SHOWN = 5;

  private final Storage storage;
  private final Snapshot snapshot;

  Doctor(Storage storage, Snapshot snapshot) {
    this.storage = storage;
    this.snapshot = snapshot;
  }

  List<Check> check() throws IOException {
    long nodes = 0;
    long documents = 0;
    var different = new ArrayList<String>();
    for (GraphRef graph : Rebuild.logs(storage, LOGS)) {
      long at = snapshot.data().checkpoint(graph).sequence();
      boolean isRemoved = storage.findGraph(graph.id()).isEmpty();
      if (isRemoved && at < storage.head(graph).sequence()) {
        // Its nodes are gone from the storage, and from the index once that has come so far.
        continue;
      }
      Map<NodeId, Long> indexed = indexed(graph, at);
      documents += indexed.size();
      var counted = new long[1];
      if (!isRemoved) {
        storage.forEachNode(
            graph,
            at,
            node -> {
              counted[0]++;
              Long hash = indexed.remove(node.id());
              if (hash == null || hash != NodeDocument.hash(node)) {
                different.add(node.id().toString());
              }
            });
      }
      nodes += counted[0];
      indexed.keySet().forEach(node -> different.add(node.toString()));
    }
    return List.of(
        files(),
        new Check(
            "index count", nodes == documents, documents + " documents for " + nodes + " nodes"),
        new Check(
            "index content",
            different.isEmpty(),
            different.size()
                + " nodes differ"
                + (different.isEmpty()
                    ? ""
                    : ": "
                        + String.join(", ", different.stream().limit(SHOWN).toList())
                        + (different.size() > SHOWN ? ", …" : ""))));
  }

  private Check files() {
    try {
      for (LeafReaderContext leaf : snapshot.getIndexReader().leaves()) {
        leaf.reader().checkIntegrity();
      }
      return new Check("index files", true, "their sums are right");
    } catch (IOException e) {
      return new Check("index files", false, "damaged: " + e.getClass().getSimpleName());
    }
  }

  /** The hash of each document of a graph that holds at a moment. */
  private Map<NodeId, Long> indexed(GraphRef graph, long at) throws IOException {
    var translator =
        new QueryTranslator(new Analysis(Language.STANDARD), snapshot, SearchWeights.standard());
    Query all =
        snapshot.rewrite(translator.within(everything(graph, at), MatchAllDocsQuery.INSTANCE));
    Weight weight = snapshot.createWeight(all, ScoreMode.COMPLETE_NO_SCORES, 1);
    var hashes = new HashMap<NodeId, Long>();
    for (LeafReaderContext leaf : snapshot.getIndexReader().leaves()) {
      var scorer = weight.scorer(leaf);
      if (scorer == null) {
        continue;
      }
      NumericDocValues high = DocValues.getNumeric(leaf.reader(), Fields.ID_HIGH);
      NumericDocValues low = DocValues.getNumeric(leaf.reader(), Fields.ID_LOW);
      NumericDocValues hash = DocValues.getNumeric(leaf.reader(), Fields.HASH);
      var live = leaf.reader().getLiveDocs();
      var documents = scorer.iterator();
      for (int doc = documents.nextDoc();
          doc != DocIdSetIterator.NO_MORE_DOCS;
          doc = documents.nextDoc()) {
        if ((live == null || live.get(doc))
            && high.advanceExact(doc)
            && low.advanceExact(doc)
            && hash.advanceExact(doc)) {
          hashes.merge(
              NodeDocument.id(high.longValue(), low.longValue()), hash.longValue(), (a, b) -> 0L);
        }
      }
    }
    return hashes;
  }

  private static SearchQuestion everything(GraphRef graph, long at) {
    return SearchQuestion.everywhere(
        graph,
        at,
        new SearchQuestion.ByText("", new SearchExpression.Everything()),
        SearchMode.TEXT,
        Page.Request.first());
  }
}
