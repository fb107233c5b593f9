package dev.knowledgegraph.architecture.examples.searching.search.lucene;

import dev.knowledgegraph.architecture.examples.searching.storage.Store;

/** Search that knows a store. */
record Index(Store store) {}
