package dev.knowledgegraph.query;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What questions are answered with, beside the elements themselves. New ones may come. */
public sealed interface Views {
  /** A node and how many hops away it is. */
  record Neighbor(Node node, int distance) implements Views {}

  /**
   * The surroundings of a node.
   *
   * @param total how many neighbors there are, though fewer may be listed
   */
  record Neighborhood(Node node, int depth, long total, List<Neighbor> neighbors)
      implements Views {}

  /**
   * A path: one edge fewer than nodes.
   *
   * @param weight the sum of the edges' weights
   */
  record Route(List<Node> nodes, List<Edge> edges, double weight) implements Views {
    public int hops() {
      return edges.size();
    }
  }

  /** Some nodes and the edges among them. */
  record Subgraph(List<Node> nodes, List<Edge> edges, boolean complete) implements Views {}

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
  record Pattern(PatternKind kind, List<Node> nodes, double score) implements Views {}

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
      implements Views {}

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
}
