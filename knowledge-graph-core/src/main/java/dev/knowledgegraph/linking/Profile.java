package dev.knowledgegraph.linking;

import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.search.Spread;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a node is compared by, each with its weight: (1 + ln of how often it stands there) × ln(½ +
 * (nodes + 1) ÷ (nodes that have it + ½)), so that rare words count more (tf-idf). A word of the
 * title counts as if it stood there {@value #TITLE} times, a tag as a word of its own that stands
 * there once.
 *
 * <p>Without the ½ at the front the logarithm is that of BM25 in Lucene; with it a word that all
 * nodes have still counts, so that nodes that say the same are alike in any graph.
 *
 * @param terms of title and body, in the order in which they first stand there
 * @param tags folded
 */
public record Profile(Map<String, Double> terms, Map<String, Double> tags) {
  /** As how many a word in the title counts. */
  static final int TITLE = 3;

  public Profile {
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /**
   * The profile of a node among the nodes of its graph.
   *
   * @param analyzer from a text to its terms, as {@link dev.knowledgegraph.search.Terms#of}
   * @param spread from terms and tags to how common they are
   */
  public static Profile of(
      Node node,
      Function<String, Map<String, Integer>> analyzer,
      BiFunction<Collection<String>, Collection<String>, Spread> spread) {
    var counts = new LinkedHashMap<String, Integer>();
    analyzer.apply(node.title()).forEach((term, count) -> counts.put(term, TITLE * count));
    analyzer.apply(node.body()).forEach((term, count) -> counts.merge(term, count, Integer::sum));
    var tags = new LinkedHashMap<String, Integer>();
    node.tags().names().forEach(tag -> tags.put(Tags.fold(tag), 1));
    var common = spread.apply(counts.keySet(), tags.keySet());
    return new Profile(
        weighed(counts, common.terms(), common.nodes()),
        weighed(tags, common.tags(), common.nodes()));
  }

  private static Map<String, Double> weighed(
      Map<String, Integer> counts, Map<String, Long> spread, long nodes) {
    var weights = new LinkedHashMap<String, Double>();
    counts.forEach(
        (term, count) -> {
          // A node that is newer than what the index has seen has it as well.
          long holders = Math.max(1, spread.getOrDefault(term, 0L));
          double rarity = rarity(holders, Math.max(nodes, holders));
          weights.put(term, (1 + Math.log(count)) * rarity);
        });
    return weights;
  }

  private static double rarity(long holders, long nodes) {
    return Math.log(0.5 + (nodes + 1) / (holders + 0.5));
  }
}
