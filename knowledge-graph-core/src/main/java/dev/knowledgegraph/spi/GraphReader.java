package dev.knowledgegraph.spi;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Counts;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.Revision;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keyed and listed reads of the current state and of every earlier one. Laws:
 *
 * <ol>
 *   <li>A read sees every commit that was acknowledged before it began.
 *   <li>{@code at} is a sequence number of the graph, or {@link #LATEST}; the answer is what the
 *       same read would have given just after that commit. Beyond the head it is the latest.
 *   <li>An answer holds elements of the named graph only, and none if the owner is not its owner.
 *   <li>No answer holds an edge with an end that is not live at {@code at}.
 *   <li>Collections may have any size; the number of statements does not grow with it.
 *   <li>Texts come back as they were written; they are the same, and are ordered, code point by
 *       code point.
 *   <li>Head, counts, lists and degrees agree with each other.
 *   <li>The largest that the model allows is kept whole.
 *   <li>An id that was ever used stays known, and its history has every state that a commit left,
 *       once.
 *   <li>A bidirectional edge counts in every {@link Direction}, from both of its ends.
 *   <li>A page shows what was there from the start exactly once; a start that no page gave is an
 *       {@link IllegalArgumentException}.
 *   <li>The shape read at a moment is that of exactly the nodes and edges there are then.
 * </ol>
 *
 * Which graph is the default is a fact about its owner and no part of law 2: the flag is that of
 * today. May be shared between threads. Contracts in the TCK: {@code ReadContract} (laws 1 to 4, 7,
 * 9 to 11), {@code LimitContract} (5, 8), {@code IdentifierContract} (6), {@code ShapeContract}
 * (12), {@code ModelContract} (all).
 */
public interface GraphReader {
  /** The state after the latest commit. */
  long LATEST = Long.MAX_VALUE;

  /** A live graph by id, whoever owns it: the one read that is not bound to an owner. */
  Optional<Graph> findGraph(GraphId id);

  /** A live graph by its owner's name for it. */
  Optional<Graph> findGraph(UserId owner, String name);

  /** All live graphs of an owner, by name. */
  List<Graph> graphs(UserId owner);

  /** Where the log stands; {@link GraphHead#EMPTY} for a graph that never was. */
  GraphHead head(GraphRef graph);

  /** The graph's settings as they were. */
  Optional<Graph> graphAt(GraphRef graph, long at);

  /** Those of {@code ids} that are live. */
  Map<NodeId, Node> nodes(GraphRef graph, Collection<NodeId> ids, long at);

  /** Those of {@code keys} that live nodes have. */
  Map<NodeKey, Node> nodesByKey(GraphRef graph, Collection<NodeKey> keys, long at);

  /** Live nodes of exactly this title, oldest first. */
  List<Node> nodesByTitle(GraphRef graph, String title, int limit, long at);

  /** Those of {@code ids} that are live. */
  Map<EdgeId, Edge> edges(GraphRef graph, Collection<EdgeId> ids, long at);

  /**
   * Live edges that count in {@code direction} for any of {@code nodes}, each once, ordered by
   * source, type, target, discriminator.
   *
   * @param types empty for all
   */
  List<Edge> edgesOf(
      GraphRef graph,
      Collection<NodeId> nodes,
      Direction direction,
      Collection<EdgeType> types,
      long at);

  /**
   * Live edges whose stored source is any of {@code sources}, in the same order. What tells edges
   * apart goes by their ends as stored, and not by how they can be followed.
   */
  List<Edge> edgesFrom(GraphRef graph, Collection<NodeId> sources, long at);

  /**
   * Live edges of any of these shapes, in the same order. What it costs goes by the shapes and the
   * edges found, however many other edges the nodes have.
   */
  List<Edge> edgesOfShape(GraphRef graph, Collection<EdgeShape> shapes, long at);

  /** How many live edges a node has, both directions together; a self loop counts twice. */
  int degree(GraphRef graph, NodeId node, long at);

  /** Those of {@code ids} that ever were a node, live or not. */
  Set<NodeId> usedNodeIds(GraphRef graph, Collection<NodeId> ids);

  /** Those of {@code ids} that ever were an edge, live or not. */
  Set<EdgeId> usedEdgeIds(GraphRef graph, Collection<EdgeId> ids);

  Page<Node> listNodes(
      GraphRef graph, NodeFilter filter, NodeSort sort, Page.Request page, long at);

  /** Oldest first. */
  Page<Edge> listEdges(GraphRef graph, EdgeFilter filter, Page.Request page, long at);

  /** All live categories, by title. */
  List<Category> categories(GraphRef graph, long at);

  Counts counts(GraphRef graph, long at);

  /** Every live node, one at a time, in the storage's own order; the action may read and write. */
  void forEachNode(GraphRef graph, long at, Consumer<Node> action);

  /** Every live edge, one at a time, in the storage's own order. */
  void forEachEdge(GraphRef graph, long at, Consumer<Edge> action);

  /**
   * The nodes and the ends, types, directions and weights of the edges, without what else they
   * hold: the same elements as {@link #forEachNode} and {@link #forEachEdge} show, in one state.
   * Reads one after the other with all they hold; a storage that can do it in less should.
   */
  default void readShape(GraphRef graph, long at, ShapeSink sink) {
    long state = Math.min(at, head(graph).sequence());
    var numbers = new HashMap<NodeId, Integer>();
    forEachNode(
        graph,
        state,
        node -> {
          int number = numbers.size();
          numbers.put(node.id(), number);
          sink.node(number, node.id());
        });
    forEachEdge(
        graph,
        state,
        edge ->
            sink.edge(
                numbers.getOrDefault(edge.source(), -1),
                numbers.getOrDefault(edge.target(), -1),
                edge.type(),
                edge.directed(),
                edge.weight()));
  }

  /** All states a node has had, oldest first. */
  List<Revision<Node>> nodeHistory(GraphRef graph, NodeId id);

  /** All states an edge has had, oldest first. */
  List<Revision<Edge>> edgeHistory(GraphRef graph, EdgeId id);
}
