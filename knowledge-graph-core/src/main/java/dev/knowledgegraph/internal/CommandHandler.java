package dev.knowledgegraph.internal;

import dev.knowledgegraph.command.BulkCommand;
import dev.knowledgegraph.command.CategoryCommand;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.CommandResult.Accepted;
import dev.knowledgegraph.command.CommandResult.ItemResult;
import dev.knowledgegraph.command.CommandResult.Rejected;
import dev.knowledgegraph.command.EdgeCommand;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand;
import dev.knowledgegraph.command.SettingsCommand;
import dev.knowledgegraph.domain.CategoryDecider;
import dev.knowledgegraph.domain.Decision;
import dev.knowledgegraph.domain.EdgeDecider;
import dev.knowledgegraph.domain.ImportDecider;
import dev.knowledgegraph.domain.NodeDecider;
import dev.knowledgegraph.domain.SettingsDecider;
import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.event.SettingsEvent.GraphCreated;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.Receipt;
import dev.knowledgegraph.spi.Storage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the commands of one group, one after the other: find the graph, authorize, look for a
 * receipt, decide, apply. Nothing is written here; each command that changes something leaves a
 * commit. For one thread and one group.
 */
final class CommandHandler {
  /** How long a repeated idempotency key is answered from its receipt. */
  static final Duration RECEIPT_LIFE = Duration.ofHours(24);

  record Handled(CommandResult result, @Nullable Commit commit) {}

  private final Storage storage;
  private final Instant now;
  private final Map<GraphId, UnitOfWork> work = new HashMap<>();
  private final Map<GraphId, GraphRef> created = new HashMap<>();
  private final Map<String, Receipt> receipts = new HashMap<>();

  CommandHandler(Storage storage, Instant now) {
    this.storage = storage;
    this.now = now.truncatedTo(java.time.temporal.ChronoUnit.MICROS);
  }

  /** Reads at once what these commands will ask for one after the other. */
  void readAhead(List<GraphCommand> commands) {
    var byGraph = new LinkedHashMap<GraphId, FactsAhead>();
    for (GraphCommand command : commands) {
      if (!(command instanceof SettingsCommand)) {
        byGraph.computeIfAbsent(command.graph(), graph -> new FactsAhead()).note(command);
      }
    }
    byGraph.forEach(
        (id, ahead) ->
            storage
                .findGraph(id)
                .ifPresent(
                    graph -> {
                      var unit = new UnitOfWork(storage, graph.ref(), graph);
                      work.put(id, unit);
                      ahead.read(unit);
                    }));
  }

  Handled handle(UserId caller, GraphCommand command, CommandOptions options) {
    if (command instanceof SettingsCommand.CreateGraph create) {
      return create(caller, create, options);
    }
    UnitOfWork unit = work.get(command.graph());
    Optional<Graph> found =
        unit == null
            ? storage.findGraph(command.graph())
            : unit.isGone() ? Optional.empty() : Optional.of(unit.graph());
    if (found.isEmpty() || !found.get().isReadableBy(caller)) {
      // The command that ended the graph may come again.
      return repeated(new GraphRef(caller, command.graph()), command, options)
          .orElseGet(() -> refused(new Rejection.NotFound("graph", command.graph().toString())));
    }
    Graph graph = found.get();
    if (!graph.owner().equals(caller)) {
      return refused(new Rejection.Forbidden(graph.id().toString()));
    }
    if (unit == null) {
      unit = new UnitOfWork(storage, graph.ref(), graph);
      work.put(graph.id(), unit);
    }
    Optional<Handled> repeated = repeated(graph.ref(), command, options);
    return repeated.isPresent()
        ? repeated.get()
        : decide(unit, graph.ref(), caller, command, options);
  }

