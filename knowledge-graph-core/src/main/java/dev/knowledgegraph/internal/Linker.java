package dev.knowledgegraph.internal;

import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.CommandBus;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.CommandResult.ItemResult;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.StaleReadException;
import dev.knowledgegraph.linking.Link;
import dev.knowledgegraph.linking.Link.Outcome;
import dev.knowledgegraph.linking.LinkListener;
import dev.knowledgegraph.linking.LinkReport;
import dev.knowledgegraph.linking.LinkSettings;
import dev.knowledgegraph.linking.Names;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Links nodes by what they say. It asks the search index and the storage what could be linked, and
 * sends what is new as ordinary commands, a few nodes' links in each: rules and limits are those
 * for everybody, and what was done stays done when it is stopped. May be shared between threads.
 */
public final class Linker {
  private static final int TOGETHER = 64;
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final Storage storage;
  private final Searching searching;
  private final CommandBus commands;
  private final Clock clock;

  Linker(Storage storage, Searching searching, CommandBus commands, Clock clock) {
    this.storage = storage;
    this.searching = searching;
    this.commands = commands;
    this.clock = clock;
  }

  /**
   * What is to be linked, and how.
   *
   * @param nodes links at these only; empty for all nodes
   * @param dryRun whether everything is done but the writing
   * @param correlationId of the commands; empty for one of their own
   */
  public record Task(
      UserId caller,
      GraphRef graph,
      LinkSettings settings,
      Collection<NodeId> nodes,
      boolean dryRun,
      String correlationId) {}

  /**
   * Links nodes.
   *
   * @throws RejectedException if the graph is not the caller's (NotFound, Forbidden), or one of the
   *     nodes is not there (NotFound)
   * @throws StaleReadException if the search index does not come up to date
   */
  public LinkReport link(Task task, LinkListener listener) {
    return link(task, null, listener);
  }

  /** With the names of all nodes, if they are at hand. */
  LinkReport link(Task task, @Nullable Names names, LinkListener listener) {
    requireOwner(task);
    List<Node> given = given(task);
    boolean isWhole = task.nodes().isEmpty();
    var methods = task.settings().methods();
    SearchIndex index =
        methods.contains(LinkMethod.SIMILARITY) || !isWhole ? upToDate(task.graph()) : null;
    var run = new Run(task, names, index, listener);
    if (isWhole) {
      storage.forEachNode(task.graph(), GraphReader.LATEST, run::add);
    } else {
      given.forEach(run::add);
    }
    return run.end();
  }

  private void requireOwner(Task task) {
    var graph =
        storage.findGraph(task.graph().id()).filter(found -> found.isReadableBy(task.caller()));
    String id = task.graph().id().toString();
    if (graph.isEmpty()) {
      throw new RejectedException(new Rejection.NotFound("graph", id));
    }
    if (!graph.get().owner().equals(task.caller())) {
      throw new RejectedException(new Rejection.Forbidden(id));
    }
  }

  private List<Node> given(Task task) {
    var found = storage.nodes(task.graph(), task.nodes(), GraphReader.LATEST);
    for (NodeId id : task.nodes()) {
      if (!found.containsKey(id)) {
        throw new RejectedException(new Rejection.NotFound("node", id.toString()));
      }
    }
    return task.nodes().stream().distinct().map(found::get).toList();
  }

  private SearchIndex upToDate(GraphRef graph) {
    SearchIndex index = searching.index();
    long head = storage.head(graph).sequence();
    if (!index.awaitPosition(graph, head, PATIENCE)) {
      throw new StaleReadException(index.position(graph), head, "; ask again");
    }
    return index;
  }

  /** One run, a few nodes at a time. */
  private final class Run {
    private final Task task;
    private final LinkListener listener;
    private final LinkSieve sieve;
    private final Function<Batch, CommandResult> sending;
    private final @Nullable SearchIndex index;
    private final @Nullable SimilarLinks similar;
    private final @Nullable MentionLinks mentions;
    private final long total;
    private final List<Node> waiting = new ArrayList<>();
    private LinkReport report = LinkReport.none();

