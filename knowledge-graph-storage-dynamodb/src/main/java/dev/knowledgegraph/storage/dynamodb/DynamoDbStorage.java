package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
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
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Lease;
import dev.knowledgegraph.spi.Receipt;
import dev.knowledgegraph.spi.ShapeSink;
import dev.knowledgegraph.spi.Storage;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A store in a table of DynamoDB. Any number of processes read and write it at the same time;
 * nothing is remembered from one call to the next, so each sees what all others have written. May
 * be shared between threads.
 *
 * <p>Each call reads where its graph stands, with one request, and then all it wants as of there:
 * one request for each node or end of an edge, or one for each MB if that takes fewer units. A list
 * of nodes costs what its page has only if it is of all nodes, oldest first; any other order or
 * filter, counts, and lists of edges but those of one node read all the graph.
 */
public final class DynamoDbStorage implements Storage {
  private final DynamoDbClient client;
  private final boolean ownsClient;
  private final boolean readOnly;
  private final Table table;
  private final Writer writer;
  private volatile boolean closed;

  private DynamoDbStorage(Table table, boolean readOnly, boolean ownsClient) {
    this.client = table.client();
    this.ownsClient = ownsClient;
    this.readOnly = readOnly;
    this.table = table;
    this.writer = new Writer(table);
  }

  /**
   * Opens the store in a table that is there already.
   *
   * @param client stays open when the storage is closed
   * @throws StorageException with code STORE_ABSENT if there is no such table
   * @throws IntegrityException with code STORE_NEWER if a newer version of the library wrote to it
   */
  public static DynamoDbStorage open(DynamoDbClient client, DynamoDbStorageConfig config) {
    return open(new Table(client, config, Transaction.MOST), false, false);
  }

  /** The same for reading only: what writes is refused. */
  public static DynamoDbStorage openReadOnly(DynamoDbClient client, DynamoDbStorageConfig config) {
    return open(new Table(client, config, Transaction.MOST), true, false);
  }

  /**
   * The same.
   *
   * @param ownsClient whether the client is closed with the storage
   */
  static DynamoDbStorage open(Table table, boolean readOnly, boolean ownsClient) {
    var storage = new DynamoDbStorage(table, readOnly, ownsClient);
    boolean done = false;
    try {
      long format = table.get(Keys.lastLog()).map(item -> item.number(Append.FORMAT)).orElse(0L);
      if (format > Append.FORMAT_NOW) {
        throw new IntegrityException(
            "STORE_NEWER", "a newer version of the library wrote to the table", null);
      }
      done = true;
      return storage;
    } finally {
      if (!done) {
        storage.close();
      }
    }
  }

  /** Over a table that somebody else closes. */
  static DynamoDbStorage over(Table table) {
    return new DynamoDbStorage(table, false, false);
  }

  /**
   * Makes a store whole after a restore to a point in time, or whatever else lost some of the items
   * that were written last. Of each graph it keeps the log up to the last commit before the first
   * that is missing, takes back all that is beyond, writes again what the log makes and is not
   * there, and compares the fingerprint of all elements with the one in the log. An append that is
   * lost in part is taken back in all graphs. Receipts that are lost stay lost.
   *
   * <p>Nobody else may use the table meanwhile. It reads all of the table, and has each graph in
   * memory once. What is interrupted can be run again.
   *
   * @return what was done, by graph
   * @throws IntegrityException if a log is damaged in its middle in a way that no link of it shows;
   *     the graphs before it are whole then
   */
  public static List<Reconciled> reconcile(DynamoDbClient client, DynamoDbStorageConfig config) {
    try (var table = new Table(client, config, Transaction.MOST)) {
      return Reconcile.run(table);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the storage is closed");
    }
  }

  private void checkWritable() {
    checkOpen();
    if (readOnly) {
      throw new StorageException("STORE_READ_ONLY", "the store is open for reading", false, null);
    }
  }

  /** The graph's head, if it is there and the owner's. */
  private Optional<Head> find(GraphRef graph) {
    checkOpen();
    return table
        .get(Keys.head(graph.id()))
        .map(item -> Head.of(graph.id(), item))
        .filter(head -> head.graph().equals(graph) && head.applied() > 0);
  }

  /** Reads of a graph, whether it is live or not; {@code none} if it is not there. */
  private <T> T ever(GraphRef graph, long at, T none, Function<View, T> read) {
    return find(graph).map(head -> read.apply(new View(table, head, at))).orElse(none);
  }

