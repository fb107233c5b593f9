package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.analytics.Progress;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.search.Words;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Names communities by the words of titles and tags that tell them apart: in how many of their
 * nodes a word is, times the logarithm of how rare it is in the graph, times which share of the
 * nodes that have it are in the community. Where hardly any word is in several nodes, the titles of
 * the nodes with most edges help. Looks at every node once.
 */
final class CommunityNames {
  private static final int NODES_A_STEP = 4_096;
  private static final int WORDS = 3;
  private static final int SHORTEST = 3;

  /** With fewer words in several nodes, a name has others, too. */
  private static final int FEW = 2;

  private final Adjacency adjacency;
  private final int[] communities;
  private final Map<String, Integer> everywhere = new HashMap<>();
  private final List<Map<String, Integer>> inside = new ArrayList<>();

  /** Of each community the nodes with most edges, at most as many as a name has words. */
  private final List<PriorityQueue<Titled>> hubs = new ArrayList<>();

  private int nodes;

  private CommunityNames(Adjacency adjacency, int[] communities, int count) {
    this.adjacency = adjacency;
    this.communities = communities;
    for (int i = 0; i < count; i++) {
      inside.add(new HashMap<>());
      hubs.add(new PriorityQueue<>());
    }
  }

  /** The title of a node; those of fewer edges come first, ties by id from the last. */
  private record Titled(int degree, int number, String title) implements Comparable<Titled> {
    @Override
    public int compareTo(Titled other) {
      return degree != other.degree
          ? Integer.compare(degree, other.degree)
          : Integer.compare(other.number, number);
    }
  }

  /** The name of each community; empty for one without words that tell it apart. */
  static List<String> of(
      GraphReader reader,
      GraphRef graph,
      Adjacency adjacency,
      int[] communities,
      int count,
      Progress progress) {
    var names = new CommunityNames(adjacency, communities, count);
    reader.forEachNode(
        graph,
        adjacency.position(),
        node -> {
          names.note(node);
          if (names.nodes % NODES_A_STEP == 0) {
            progress.at(names.nodes, communities.length);
          }
        });
    return IntStream.range(0, count).mapToObj(names::name).toList();
  }

  private void note(Node node) {
    int number = adjacency.find(node.id());
    if (number < 0) {
      return;
    }
    nodes++;
    var best = hubs.get(communities[number]);
    best.add(new Titled(adjacency.degree(number, Direction.BOTH), number, node.title()));
    if (best.size() > WORDS) {
      best.remove();
    }
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

  private String name(int community) {
    Map<String, Integer> words = inside.get(community);
    var name = new LinkedHashSet<String>();
    // A word that one member has says nothing of the others.
    words.entrySet().stream()
        .filter(word -> word.getValue() > 1)
        .sorted(Comparator.comparingDouble(this::worth).reversed().thenComparing(Map.Entry::getKey))
        .limit(WORDS)
        .forEach(word -> name.add(word.getKey()));
    if (name.size() < FEW) {
      hubs.get(community).stream()
          .sorted(Comparator.reverseOrder())
          .flatMap(hub -> Words.of(hub.title()).stream())
          .map(Words.Word::term)
          .filter(term -> isAtHome(term, words))
          .distinct()
          .filter(term -> !name.contains(term))
          .limit(WORDS - name.size())
          .toList()
          .forEach(name::add);
    }
    return String.join(" · ", name);
  }

  /** Whether most of the nodes that have the word are in the community. */
  private boolean isAtHome(String term, Map<String, Integer> words) {
    return 2 * words.getOrDefault(term, 0) > everywhere.getOrDefault(term, 0);
  }

  private double worth(Map.Entry<String, Integer> word) {
    double all = everywhere.getOrDefault(word.getKey(), 1);
    return word.getValue() * Math.log((nodes + 1.0) / all) * word.getValue() / all;
  }
}
