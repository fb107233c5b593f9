package dev.knowledgegraph.query;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What questions are answered with, beside the elements themselves. New ones may come. */
public sealed interface Views {
  /** A node and how many hops away it is. */
  record Neighbor(Node node, int distance) implements Views {}

  /**
   * The surroundings of a node.
   *
   * @param total how many neighbors there are, though fewer may be listed
   */
  record Neighborhood(Node node, int depth, long total, List<Neighbor> neighbors) implements Views {
    public Neighborhood {
      neighbors = List.copyOf(neighbors);
    }
  }

  /**
   * Where a traversal led.
   *
   * @param total how many nodes there are, though fewer may be listed
   */
  record Traversed(long total, List<Node> nodes) implements Views {
    public Traversed {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * Where a pattern was found.
   *
   * @param complete whether these are all; {@code false} if there are more, or may be since there
   *     was too much to look at
   */
  record Matches(List<PatternMatch> found, boolean complete) implements Views {
    public Matches {
      found = List.copyOf(found);
    }
  }

  /**
   * One lie of a pattern.
   *
   * @param nodes by the names of their places, in the order of the pattern
   */
  record PatternMatch(SequencedMap<String, Node> nodes) implements Views {
    public PatternMatch {
      nodes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodes));
    }

    /**
     * The node at a place.
     *
     * @throws IllegalArgumentException if the pattern has no such place
     */
    public Node at(String place) {
      Node node = nodes.get(place);
      if (node == null) {
        throw new IllegalArgumentException(
            "expected one of " + nodes.keySet() + ", found " + place);
      }
      return node;
    }
  }

  /**
   * A path: one edge fewer than nodes.
   *
   * @param weight the sum of the edges' weights
   */
  record Route(List<Node> nodes, List<Edge> edges, double weight) implements Views {
    public Route {
      nodes = List.copyOf(nodes);
      edges = List.copyOf(edges);
    }

    public int hops() {
      return edges.size();
    }
  }

  /** Some nodes and the edges among them. */
  record Subgraph(List<Node> nodes, List<Edge> edges, boolean complete) implements Views {
    public Subgraph {
      nodes = List.copyOf(nodes);
      edges = List.copyOf(edges);
    }
  }

  /** What to look for. */
  enum PatternKind implements Views {
    /** Nodes with the most edges. */
    HUB,
    /** Longest runs of nodes with exactly one way on. */
    CHAIN,
    /** Connected components, largest first. */
    CLUSTER,
    /** Nodes without an edge. */
    ORPHAN,
    /** Edges whose removal would part a component. */
    BRIDGE
  }

  /**
   * Something found.
   *
   * @param score edges of a hub, length of a chain, size of a cluster; 0 for orphans and bridges
   */
  record Pattern(PatternKind kind, List<Node> nodes, double score) implements Views {
    public Pattern {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * A graph in numbers.
   *
   * @param density edges ÷ (nodes × (nodes − 1)); 0 below two nodes
   * @param components connected components, whatever the edges' direction
   * @param orphans nodes without an edge
   */
  record Statistics(
      long sequence,
      long nodes,
      long edges,
      Map<String, Long> labels,
      Map<String, Long> types,
      Map<String, Long> tags,
      long components,
      long orphans,
      double density,
      double averageDegree,
      long maxDegree)
      implements Views {
    public Statistics {
      labels = inOrder(labels);
      types = inOrder(types);
      tags = inOrder(tags);
    }

    private static Map<String, Long> inOrder(Map<String, Long> counts) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }
  }

  /** A category that fits, from 0 to 1, and why. */
  record CategorySuggestion(Category category, double confidence, String reason) implements Views {}

  /** One step in the life of an element. */
  record HistoryEntry(long sequence, Instant time, UserId actor, long version, String what)
      implements Views {}

  /** What changed between two sequence numbers. */
  record Difference(
      long from,
      long to,
      List<Node> nodesAdded,
      List<Node> nodesChanged,
      List<NodeId> nodesRemoved,
      List<Edge> edgesAdded,
      List<Edge> edgesChanged,
      List<EdgeId> edgesRemoved)
      implements Views {}

  /** The width of a bucket. */
  enum TimelineUnit implements Views {
    DAY,
    WEEK,
    MONTH
  }

  /** What happened in a span of time that starts on {@code start}. */
  record TimelineBucket(
      LocalDate start,
      long commits,
      long nodesAdded,
      long nodesRemoved,
      long edgesAdded,
      long edgesRemoved)
      implements Views {}

  /**
   * What a search found.
   *
   * @param total how many nodes match, though fewer may be listed
   * @param tookMs from the question to the answer
   * @param facets for each facet asked for its values, the most frequent first, ties by value
   * @param didYouMean the query text with words that are there, if it has one that is not
   * @param warnings what of the query text could not be understood, and was taken for words
   * @param next where the next page begins, or null
   */
  record SearchResult(
      String query,
      SearchMode mode,
      long total,
      long tookMs,
      List<Hit> hits,
      Map<Facet, List<FacetCount>> facets,
      @Nullable String didYouMean,
      List<String> warnings,
      @Nullable String next)
      implements Views {
    public SearchResult {
      hits = List.copyOf(hits);
      warnings = List.copyOf(warnings);
    }

    /** The same with another time. */
    public SearchResult took(long millis) {
      return new SearchResult(query, mode, total, millis, hits, facets, didYouMean, warnings, next);
    }
  }

  /**
   * A node that was found.
   *
   * @param score what it is ranked by: BM25, the cosine, or the fused ranks
   * @param text how it was found by its words, if it was; likewise {@code vector}
   * @param explanation how the score came about, if that was asked for
   */
  record Hit(
      Node node,
      double score,
      @Nullable Match text,
      @Nullable Match vector,
      Snippet snippet,
      @Nullable String explanation)
      implements Views {
    @Override
    public String toString() {
      return node.displayName() + (snippet.text().isEmpty() ? "" : " … " + snippet.marked("*"));
    }
  }

  /** A place in one ranking, from 1, and what it was ranked by. */
  record Match(int rank, double score) implements Views {}

  /**
   * The part of a node's text that shows why it was found.
   *
   * @param marks where the words are that were looked for, in order, without overlap
   */
  record Snippet(String text, List<Mark> marks) implements Views {
    public Snippet {
      marks = List.copyOf(marks);
    }

    /** No text. */
    public static Snippet none() {
      return new Snippet("", List.of());
    }

    /** The text with {@code sign} before and after each mark. */
    public String marked(String sign) {
      return marked(sign, sign);
    }

    /** The text with something before and after each mark. */
    public String marked(String before, String after) {
      var marked = new StringBuilder();
      int done = 0;
      for (Mark mark : marks) {
        marked
            .append(text, done, mark.start())
            .append(before)
            .append(text, mark.start(), mark.end())
            .append(after);
        done = mark.end();
      }
      return marked.append(text, done, text.length()).toString();
    }
  }

  /** From a character to before another. */
  record Mark(int start, int end) implements Views {}

  /**
   * How many hits have a value.
   *
   * @param name what people call the value: the title of a category, the name of a community or a
   *     graph, else the value itself
   */
  record FacetCount(String value, String name, long count) implements Views {}

  /** A title that somebody may be typing. */
  record TitleSuggestion(NodeId node, String title) implements Views {}
}
