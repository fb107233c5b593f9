package dev.knowledgegraph.functions;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.CommandResult.Accepted;
import dev.knowledgegraph.command.CommandResult.ItemResult;
import dev.knowledgegraph.command.CommandResult.Rejected;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.functions.FunctionResult.Connected;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.linking.Link;
import dev.knowledgegraph.linking.LinkSettings;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.spi.GraphReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Links nodes that are new or say something new with those there are, as {@code kg link} would.
 *
 * <p>Which nodes an event is about is all that is taken from it. A chunk of an import is read from
 * the log. Its nodes are linked a few at a time, each part with an idempotency key made from the
 * event's id, so that a delivery that comes again finds the receipts, and one that was cut off goes
 * on. After the day that receipts last, the ids of edges keep what was done from being done twice,
 * and what somebody removed from coming back.
 *
 * <p>Costs what linking a node costs: a few questions to the search index, and with mentions all
 * names of the graph.
 */
public final class ConnectNode implements EventFunction<Connected> {
  /** The events of nodes that may have other words now. */
  private static final Set<String> OF_A_NODE =
      Set.of(
          "node.added",
          "node.content-changed",
          "node.tagged",
          "node.untagged",
          "node.properties-changed",
          "node.restored",
          "node.merged");

  /** How many nodes are linked under one idempotency key. */
  private static final int TOGETHER = 64;

  /** How long receipts are found, as {@link CommandOptions} says. */
  private static final Duration RECEIPTS_LAST = Duration.ofHours(24);

  private static final int TRIES = 3;

  private final KnowledgeGraph store;
  private final Clock clock;
  private final Set<LinkMethod> always;
  private final FetchedNodes fetched;

  private ConnectNode(KnowledgeGraph store, Clock clock, Set<LinkMethod> always) {
    this.store = store;
    this.clock = clock;
    this.always = Set.copyOf(always);
    this.fetched = new FetchedNodes(store.storage());
  }

  /**
   * Links in graphs whose setting {@link dev.knowledgegraph.model.AutoLink} asks for it, as it
   * says.
   *
   * @param store which must be searchable
   * @param clock by which receipts are looked for
   */
  public static ConnectNode create(KnowledgeGraph store, Clock clock) {
    return new ConnectNode(store, clock, Set.of());
  }

  /**
   * The same, but in every graph, by {@code methods}, whatever the graphs' settings are; none of
   * them lets the settings count.
   */
  public ConnectNode always(Set<LinkMethod> methods) {
    return new ConnectNode(store, clock, methods);
  }

  @Override
  public Optional<Connected> handle(CloudEvent event) {
    boolean isOfANode = OF_A_NODE.contains(event.type());
    if (!isOfANode && !FetchedNodes.TYPES.contains(event.type())) {
      return Optional.empty();
    }
    Set<LinkMethod> methods = methods(event);
    if (methods.isEmpty()) {
      return Optional.of(Connected.NOTHING);
    }
    List<NodeId> nodes = isOfANode ? List.of(Subjects.node(event)) : fetched.of(event);
    var view =
        store
            .as(event.graph().owner())
            .correlatedBy(event.correlationId())
            .graph(event.graph().id());
    return Optional.of(connect(event, view, methods, nodes));
  }

  /** None if the graph is gone, or was never that owner's. */
  private Set<LinkMethod> methods(CloudEvent event) {
    Optional<Graph> graph =
        store
            .storage()
            .findGraph(event.graph().id())
            .filter(found -> found.ref().equals(event.graph()));
    return graph.isEmpty()
        ? Set.of()
        : always.isEmpty() ? graph.get().autoLink().methods() : always;
  }

  private Connected connect(
      CloudEvent event, GraphView view, Set<LinkMethod> methods, List<NodeId> nodes) {
    var sum = Connected.NOTHING;
    for (int from = 0; from < nodes.size(); from += TOGETHER) {
      var part = nodes.subList(from, Math.min(nodes.size(), from + TOGETHER));
      var key = FunctionNames.CONNECT_NODE + "/" + event.id() + "/" + from / TOGETHER;
      sum = sum.plus(part(event, view, methods, part, key));
    }
    return sum;
  }

  private Connected part(
      CloudEvent event, GraphView view, Set<LinkMethod> methods, List<NodeId> nodes, String key) {
    if (store
        .storage()
        .findReceipt(view.ref(), key, clock.instant().minus(RECEIPTS_LAST))
        .isPresent()) {
      return new Connected(0, 0, 0, 1);
    }
    Set<NodeId> live = live(view, nodes);
    for (int tries = 1; !live.isEmpty(); tries++) {
      try {
        var links =
            view.linking().with(LinkSettings.standard().withMethods(methods)).at(live).propose();
        return add(event, view, links, key).plus(new Connected(live.size(), 0, 0, 0));
      } catch (RejectedException e) {
        if (!(e.rejection() instanceof Rejection.NotFound) || tries == TRIES) {
          throw e;
        }
        // One of them went while it was looked at.
        live = live(view, nodes);
      }
    }
    return Connected.NOTHING;
  }

  /** Those that can be linked now. */
  private Set<NodeId> live(GraphView view, List<NodeId> nodes) {
    return store.storage().nodes(view.ref(), nodes, GraphReader.LATEST).values().stream()
        .filter(node -> node.status() != NodeStatus.ARCHIVED)
        .map(Node::id)
        .collect(Collectors.toSet());
  }

  /** The last commit has the key: a delivery that was cut off before it does all of it again. */
  private static Connected add(CloudEvent event, GraphView view, List<Link> links, String key) {
    var adding = new ArrayList<GraphCommand>();
    long refused = 0;
    for (Link link : links) {
      switch (link.outcome()) {
        case Link.Outcome.Linked l -> adding.add(new AddEdge(view.id(), link.edge(), link.data()));
        case Link.Outcome.Refused r -> refused++;
        case Link.Outcome.Present p -> {}
        case Link.Outcome.TakenBack t -> {}
        case Link.Outcome.Full f -> {}
      }
    }
    var sum = new Connected(0, 0, refused, 0);
    for (int from = 0; from < adding.size(); from += Batch.MAX_ITEMS) {
      int end = Math.min(adding.size(), from + Batch.MAX_ITEMS);
      var options = new CommandOptions(end == adding.size() ? key : null, null, "", event.id());
      sum = sum.plus(send(view, adding.subList(from, end), options));
    }
    return sum;
  }

  private static Connected send(
      GraphView view, Collection<GraphCommand> adding, CommandOptions options) {
    CommandResult result = view.send(new Batch(view.id(), List.copyOf(adding), false), options);
    return switch (result) {
      // The same delivery came twice at once, and the other one was first.
      case Rejected(Rejection.CommandIdReused reused) -> new Connected(0, 0, 0, 1);
      case Rejected(Rejection reason) -> throw new RejectedException(reason);
      case Accepted accepted when accepted.items().isEmpty() -> new Connected(0, 0, 0, 1);
      case Accepted accepted ->
          new Connected(
              0,
              accepted.count(ItemResult.Added.class),
              accepted.count(ItemResult.Refused.class),
              0);
    };
  }
}
