package dev.knowledgegraph.domain;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import java.util.List;
import java.util.Optional;

/**
 * What a decider may know of a graph. All answers are of one moment: the commit that follows is
 * refused if the log has moved since.
 */
public interface Facts {
  /** The graph's settings. */
  Graph graph();

  long nodeCount();

  long edgeCount();

  Optional<Node> node(NodeId id);

  /** Whether the id is or ever was a node's. */
  boolean isUsed(NodeId id);

  Optional<Node> nodeByKey(NodeKey key);

  /** Whether a live node other than {@code except} has exactly this title. */
  boolean isTitleTaken(String title, NodeId except);

  Optional<Edge> edge(EdgeId id);

  /** Whether the id is or ever was an edge's. */
  boolean isUsed(EdgeId id);

  /** Live edges of a type from {@code source} to {@code target}. */
  List<Edge> edgesBetween(NodeId source, EdgeType type, NodeId target);

  /** Live edges that start or end at the node. */
  List<Edge> incident(NodeId node);

  /** How many live edges start at the node plus how many end there. */
  int degree(NodeId node);

  /** Whether HIERARCHICAL edges lead from {@code from} to {@code to}, or they are the same. */
  boolean isAbove(NodeId from, NodeId to);

  List<Category> categories();

  /** Live nodes of a category. */
  List<Node> members(CategoryId category);

  /** The merge that ended {@code absorbed}, if it was the last thing that happened to it. */
  Optional<PastMerge> mergeOf(NodeId absorbed);

  /**
   * A merge as it was.
   *
   * @param survivorBefore the surviving node just before it
   * @param absorbedBefore the other node just before it
   * @param edgesBefore all edges of the absorbed node just before it
   * @param survivorAfter the version of the surviving node just after it
   * @param movedAfter the moved edges just after it
   */
  record PastMerge(
      Node survivorBefore,
      Node absorbedBefore,
      List<Edge> edgesBefore,
      long survivorAfter,
      List<Edge> movedAfter) {}

  default Optional<Category> category(CategoryId id) {
    return categories().stream().filter(category -> category.id().equals(id)).findFirst();
  }
}
