package dev.knowledgegraph.memory;

import dev.knowledgegraph.event.CategoryEvent.CategoryAdded;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.EdgeEvent.EdgeRemoved;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.NodeEvent.NodeContentChanged;
import dev.knowledgegraph.event.NodeEvent.NodeRemoved;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.event.SettingsEvent.GraphCreated;
import dev.knowledgegraph.event.SettingsEvent.GraphRemoved;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Change.CategoryChange;
import dev.knowledgegraph.spi.Change.EdgeChange;
import dev.knowledgegraph.spi.Change.GraphChange;
import dev.knowledgegraph.spi.Change.NodeChange;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Receipt;
import dev.knowledgegraph.spi.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Writes commits of one graph straight into a storage; commit n is of day n of 2024. */
public final class Scribe {
  private static final Instant DAY_0 = Instant.parse("2023-12-31T00:00:00Z");

  private final Storage storage;
  private final GraphRef ref;
  private long sequence;

  public Scribe(Storage storage, String owner, long number) {
    this.storage = storage;
    this.ref = new GraphRef(UserId.of(owner), GraphId.of(new UUID(0, number)));
  }

  public static NodeId nodeId(long number) {
    return NodeId.of(new UUID(1, number));
  }

  public static EdgeId edgeId(long number) {
    return EdgeId.of(new UUID(2, number));
  }

  public static Instant day(long number) {
    return DAY_0.plus(Duration.ofDays(number));
  }

  public GraphRef ref() {
    return ref;
  }

  public long sequence() {
    return sequence;
  }

  public Scribe create(GraphData data, boolean isDefault) {
    append(List.of(new GraphCreated(data)), new GraphChange(null, graph(data, isDefault)));
    return this;
  }

  public Scribe create(String name) {
    return create(GraphData.named(name), false);
  }

  public void removeGraph() {
    append(
        List.of(new GraphRemoved()),
        new GraphChange(storage.findGraph(ref.id()).orElseThrow(), null));
  }

  /** Adds node {@code number} with a title. */
  public NodeId node(long number, String title) {
    return node(number, NodeData.node(title));
  }

  public NodeId node(long number, NodeData data) {
    var id = nodeId(number);
    append(
        List.of(new NodeAdded(id, data)),
        new NodeChange(null, new Node(id, ref.id(), data, List.of(), nextDay(), nextDay(), 1)));
    return id;
  }

  public void set(long number, NodeData data) {
    var before = current(number);
    append(
        List.of(new NodeContentChanged(nodeId(number), data.content())),
        new NodeChange(
            before,
            new Node(
                before.id(),
                ref.id(),
                data,
                List.of(),
                before.created(),
                nextDay(),
                before.version() + 1)));
  }

  public void removeNode(long number) {
    var node = current(number);
    var changes = new ArrayList<Change>(List.of(new NodeChange(node, null)));
    storage
        .edgesOf(ref, List.of(node.id()), Direction.BOTH, List.of(), sequence)
        .forEach(edge -> changes.add(new EdgeChange(edge, null)));
    append(List.of(new NodeRemoved(node.id())), changes.toArray(Change[]::new));
  }

  /** Adds edge {@code number} between two nodes, directed, of weight 1. */
  public EdgeId edge(long number, long source, long target) {
    return edge(number, EdgeData.edge(nodeId(source), EdgeType.RELATED, nodeId(target)));
  }

  public EdgeId edge(long number, EdgeData data) {
    var id = edgeId(number);
    append(
        List.of(new EdgeAdded(id, data)),
        new EdgeChange(null, new Edge(id, ref.id(), data, nextDay(), nextDay(), 1)));
    return id;
  }

  public void removeEdge(long number) {
    var id = edgeId(number);
    var edge = storage.edges(ref, List.of(id), sequence).get(id);
    append(List.of(new EdgeRemoved(id)), new EdgeChange(edge, null));
  }

  public CategoryId category(long number, CategoryData data) {
    var id = CategoryId.of(new UUID(3, number));
    append(
        List.of(new CategoryAdded(id, data)),
        new CategoryChange(null, new Category(id, ref.id(), data, nextDay(), nextDay(), 1)));
    return id;
  }

  public void append(List<GraphEvent> events, Change... changes) {
    storage.append(List.of(commit(sequence, events, changes)));
    sequence++;
  }

  /** A commit decided at {@code head}, on its way into the storage. */
  public Commit commit(long head, List<GraphEvent> events, Change... changes) {
    long next = head + 1;
    var entry =
        new Committed(
            new Position(ref.id(), next),
            day(next),
            ref.owner(),
            "command-" + next,
            "",
            "",
            events);
    return new Commit(
        ref,
        head,
        entry,
        List.of(changes),
        new GraphHead(next, day(next), 0, 0, Fingerprint.EMPTY),
        new Receipt("key-" + next, "hash", next, events.size(), day(next)));
  }

  public Graph graph(GraphData data, boolean isDefault) {
    return new Graph(ref.id(), ref.owner(), data, isDefault, nextDay(), nextDay(), 1);
  }

  private Node current(long number) {
    var id = nodeId(number);
    return Objects.requireNonNull(storage.nodes(ref, List.of(id), sequence).get(id));
  }

  private Instant nextDay() {
    return day(sequence + 1);
  }
}
