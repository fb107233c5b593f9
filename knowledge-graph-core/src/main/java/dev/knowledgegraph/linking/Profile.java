package dev.knowledgegraph.linking;

import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.search.NodeTexts;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * What a node is compared by.
 *
 * @param terms of title and body, in the order in which they first stand there
 * @param tags folded
 */
public record Profile(Set<String> terms, Set<String> tags) {
  public Profile {
    terms = Collections.unmodifiableSet(new LinkedHashSet<>(terms));
    tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
  }

  /**
   * The profile of a node.
   *
   * @param analyzer from a text to its terms, such as {@link dev.knowledgegraph.search.Terms#of}
   */
  public static Profile of(Node node, Function<String, Set<String>> analyzer) {
    return new Profile(
        analyzer.apply(NodeTexts.forEmbedding(node)),
        new LinkedHashSet<>(node.tags().names().stream().map(Tags::fold).toList()));
  }
}
