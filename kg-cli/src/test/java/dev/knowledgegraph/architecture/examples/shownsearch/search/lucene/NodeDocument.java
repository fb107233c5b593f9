package dev.knowledgegraph.architecture.examples.shownsearch.search.lucene;

/** An inner part that is shown. */
public record NodeDocument() {}
