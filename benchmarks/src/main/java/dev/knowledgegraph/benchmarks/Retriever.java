package dev.knowledgegraph.benchmarks;

import java.util.List;

/** Something that finds documents, to be judged. */
interface Retriever {
  /** The ids of the best documents for a query, the best first, at most so many. */
  List<String> top(String query, int k);
}
