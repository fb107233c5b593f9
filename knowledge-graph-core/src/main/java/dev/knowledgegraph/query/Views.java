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

/** What questions are answered with, beside the elements themselves. */
public final class Views {
  private Views() {}

  /** A node and how many hops away it is. */
  public record Neighbor(Node node, int distance) {}

  /**
   * The surroundings of a node.
   *
   * @param total how many neighbors there are, though fewer may be listed
   */
  public record Neighborhood(Node node, int depth, long total, List<Neighbor> neighbors) {}

  /**
   * A path: one edge fewer than nodes.
   *
   * @param weight the sum of the edges' weights
   */
  public record Route(List<Node> nodes, List<Edge> edges, double weight) {
    public int hops() {
      return edges.size();
    }
  }

  /** Some nodes and the edges among them. */
  public record Subgraph(List<Node> nodes, List<Edge> edges, boolean complete) {}

  /** What to look for. */
  public enum PatternKind {
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
  public record Pattern(PatternKind kind, List<Node> nodes, double score) {}

  /**
   * A graph in numbers.
   *
   * @param density edges ÷ (nodes × (nodes − 1)); 0 below two nodes
   * @param components connected components, whatever the edges' direction
   * @param orphans nodes without an edge
   */
  public record Statistics(
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
      long maxDegree) {}

  /** A category that fits, from 0 to 1, and why. */
  public record CategorySuggestion(Category category, double confidence, String reason) {}

  /** One step in the life of an element. */
  public record HistoryEntry(
      long sequence, Instant time, UserId actor, long version, String what) {}

  /** What changed between two sequence numbers. */
  public record Difference(
      long from,
      long to,
      List<Node> nodesAdded,
      List<Node> nodesChanged,
      List<NodeId> nodesRemoved,
      List<Edge> edgesAdded,
      List<Edge> edgesChanged,
      List<EdgeId> edgesRemoved) {}

  /** The width of a bucket. */
  public enum TimelineUnit {
    DAY,
    WEEK,
    MONTH
  }

  /** What happened in a span of time that starts on {@code start}. */
  public record TimelineBucket(
      LocalDate start,
      long commits,
      long nodesAdded,
      long nodesRemoved,
      long edgesAdded,
      long edgesRemoved) {}
}
