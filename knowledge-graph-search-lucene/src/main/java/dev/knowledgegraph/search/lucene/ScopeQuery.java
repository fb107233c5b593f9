package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.GraphRef;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * The documents of some graphs, each of its owner. In an index that has no others these are all,
 * which Lucene need not look up for each.
 */
final class ScopeQuery extends Query {
  private final Set<BytesRef> scopes;

  ScopeQuery(Collection<GraphRef> graphs) {
    this.scopes = graphs.stream().map(NodeDocument::scope).collect(Collectors.toSet());
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    var reader = searcher.getIndexReader();
    long documents = 0;
    for (BytesRef scope : scopes) {
      documents += reader.docFreq(term(scope));
    }
    // Each document has one scope, and both numbers count deleted ones.
    if (documents == reader.maxDoc()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    return scopes.size() == 1
        ? new TermQuery(term(scopes.iterator().next()))
        : new TermInSetQuery(Fields.SCOPE, scopes);
  }

  private static Term term(BytesRef scope) {
    return new Term(Fields.SCOPE, scope);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    if (visitor.acceptField(Fields.SCOPE)) {
      visitor.consumeTerms(this, scopes.stream().map(ScopeQuery::term).toArray(Term[]::new));
    }
  }

  @Override
  public String toString(String field) {
    return scopes.stream()
        .map(scope -> term(scope).toString())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScopeQuery that && scopes.equals(that.scopes);
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + scopes.hashCode();
  }
}