  private Handled create(
      UserId caller, SettingsCommand.CreateGraph command, CommandOptions options) {
    var ref = new GraphRef(caller, command.graph());
    UnitOfWork known = work.get(command.graph());
    if (options.idempotencyKey() != null) {
      Optional<Handled> repeated = repeated(ref, command, options);
      if (repeated.isPresent()) {
        return repeated.get();
      }
    }
    boolean idTaken =
        known != null
            || storage.findGraph(command.graph()).isPresent()
            || storage.head(ref).sequence() > 0;
    if (idTaken) {
      return refused(new Rejection.IdTaken("graph", command.graph().toString()));
    }
    if (nameTaken(caller, command.data().name(), command.graph())) {
      return refused(new Rejection.NameTaken(command.data().name()));
    }
    var unit = new UnitOfWork(storage, ref, null);
    work.put(ref.id(), unit);
    created.put(ref.id(), ref);
    unit.begin(now);
    var event = new GraphCreated(command.data());
    unit.apply(event);
    return commit(unit, ref, caller, command, options, List.of(event), List.of());
  }

  private boolean nameTaken(UserId owner, String name, GraphId except) {
    boolean inThisGroup =
        created.values().stream()
            .anyMatch(
                ref ->
                    ref.owner().equals(owner)
                        && !ref.id().equals(except)
                        && isNamed(work.get(ref.id()), name));
    return inThisGroup
        || storage
            .findGraph(owner, name)
            .filter(graph -> !graph.id().equals(except))
            .filter(graph -> !isGone(work.get(graph.id())))
            .isPresent();
  }

  private static boolean isNamed(@Nullable UnitOfWork unit, String name) {
    return unit != null && !unit.isGone() && unit.graph().name().equals(name);
  }

  private static boolean isGone(@Nullable UnitOfWork unit) {
    return unit != null && unit.isGone();
  }

  private Optional<Handled> repeated(GraphRef ref, GraphCommand command, CommandOptions options) {
    String key = options.idempotencyKey();
    if (key == null) {
      return Optional.empty();
    }
    Receipt receipt = receipts.get(ref.id() + "/" + key);
    if (receipt == null) {
      receipt = storage.findReceipt(ref, key, now.minus(RECEIPT_LIFE)).orElse(null);
    }
    if (receipt == null) {
      return Optional.empty();
    }
    if (!receipt.requestHash().equals(requestHash(command))) {
      return Optional.of(refused(new Rejection.CommandIdReused(key)));
    }
    return Optional.of(
        new Handled(
            new Accepted(new Position(ref.id(), receipt.sequence()), receipt.events(), List.of()),
            null));
  }

  private Handled decide(
      UnitOfWork unit, GraphRef ref, UserId caller, GraphCommand command, CommandOptions options) {
    Rejection stale = versionMismatch(unit, command, options.expectedVersion());
    if (stale != null) {
      return refused(stale);
    }
    unit.begin(now);
    if (command instanceof BulkCommand bulk) {
      return bulk(unit, ref, caller, bulk, options);
    }
    if (command instanceof SettingsCommand.RenameGraph rename
        && nameTaken(ref.owner(), rename.name(), ref.id())) {
      return refused(new Rejection.NameTaken(rename.name()));
    }
    return switch (decide(command, unit)) {
      case Decision.Refuse refuse -> refused(refuse.reason());
      case Decision.Accept accept -> {
        accept.events().forEach(unit::apply);
        yield commit(unit, ref, caller, command, options, accept.events(), List.of());
      }
    };
  }

  private static Decision decide(GraphCommand command, UnitOfWork unit) {
    try {
      return switch (command) {
        case SettingsCommand c -> SettingsDecider.decide(c, unit.graph());
        case NodeCommand c -> NodeDecider.decide(c, unit);
        case EdgeCommand c -> EdgeDecider.decide(c, unit);
        case CategoryCommand c -> CategoryDecider.decide(c, unit);
        case BulkCommand c ->
            Decision.refuse(
                new Rejection.RuleBroken("NESTED_BATCH", "a batch holds no bulk commands"));
      };
    } catch (IllegalArgumentException e) {
      return Decision.invalid(List.of(new FieldError("", String.valueOf(e.getMessage()))));
    }
  }

