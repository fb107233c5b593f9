package dev.knowledgegraph.search.lucene;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;

/** A state of the index, and what it is a state of. */
final class Snapshot extends IndexSearcher {
  private volatile CommitData data;

  Snapshot(IndexReader reader, CommitData data) {
    super(reader);
    this.data = data;
  }

  /** Says that the same documents are the state after later commits too. */
  void come(CommitData later) {
    data = later;
  }

  CommitData data() {
    return data;
  }
}
