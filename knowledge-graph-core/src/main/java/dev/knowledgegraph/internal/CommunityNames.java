package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.search.Words;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names communities by the words of titles and tags that tell them apart: in how many of their
 * nodes a word is, times the logarithm of how rare it is in the graph. Looks at every node once.
 */
final class CommunityNames {
  private static final int WORDS = 3;
  private static final int SHORTEST = 3;

  private final Adjacency adjacency;
  private final int[] communities;
  private final Map<String, Integer> everywhere = new HashMap<>();
  private final List<Map<String, Integer>> inside = new ArrayList<>();
  private int nodes;

  private CommunityNames(Adjacency adjacency, int[] communities, int count) {
    this.adjacency = adjacency;
    this.communities = communities;
    for (int i = 0; i < count; i++) {
      inside.add(new HashMap<>());
    }
  }

  /** The name of each community; empty for one without words that tell it apart. */
  static List<String> of(
      GraphReader reader, GraphRef graph, Adjacency adjacency, int[] communities, int count) {
    var names = new CommunityNames(adjacency, communities, count);
    reader.forEachNode(graph, adjacency.position(), names::note);
    return names.inside.stream().map(names::name).toList();
  }

  private void note(Node node) {
    int number = adjacency.find(node.id());
    if (number < 0) {
      return;
    }
    nodes++;
    var seen = new HashSet<String>();
    note(node.title(), communities[number], seen);
    for (String tag : node.tags().names()) {
      note(tag, communities[number], seen);
    }
  }

  private void note(String text, int community, Set<String> seen) {
    for (var word : Words.of(text)) {
      String term = word.term();
      if (term.length() >= SHORTEST && Character.isLetter(term.charAt(0)) && seen.add(term)) {
        everywhere.merge(term, 1, Integer::sum);
        inside.get(community).merge(term, 1, Integer::sum);
      }
    }
  }

  private String name(Map<String, Integer> words) {
    // A word that one member has says nothing of the others.
    int least = words.values().stream().mapToInt(count -> count).max().orElse(0) > 1 ? 2 : 1;
    return String.join(
        " · ",
        words.entrySet().stream()
            .filter(word -> word.getValue() >= least)
            .sorted(
                Comparator.comparingDouble(this::worth).reversed().thenComparing(Map.Entry::getKey))
            .limit(WORDS)
            .map(Map.Entry::getKey)
            .toList());
  }

  private double worth(Map.Entry<String, Integer> word) {
    double rare = Math.log((nodes + 1.0) / everywhere.getOrDefault(word.getKey(), 1));
    return word.getValue() * rare;
  }
}