    Run(Task task, @Nullable Names known, @Nullable SearchIndex index, LinkListener listener) {
      this.task = task;
      this.listener = listener;
      this.index = index;
      GraphRef graph = task.graph();
      LinkSettings settings = task.settings();
      this.sieve = new LinkSieve(storage, graph, settings);
      this.sending = task.dryRun() ? rehearsing() : this::send;
      this.similar =
          index != null && settings.methods().contains(LinkMethod.SIMILARITY)
              ? new SimilarLinks(storage, index, graph, settings)
              : null;
      this.mentions =
          settings.methods().contains(LinkMethod.MENTION)
              ? new MentionLinks(
                  graph,
                  settings,
                  known != null ? known : MentionLinks.names(storage, graph, settings))
              : null;
      this.total = task.nodes().isEmpty() ? storage.head(graph).nodes() : task.nodes().size();
      if (mentions != null) {
        report = report.withAmbiguousNames(mentions.ambiguousNames());
      }
    }

    private CommandResult send(Batch batch) {
      return commands.send(
          task.caller(), batch, CommandOptions.none().withCorrelationId(task.correlationId()));
    }

    /** Decides as for a commit that never comes; what was decided before counts. */
    private Function<Batch, CommandResult> rehearsing() {
      var handler = new CommandHandler(storage, clock.instant());
      return batch -> handler.handle(task.caller(), batch, CommandOptions.none()).result();
    }

    void add(Node node) {
      if (node.status() != NodeStatus.ARCHIVED && report.complete()) {
        waiting.add(node);
        if (waiting.size() == TOGETHER) {
          settle();
        }
      }
    }

    LinkReport end() {
      if (!waiting.isEmpty()) {
        settle();
      }
      return report;
    }

    private void settle() {
      var found = new ArrayList<Link>();
      if (similar != null) {
        found.addAll(similar.of(waiting));
      }
      if (mentions != null) {
        found.addAll(mentions.in(waiting));
        if (index != null && !task.nodes().isEmpty()) {
          found.addAll(mentions.of(waiting, index));
        }
      }
      for (Link link : decided(sieve.sift(found))) {
        report = report.and(link.outcome());
        listener.decided(link);
      }
      report = report.withNodes(report.nodes() + waiting.size());
      waiting.clear();
      report = report.withComplete(listener.reached(report.nodes(), total));
    }

    /** Adds what is new; a link that a rule refuses holds back no other. */
    private List<Link> decided(List<Link> links) {
      List<Link> added =
          links.stream().filter(link -> link.outcome() instanceof Outcome.Linked).toList();
      var decided = new ArrayList<Link>(links);
      decided.removeAll(added);
      for (int from = 0; from < added.size(); from += Batch.MAX_ITEMS) {
        List<Link> part = added.subList(from, Math.min(added.size(), from + Batch.MAX_ITEMS));
        List<GraphCommand> adding = part.stream().<GraphCommand>map(this::adding).toList();
        var items = sending.apply(new Batch(task.graph().id(), adding, false)).orThrow().items();
        for (int i = 0; i < part.size(); i++) {
          decided.add(part.get(i).withOutcome(outcome(items.get(i))));
        }
      }
      return decided;
    }

    private AddEdge adding(Link link) {
      return new AddEdge(task.graph().id(), link.edge(), link.data());
    }

    private static Outcome outcome(ItemResult item) {
      return switch (item) {
        case ItemResult.Added a -> new Outcome.Linked();
        case ItemResult.Changed c -> new Outcome.Linked();
        case ItemResult.Unchanged u -> new Outcome.Present();
        // Somebody else was first.
        case ItemResult.Refused(Rejection.IdTaken taken) -> new Outcome.Present();
        case ItemResult.Refused(Rejection reason) -> new Outcome.Refused(reason);
      };
    }
  }
}