  private Handled bulk(
      UnitOfWork unit, GraphRef ref, UserId caller, BulkCommand command, CommandOptions options) {
    return switch (command) {
      case BulkCommand.StartImport c -> {
        var event = new ImportEvent.ImportStarted(c.job(), c.format(), c.source());
        yield commit(unit, ref, caller, c, options, List.of(event), List.of());
      }
      case BulkCommand.FinishImport c -> {
        var event = new ImportEvent.ImportFinished(c.job(), c.nodes(), c.edges());
        yield commit(unit, ref, caller, c, options, List.of(event), List.of());
      }
      case BulkCommand.Batch c -> batch(unit, ref, caller, c, options);
      case BulkCommand.ImportNodes c -> importNodes(unit, ref, caller, c, options);
      case BulkCommand.ImportEdges c -> importEdges(unit, ref, caller, c, options);
      case BulkCommand.ImportCategories c -> importCategories(unit, ref, caller, c, options);
    };
  }

  private Handled batch(
      UnitOfWork unit,
      GraphRef ref,
      UserId caller,
      BulkCommand.Batch batch,
      CommandOptions options) {
    var events = new ArrayList<GraphEvent>();
    var items = new ArrayList<ItemResult>();
    var ahead = new FactsAhead();
    batch.commands().forEach(ahead::note);
    ahead.read(unit);
    for (GraphCommand item : batch.commands()) {
      Rejection refusal = null;
      if (!item.graph().equals(ref.id()) || item instanceof SettingsCommand) {
        refusal =
            new Rejection.RuleBroken(
                "BATCH_ITEM", "a batch holds node, edge and category commands of its graph");
      } else {
        switch (decide(item, unit)) {
          case Decision.Refuse refuse -> refusal = refuse.reason();
          case Decision.Accept accept -> {
            accept.events().forEach(unit::apply);
            events.addAll(accept.events());
            items.add(outcome(accept.events()));
          }
        }
      }
      if (refusal != null && batch.atomic()) {
        unit.rollback();
        return refused(new Rejection.ItemRejected(items.size(), refusal));
      }
      if (refusal != null) {
        items.add(new ItemResult.Refused(refusal));
      }
    }
    return commit(unit, ref, caller, batch, options, events, items);
  }

  private static ItemResult outcome(List<GraphEvent> events) {
    return events.isEmpty()
        ? new ItemResult.Unchanged()
        : events.getFirst() instanceof NodeAdded || events.getFirst() instanceof EdgeAdded
            ? new ItemResult.Added()
            : new ItemResult.Changed();
  }

  private Handled importNodes(
      UnitOfWork unit,
      GraphRef ref,
      UserId caller,
      BulkCommand.ImportNodes command,
      CommandOptions options) {
    var ids = new ArrayList<NodeId>(command.size());
    var keys = new HashSet<NodeKey>();
    for (BulkCommand.ImportedNode item : command.nodes()) {
      ids.add(item.id());
      if (item.data().key() != null) {
        keys.add(item.data().key());
      }
    }
    unit.prefetchUnusedNodes(ids);
    unit.prefetchKeys(keys);
    var events = new ArrayList<GraphEvent>();
    var items =
        each(
            unit,
            command.nodes(),
            ImportDecider::node,
            events,
            NodeAdded.class,
            ImportEvent.NodesImported::new);
    return commit(unit, ref, caller, command, options, events, items);
  }

  private Handled importEdges(
      UnitOfWork unit,
      GraphRef ref,
      UserId caller,
      BulkCommand.ImportEdges command,
      CommandOptions options) {
    var ends = new HashSet<NodeId>();
    // In their order, which often is that of the nodes: neighbors in it are neighbors on disk.
    var shapes = new LinkedHashSet<EdgeShape>();
    for (BulkCommand.ImportedEdge item : command.edges()) {
      EdgeData data = item.data();
      ends.add(data.source());
      ends.add(data.target());
      shapes.add(new EdgeShape(data.source(), data.type(), data.target()));
    }
    unit.prefetchNodes(ends);
    unit.prefetchUnusedEdges(command.edges().stream().map(BulkCommand.ImportedEdge::id).toList());
    unit.prefetchShapes(shapes);
    var events = new ArrayList<GraphEvent>();
    var items =
        each(
            unit,
            command.edges(),
            ImportDecider::edge,
            events,
            EdgeAdded.class,
            ImportEvent.EdgesImported::new);
    return commit(unit, ref, caller, command, options, events, items);
  }