  /** Reads of a graph that is live at that moment; {@code none} if it is not. */
  private <T> T live(GraphRef graph, long at, T none, Function<View, T> read) {
    return ever(graph, at, none, view -> view.isGone() ? none : read.apply(view));
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      table.close();
      if (ownsClient) {
        client.close();
      }
    }
  }

  // The log

  @Override
  public void append(List<Commit> commits) {
    checkWritable();
    if (!commits.isEmpty()) {
      writer.append(commits);
    }
  }

  @Override
  public List<Committed> read(GraphRef graph, long after, int limit) {
    return ever(graph, LATEST, List.of(), view -> LogReads.after(view, after, limit));
  }

  @Override
  public List<GraphRef> logs(@Nullable GraphRef after, int limit) {
    checkOpen();
    long last = 0;
    if (after != null) {
      last =
          find(after)
              .map(Head::number)
              .orElseThrow(
                  () -> new IllegalArgumentException("graph " + after.id() + " has no log"));
    }
    return LogReads.logs(table, last, limit);
  }

  @Override
  public Optional<Receipt> findReceipt(GraphRef graph, String idempotencyKey, Instant notBefore) {
    return ever(
        graph, LATEST, Optional.empty(), view -> LogReads.receipt(view, idempotencyKey, notBefore));
  }

  @Override
  public long sequenceAt(GraphRef graph, Instant time) {
    return ever(graph, LATEST, 0L, view -> LogReads.sequenceAt(view, time));
  }

  @Override
  public long checkpoint(String subscriber, GraphRef graph) {
    checkOpen();
    return table
        .get(Keys.checkpoint(subscriber, graph))
        .map(item -> item.number(Head.SEQUENCE))
        .orElse(0L);
  }

  @Override
  public void saveCheckpoint(String subscriber, GraphRef graph, long sequence) {
    checkWritable();
    table.put(
        Item.at(Keys.checkpoint(subscriber, graph))
            .text("subscriber", subscriber)
            .number(Head.SEQUENCE, sequence));
  }

  // Leases

  @Override
  public Lease lease(String name) {
    checkOpen();
    return LeaseItems.read(table, name);
  }

  @Override
  public boolean replaceLease(String name, Lease expected, Lease next) {
    checkWritable();
    return LeaseItems.replace(table, name, expected, next);
  }

  // Dead letters

  @Override
  public void park(String subscriber, GraphRef graph, List<DeadLetter> letters) {
    checkWritable();
    DeadLetterItems.park(table, subscriber, graph, letters);
  }

  @Override
  public void unpark(String subscriber, GraphRef graph, Collection<EventPlace> places) {
    checkWritable();
    DeadLetterItems.unpark(table, subscriber, graph, places);
  }

  @Override
  public List<DeadLetter> parked(
      String subscriber, GraphRef graph, @Nullable EventPlace after, int limit) {
    checkOpen();
    return DeadLetterItems.read(table, subscriber, graph, after, limit);
  }

  @Override
  public List<String> parkedFor(GraphRef graph) {
    checkOpen();
    return DeadLetterItems.subscribers(table, graph);
  }

  // Graphs

  @Override
  public Optional<Graph> findGraph(GraphId id) {
    checkOpen();
    return GraphReads.live(table, List.of(id)).stream().findFirst();
  }

  @Override
  public Optional<Graph> findGraph(UserId owner, String name) {
    checkOpen();
    var holders =
        table
            .get(Keys.name(owner, name))
            .map(item -> GraphReads.holders(List.of(item)))
            .orElse(List.of());
    return GraphReads.live(table, holders).stream()
        .filter(graph -> graph.owner().equals(owner) && graph.name().equals(name))
        .findFirst();
  }

  @Override
  public List<Graph> graphs(UserId owner) {
    checkOpen();
    return GraphReads.live(table, GraphReads.holders(GraphReads.names(table, owner))).stream()
        .filter(graph -> graph.owner().equals(owner))
        .sorted(Comparator.comparing(Graph::name, NodeSort.byCodePoint()))
        .toList();
  }

  @Override
  public GraphHead head(GraphRef graph) {
    return find(graph).map(head -> head.state().totals()).orElse(GraphHead.EMPTY);
  }

  @Override
  public Optional<Graph> graphAt(GraphRef graph, long at) {
    return live(graph, at, Optional.empty(), GraphReads::at);
  }

  // Nodes

  @Override
  public Map<NodeId, Node> nodes(GraphRef graph, Collection<NodeId> ids, long at) {
    checkOpen();
    return ids.isEmpty() ? Map.of() : live(graph, at, Map.of(), view -> NodeReads.byId(view, ids));
  }

  @Override
  public Map<NodeKey, Node> nodesByKey(GraphRef graph, Collection<NodeKey> keys, long at) {
    checkOpen();
    return keys.isEmpty()
        ? Map.of()
        : live(graph, at, Map.of(), view -> NodeReads.byKey(view, keys));
  }

  @Override
  public List<Node> nodesByTitle(GraphRef graph, String title, int limit, long at) {
    return live(graph, at, List.of(), view -> NodeReads.byTitle(view, title, limit));
  }

  @Override
  public Set<NodeId> usedNodeIds(GraphRef graph, Collection<NodeId> ids) {
    checkOpen();
    return ids.isEmpty()
        ? Set.of()
        : ever(graph, LATEST, Set.of(), view -> NodeReads.used(view, ids));
  }

  @Override
  public Set<EdgeId> usedEdgeIds(GraphRef graph, Collection<EdgeId> ids) {
    checkOpen();
    return ids.isEmpty()
        ? Set.of()
        : ever(graph, LATEST, Set.of(), view -> EdgeReads.used(view, ids));
  }

  @Override
  public Page<Node> listNodes(
      GraphRef graph, NodeFilter filter, NodeSort sort, Page.Request page, long at) {
    return live(
        graph,
        at,
        new Page<>(List.of(), 0, null),
        view -> Listing.nodes(view, filter, sort, page, LogReads.state(view).totals().nodes()));
  }

  @Override
  public void forEachNode(GraphRef graph, long at, Consumer<Node> action) {
    live(graph, at).ifPresent(view -> NodeReads.each(view, action));
  }

  /** The same for what answers nothing. */
  private Optional<View> live(GraphRef graph, long at) {
    return find(graph).map(head -> new View(table, head, at)).filter(view -> !view.isGone());
  }

  @Override
  public List<Revision<Node>> nodeHistory(GraphRef graph, NodeId id) {
    return ever(graph, LATEST, List.of(), view -> NodeReads.history(view, id));
  }

  // Edges

  @Override
  public Map<EdgeId, Edge> edges(GraphRef graph, Collection<EdgeId> ids, long at) {
    checkOpen();
    return ids.isEmpty() ? Map.of() : live(graph, at, Map.of(), view -> EdgeReads.byId(view, ids));
  }

  @Override
  public List<Edge> edgesOf(
      GraphRef graph,
      Collection<NodeId> nodes,
      Direction direction,
      Collection<EdgeType> types,
      long at) {
    checkOpen();
    return nodes.isEmpty()
        ? List.of()
        : live(graph, at, List.of(), view -> EdgeReads.of(view, nodes, direction, types));
  }

  @Override
  public List<Edge> edgesFrom(GraphRef graph, Collection<NodeId> sources, long at) {
    checkOpen();
    return sources.isEmpty()
        ? List.of()
        : live(graph, at, List.of(), view -> EdgeReads.from(view, sources));
  }

  @Override
  public List<Edge> edgesOfShape(GraphRef graph, Collection<EdgeShape> shapes, long at) {
    checkOpen();
    return shapes.isEmpty()
        ? List.of()
        : live(graph, at, List.of(), view -> EdgeReads.ofShape(view, shapes));
  }

  @Override
  public int degree(GraphRef graph, NodeId node, long at) {
    return live(graph, at, 0, view -> EdgeReads.degree(view, node));
  }

  @Override
  public Page<Edge> listEdges(GraphRef graph, EdgeFilter filter, Page.Request page, long at) {
    return live(
        graph, at, new Page<>(List.of(), 0, null), view -> Listing.edges(view, filter, page));
  }

  @Override
  public void forEachEdge(GraphRef graph, long at, Consumer<Edge> action) {
    live(graph, at).ifPresent(view -> EdgeReads.each(view, action));
  }

  @Override
  public void readShape(GraphRef graph, long at, ShapeSink sink) {
    live(graph, at).ifPresent(view -> GraphReads.shape(view, sink));
  }

  @Override
  public List<Revision<Edge>> edgeHistory(GraphRef graph, EdgeId id) {
    return ever(graph, LATEST, List.of(), view -> EdgeReads.history(view, id));
  }

  // The rest

  @Override
  public List<Category> categories(GraphRef graph, long at) {
    return live(graph, at, List.of(), GraphReads::categories);
  }

  @Override
  public Counts counts(GraphRef graph, long at) {
    return live(graph, at, new Counts(0, 0, Map.of(), Map.of(), Map.of()), GraphReads::counts);
  }
}
