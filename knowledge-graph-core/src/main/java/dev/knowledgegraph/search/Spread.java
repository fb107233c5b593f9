package dev.knowledgegraph.search;

import java.util.Map;

/**
 * How common terms and tags are in a graph.
 *
 * @param nodes how many live nodes the graph has
 * @param terms how many of them have each; 0 if none
 * @param tags the same of tags
 */
public record Spread(long nodes, Map<String, Long> terms, Map<String, Long> tags) {
  public Spread {
    terms = Map.copyOf(terms);
    tags = Map.copyOf(tags);
  }
}
