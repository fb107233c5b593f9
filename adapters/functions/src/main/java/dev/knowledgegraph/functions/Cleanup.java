package dev.knowledgegraph.functions;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult.ItemResult;
import dev.knowledgegraph.command.EdgeCommand.RemoveEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.StaleReadException;
import dev.knowledgegraph.error.UnsupportedCapabilityException;
import dev.knowledgegraph.functions.FunctionResult.Cleaned;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Storage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears what still hangs on a node that was removed: its edges have ended, the search index has
 * come as far as the log, and the totals agree with what is there.
 *
 * <p>The edges of a removed node ended with it, in one commit, so there is nothing to end. Where
 * archiving is how nodes are deleted, this can end {@linkplain #alsoOfArchived those of archived
 * nodes}, which else keep them: they stay in its history, and do not come back if it is restored. A
 * node that was restored meanwhile is left alone, which is decided at the very commit that would
 * end its edges.
 */
public final class Cleanup implements EventFunction<Cleaned> {
  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);
  private static final String REMOVED = "node.removed";
  private static final String ARCHIVED = "node.archived";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES = 10;

  private final KnowledgeGraph store;
  private final Set<String> types;
  private final boolean recounts;
  private final Duration patience;

  private Cleanup(KnowledgeGraph store, Set<String> types, boolean recounts, Duration patience) {
    this.store = store;
    this.types = types;
    this.recounts = recounts;
    this.patience = patience;
  }

  /** Compares the totals of the graph with its counts, and waits for the index for 30 s. */
  public static Cleanup create(KnowledgeGraph store) {
    return new Cleanup(store, Set.of(REMOVED), false, PATIENCE);
  }

  /** The same, which also ends the edges of nodes that were archived. */
  public Cleanup alsoOfArchived() {
    return new Cleanup(store, Set.of(REMOVED, ARCHIVED), recounts, patience);
  }

  /** The same, which also makes the fingerprint anew from every element: it reads all of them. */
  public Cleanup recounting() {
    return new Cleanup(store, types, true, patience);
  }

  /** The same, with another time to wait for the search index. */
  public Cleanup waiting(Duration longest) {
    return new Cleanup(store, types, recounts, longest);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ConflictException if others were faster again and again
   * @throws StaleReadException if the search index does not come up to date
   */
  @Override
  public Optional<Cleaned> handle(CloudEvent event) {
    if (!types.contains(event.type())) {
      return Optional.empty();
    }
    NodeId node = Subjects.node(event);
    boolean isThere =
        storage()
            .findGraph(event.graph().id())
            .filter(found -> found.ref().equals(event.graph()))
            .isPresent();
    return Optional.of(isThere ? clean(event, node) : Cleaned.NOTHING);
  }

  private Cleaned clean(CloudEvent event, NodeId node) {
    GraphRef graph = event.graph();
    GraphView view = store.as(graph.owner()).correlatedBy(event.correlationId()).graph(graph.id());
    long ended = endEdges(event, view, node);
    GraphHead head = storage().head(graph);
    boolean indexed = isIndexed(graph, head.sequence());
    boolean agrees = agrees(graph, head);
    if (!agrees) {
      LOG.error(
          "the totals of graph {} differ from what is there; look at it with kg doctor",
          graph.id());
    }
    return new Cleaned(ended, head.sequence(), indexed, agrees);
  }

  private long endEdges(CloudEvent event, GraphView view, NodeId node) {
    long ended = 0;
    for (int lost = 0; lost < TRIES; ) {
      long at = storage().head(view.ref()).sequence();
      var ending = edges(view, node, at);
      if (ending.isEmpty()) {
        return ended;
      }
      var options = new CommandOptions(null, at, "", event.id());
      try {
        long now =
            view.send(new Batch(view.id(), ending, false), options)
                .orThrow()
                .count(ItemResult.Changed.class);
        ended += now;
        lost += now == 0 ? 1 : 0;
      } catch (RejectedException e) {
        if (!(e.rejection() instanceof Rejection.VersionMismatch)) {
          throw e;
        }
        lost++;
      }
    }
    throw new ConflictException("others changed the graph again and again");
  }

  /** What is to end, as of a commit; nothing if the node is not archived then. */
  private List<GraphCommand> edges(GraphView view, NodeId id, long at) {
    Node node = storage().nodes(view.ref(), List.of(id), at).get(id);
    if (node == null || node.status() != NodeStatus.ARCHIVED) {
      return List.of();
    }
    return storage().edgesOf(view.ref(), List.of(id), Direction.BOTH, List.of(), at).stream()
        .limit(Batch.MAX_ITEMS)
        .map(Edge::id)
        .<GraphCommand>map(edge -> new RemoveEdge(view.id(), edge))
        .toList();
  }

  private boolean isIndexed(GraphRef graph, long sequence) {
    try {
      var index = store.searchIndex();
      if (!index.awaitPosition(graph, sequence, patience)) {
        throw new StaleReadException(index.position(graph), sequence, "; deliver the event again");
      }
      return true;
    } catch (UnsupportedCapabilityException e) {
      return false;
    }
  }

  private boolean agrees(GraphRef graph, GraphHead head) {
    var counts = storage().counts(graph, head.sequence());
    return counts.nodes() == head.nodes()
        && counts.edges() == head.edges()
        && (!recounts
            || KnowledgeGraph.recount(storage(), graph, head.sequence())
                .equals(head.fingerprint()));
  }

  private Storage storage() {
    return store.storage();
  }
}