  private Handled importCategories(
      UnitOfWork unit,
      GraphRef ref,
      UserId caller,
      BulkCommand.ImportCategories command,
      CommandOptions options) {
    unit.prefetchNodes(
        command.categories().stream().map(BulkCommand.ImportedCategory::node).toList());
    var events = new ArrayList<GraphEvent>();
    var items = new ArrayList<ItemResult>();
    for (BulkCommand.ImportedCategory item : command.categories()) {
      switch (ImportDecider.category(item, unit)) {
        case Decision.Refuse refuse -> items.add(new ItemResult.Refused(refuse.reason()));
        case Decision.Accept accept -> {
          accept.events().forEach(unit::apply);
          events.addAll(accept.events());
          items.add(outcome(accept.events()));
        }
      }
    }
    return commit(unit, ref, caller, command, options, events, items);
  }

  /** Decides item by item; additions that follow each other become one event, in their place. */
  private static <I, E extends GraphEvent> List<ItemResult> each(
      UnitOfWork unit,
      List<I> items,
      BiFunction<I, UnitOfWork, Decision> decider,
      List<GraphEvent> events,
      Class<E> addition,
      Function<List<E>, GraphEvent> chunk) {
    var results = new ArrayList<ItemResult>(items.size());
    var added = new ArrayList<E>();
    for (I item : items) {
      switch (decider.apply(item, unit)) {
        case Decision.Refuse refuse -> results.add(new ItemResult.Refused(refuse.reason()));
        case Decision.Accept accept -> {
          for (GraphEvent event : accept.events()) {
            unit.apply(event);
            if (addition.isInstance(event)) {
              added.add(addition.cast(event));
            } else {
              endRun(added, chunk, events);
              events.add(event);
            }
          }
          results.add(outcome(accept.events()));
        }
      }
    }
    endRun(added, chunk, events);
    return results;
  }

  private static <E extends GraphEvent> void endRun(
      List<E> added, Function<List<E>, GraphEvent> chunk, List<GraphEvent> events) {
    if (!added.isEmpty()) {
      events.add(chunk.apply(List.copyOf(added)));
      added.clear();
    }
  }

  private static @Nullable Rejection versionMismatch(
      UnitOfWork unit, GraphCommand command, @Nullable Long expected) {
    if (expected == null) {
      return null;
    }
    Optional<Long> actual =
        switch (command) {
          case SettingsCommand c -> Optional.of(unit.graph().version());
          case NodeCommand c -> unit.node(c.node()).map(node -> node.version());
          case EdgeCommand c -> unit.edge(c.edge()).map(edge -> edge.version());
          case CategoryCommand c -> unit.category(c.category()).map(found -> found.version());
          case BulkCommand c -> Optional.of(unit.head().sequence());
        };
    return actual.isPresent() && !actual.get().equals(expected)
        ? new Rejection.VersionMismatch(command.getClass().getSimpleName(), expected, actual.get())
        : null;
  }

  private Handled commit(
      UnitOfWork unit,
      GraphRef ref,
      UserId caller,
      GraphCommand command,
      CommandOptions options,
      List<GraphEvent> events,
      List<ItemResult> items) {
    long before = unit.head().sequence();
    if (events.isEmpty()) {
      return new Handled(new Accepted(new Position(ref.id(), before), 0, items), null);
    }
    var changes = unit.changes();
    unit.end();
    var position = new Position(ref.id(), before + 1);
    String key = options.idempotencyKey();
    Receipt receipt =
        key == null
            ? null
            : new Receipt(
                key, requestHash(command), position.sequence(), events.size(), unit.time());
    if (receipt != null) {
      receipts.put(ref.id() + "/" + key, receipt);
    }
    var entry =
        new Committed(
            position,
            unit.time(),
            caller,
            key == null ? "" : key,
            options.correlationId(),
            options.causationId(),
            events);
    return new Handled(
        new Accepted(position, events.size(), items),
        new Commit(ref, before, entry, changes, unit.head(), receipt));
  }

  private static String requestHash(GraphCommand command) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(command.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Handled refused(Rejection rejection) {
    return new Handled(new Rejected(rejection), null);
  }
}
