package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.GraphRef;
import java.io.IOException;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;

/**
 * The documents of one graph of one owner. In an index that has no others these are all, which
 * Lucene need not look up for each.
 */
final class ScopeQuery extends Query {
  private final Term scope;

  ScopeQuery(GraphRef graph) {
    this.scope = new Term(Fields.SCOPE, NodeDocument.scope(graph));
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    var reader = searcher.getIndexReader();
    // Each document has one scope, and both numbers count deleted ones.
    return reader.docFreq(scope) == reader.maxDoc()
        ? MatchAllDocsQuery.INSTANCE
        : new TermQuery(scope);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    if (visitor.acceptField(scope.field())) {
      visitor.consumeTerms(this, scope);
    }
  }

  @Override
  public String toString(String field) {
    return scope.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScopeQuery that && scope.equals(that.scope);
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + scope.hashCode();
  }
}
