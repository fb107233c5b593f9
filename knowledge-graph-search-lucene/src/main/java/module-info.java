/** Finds nodes with Lucene. Start with {@link dev.knowledgegraph.search.lucene.LuceneSearch}. */
module dev.knowledgegraph.search.lucene {
  requires transitive dev.knowledgegraph.core;
  requires org.apache.lucene.core;
  requires org.apache.lucene.analysis.common;
  requires org.apache.lucene.highlighter;
  requires org.slf4j;

  exports dev.knowledgegraph.search.lucene;

  provides dev.knowledgegraph.spi.SearchIndexFactory with
      dev.knowledgegraph.search.lucene.LuceneSearchIndexFactory;
}
