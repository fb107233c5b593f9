package dev.knowledgegraph.spi;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventPlace;
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
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A storage that passes every call on; a subclass changes what it is for. All calls but {@link
 * #close}, {@link #isReadOnly}, {@link #isShared}, {@link #directory} and {@link #undisturbed} go
 * through {@link #call}.
 */
public abstract class StorageDecorator implements Storage {
  private final Storage storage;

  /** Around {@code storage}, which it closes with itself. */
  protected StorageDecorator(Storage storage) {
    this.storage = storage;
  }

  /** The storage inside. */
  public final Storage storage() {
    return storage;
  }

  /** Carries out a call of the port's method of that name. */
  protected <R> R call(String method, Supplier<R> work) {
    return work.get();
  }

  private void run(String method, Runnable work) {
    call(
        method,
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  public void append(List<Commit> commits) {
    run("append", () -> storage.append(commits));
  }

  @Override
  public List<Committed> read(GraphRef graph, long after, int limit) {
    return call("read", () -> storage.read(graph, after, limit));
  }

  @Override
  public List<GraphRef> logs(@Nullable GraphRef after, int limit) {
    return call("logs", () -> storage.logs(after, limit));
  }

  @Override
  public Optional<Receipt> findReceipt(GraphRef graph, String idempotencyKey, Instant notBefore) {
    return call("findReceipt", () -> storage.findReceipt(graph, idempotencyKey, notBefore));
  }

  @Override
  public long sequenceAt(GraphRef graph, Instant time) {
    return call("sequenceAt", () -> storage.sequenceAt(graph, time));
  }

  @Override
  public Optional<Graph> findGraph(GraphId id) {
    return call("findGraph", () -> storage.findGraph(id));
  }

  @Override
  public Optional<Graph> findGraph(UserId owner, String name) {
    return call("findGraph", () -> storage.findGraph(owner, name));
  }

  @Override
  public List<Graph> graphs(UserId owner) {
    return call("graphs", () -> storage.graphs(owner));
  }

  @Override
  public GraphHead head(GraphRef graph) {
    return call("head", () -> storage.head(graph));
  }

  @Override
  public Optional<Graph> graphAt(GraphRef graph, long at) {
    return call("graphAt", () -> storage.graphAt(graph, at));
  }

  @Override
  public Map<NodeId, Node> nodes(GraphRef graph, Collection<NodeId> ids, long at) {
    return call("nodes", () -> storage.nodes(graph, ids, at));
  }

  @Override
  public Map<NodeKey, Node> nodesByKey(GraphRef graph, Collection<NodeKey> keys, long at) {
    return call("nodesByKey", () -> storage.nodesByKey(graph, keys, at));
  }

  @Override
  public List<Node> nodesByTitle(GraphRef graph, String title, int limit, long at) {
    return call("nodesByTitle", () -> storage.nodesByTitle(graph, title, limit, at));
  }

  @Override
  public Map<EdgeId, Edge> edges(GraphRef graph, Collection<EdgeId> ids, long at) {
    return call("edges", () -> storage.edges(graph, ids, at));
  }

  @Override
  public List<Edge> edgesOf(
      GraphRef graph,
      Collection<NodeId> nodes,
      Direction direction,
      Collection<EdgeType> types,
      long at) {
    return call("edgesOf", () -> storage.edgesOf(graph, nodes, direction, types, at));
  }

  @Override
  public List<Edge> edgesFrom(GraphRef graph, Collection<NodeId> sources, long at) {
    return call("edgesFrom", () -> storage.edgesFrom(graph, sources, at));
  }

  @Override
  public List<Edge> edgesOfShape(GraphRef graph, Collection<EdgeShape> shapes, long at) {
    return call("edgesOfShape", () -> storage.edgesOfShape(graph, shapes, at));
  }

  @Override
  public int degree(GraphRef graph, NodeId node, long at) {
    return call("degree", () -> storage.degree(graph, node, at));
  }

  @Override
  public Set<NodeId> usedNodeIds(GraphRef graph, Collection<NodeId> ids) {
    return call("usedNodeIds", () -> storage.usedNodeIds(graph, ids));
  }

  @Override
  public Set<EdgeId> usedEdgeIds(GraphRef graph, Collection<EdgeId> ids) {
    return call("usedEdgeIds", () -> storage.usedEdgeIds(graph, ids));
  }

  @Override
  public Page<Node> listNodes(
      GraphRef graph, NodeFilter filter, NodeSort sort, Page.Request page, long at) {
    return call("listNodes", () -> storage.listNodes(graph, filter, sort, page, at));
  }

  @Override
  public Page<Edge> listEdges(GraphRef graph, EdgeFilter filter, Page.Request page, long at) {
    return call("listEdges", () -> storage.listEdges(graph, filter, page, at));
  }

  @Override
  public List<Category> categories(GraphRef graph, long at) {
    return call("categories", () -> storage.categories(graph, at));
  }

  @Override
  public Counts counts(GraphRef graph, long at) {
    return call("counts", () -> storage.counts(graph, at));
  }

  @Override
  public void forEachNode(GraphRef graph, long at, Consumer<Node> action) {
    run("forEachNode", () -> storage.forEachNode(graph, at, action));
  }

  @Override
  public void forEachEdge(GraphRef graph, long at, Consumer<Edge> action) {
    run("forEachEdge", () -> storage.forEachEdge(graph, at, action));
  }

  @Override
  public List<Revision<Node>> nodeHistory(GraphRef graph, NodeId id) {
    return call("nodeHistory", () -> storage.nodeHistory(graph, id));
  }

  @Override
  public void readShape(GraphRef graph, long at, ShapeSink sink) {
    run("readShape", () -> storage.readShape(graph, at, sink));
  }

  @Override
  public Optional<Path> directory() {
    return storage.directory();
  }

  @Override
  public List<Revision<Edge>> edgeHistory(GraphRef graph, EdgeId id) {
    return call("edgeHistory", () -> storage.edgeHistory(graph, id));
  }

  @Override
  public long checkpoint(String subscriber, GraphRef graph) {
    return call("checkpoint", () -> storage.checkpoint(subscriber, graph));
  }

  @Override
  public void saveCheckpoint(String subscriber, GraphRef graph, long sequence) {
    run("saveCheckpoint", () -> storage.saveCheckpoint(subscriber, graph, sequence));
  }

  @Override
  public void park(String subscriber, GraphRef graph, List<DeadLetter> letters) {
    run("park", () -> storage.park(subscriber, graph, letters));
  }

  @Override
  public void unpark(String subscriber, GraphRef graph, Collection<EventPlace> places) {
    run("unpark", () -> storage.unpark(subscriber, graph, places));
  }

  @Override
  public List<DeadLetter> parked(
      String subscriber, GraphRef graph, @Nullable EventPlace after, int limit) {
    return call("parked", () -> storage.parked(subscriber, graph, after, limit));
  }

  @Override
  public List<String> parkedFor(GraphRef graph) {
    return call("parkedFor", () -> storage.parkedFor(graph));
  }

  @Override
  public Lease lease(String name) {
    return call("lease", () -> storage.lease(name));
  }

  @Override
  public boolean replaceLease(String name, Lease expected, Lease next) {
    return call("replaceLease", () -> storage.replaceLease(name, expected, next));
  }

  @Override
  public void undisturbed(GraphId graph, Runnable work) {
    storage.undisturbed(graph, work);
  }

  @Override
  public boolean isShared() {
    return storage.isShared();
  }

  @Override
  public boolean isReadOnly() {
    return storage.isReadOnly();
  }

  @Override
  public void close() {
    storage.close();
  }
}
