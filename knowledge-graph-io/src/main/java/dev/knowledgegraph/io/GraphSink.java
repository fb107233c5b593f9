package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.command.BulkCommand;
import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.BulkCommand.FinishImport;
import dev.knowledgegraph.command.BulkCommand.ImportCategories;
import dev.knowledgegraph.command.BulkCommand.ImportEdges;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedCategory;
import dev.knowledgegraph.command.BulkCommand.ImportedEdge;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.command.BulkCommand.StartImport;
import dev.knowledgegraph.command.CategoryCommand.AddCategory;
import dev.knowledgegraph.command.CategoryCommand.ChangeCategory;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.CommandResult.ItemResult;
import dev.knowledgegraph.command.EdgeCommand.RemoveEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.json.ValueJson;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.query.GraphQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends what formats read to a graph, in windows. */
final class GraphSink implements RecordSink {
  /** How many elements a commit holds: smaller is slower and loses less when it is interrupted. */
  private static final int WINDOW =
      Math.clamp(
          Integer.getInteger("knowledgegraph.import.window", BulkCommand.MAX_ITEMS),
          1,
          BulkCommand.MAX_ITEMS);

  /** How many commits are sent at once: they are decided, written and read side by side. */
  private static final int GROUP = Runtime.getRuntime().maxMemory() < 2L << 30 ? 10 : 40;

  private static final int CACHE = 500_000;

  /** How many places are remembered so that the second pass does not report them again. */
  private static final int REMEMBERED = 1_000_000;

  private static final int PROGRESS = 4_096;

  private final GraphView graph;
  private final ImportOptions options;
  private final String format;
  private final Importer.RejectFile rejectFile;
  private final Meter meter;
  private final Consumer<Importer.Progress> progress;

  private final Map<NodeKey, NodeId> ids = new HashMap<>();
  private final List<NodeRecord> nodes = new ArrayList<>();
  private final List<EdgeRecord> edges = new ArrayList<>();
  private final List<GraphCommand> others = new ArrayList<>();
  private final List<Place> otherPlaces = new ArrayList<>();
  private final List<ImportedCategory> categorized = new ArrayList<>();
  private final List<Place> categorizedPlaces = new ArrayList<>();

  private final Set<Place> reported = new HashSet<>();
  private final Set<NodeKey> dryKeys = new HashSet<>();
  private final Set<NodeId> dryIds = new HashSet<>();
  private final Set<NodeKey> seenKeys = new HashSet<>();
  private final Set<NodeId> seenIds = new HashSet<>();
  private final Set<UUID> seenEdges = new HashSet<>();
  private final Set<String> sources = new LinkedHashSet<>();
  private final String job = UUID.randomUUID().toString();

  private boolean nodesPass;
  private boolean started;
  private String source = "";
  private Provenance provenance = Provenance.imported();
  private long read;
  private long nodesAdded;
  private long nodesChanged;
  private long nodesUnchanged;
  private long nodesRemoved;
  private long edgesAdded;
  private long edgesChanged;
  private long edgesUnchanged;
  private long edgesRemoved;
  private long unresolved;
  private long rejected;
  private final List<ImportReport.Reject> rejects = new ArrayList<>();

  GraphSink(
      GraphView graph,
      ImportOptions options,
      String format,
      Importer.RejectFile rejectFile,
      Meter meter,
      Consumer<Importer.Progress> progress) {
    this.graph = graph;
    this.options = options;
    this.format = format;
    this.rejectFile = rejectFile;
    this.meter = meter;
    this.progress = progress;
  }

  void startPass(boolean ofNodes) {
    nodesPass = ofNodes;
  }

  /** Starts a file or folder; its name marks what it brings, so that prune knows it again. */
  void startSource(String name) {
    source = name.length() > 500 ? name.substring(0, 500) : name;
    provenance = new Provenance(Origin.IMPORT, "", 1, source);
    sources.add(source);
    tell(new Place(name, 0, 0));
  }

  void endPass() {
    flushOthers();
    flushNodes();
    flushEdges();
    flushCategorized();
  }

  @Override
  public boolean wantsNodes() {
    return nodesPass;
  }

  @Override
  public boolean wantsEdges() {
    return !nodesPass;
  }

  @Override
  public void category(CategoryId id, CategoryData data, Place place) {
    if (!nodesPass || options.dryRun()) {
      return;
    }
    var known =
        graph.ask(new GraphQuery.ListCategories(graph.id())).stream()
            .filter(category -> category.id().equals(id))
            .findFirst();
    if (known.isEmpty()) {
      other(new AddCategory(graph.id(), id, data), place);
    } else if (!known.get().data().equals(data)) {
      other(new ChangeCategory(graph.id(), id, data), place);
    }
  }

  @Override
  public void categorize(NodeId node, Categorization categorization, Place place) {
    if (!nodesPass && !options.dryRun()) {
      categorized.add(new ImportedCategory(node, categorization));
      categorizedPlaces.add(place);
      if (categorized.size() == WINDOW) {
        flushCategorized();
      }
    }
  }

  private void flushCategorized() {
    if (!categorized.isEmpty()) {
      send(new ImportCategories(graph.id(), categorized), categorizedPlaces);
      categorized.clear();
      categorizedPlaces.clear();
    }
  }

  private void other(GraphCommand command, Place place) {
    others.add(command);
    otherPlaces.add(place);
    if (others.size() == WINDOW) {
      flushOthers();
    }
  }

  private void flushOthers() {
    if (!others.isEmpty()) {
      send(new Batch(graph.id(), others, false), otherPlaces);
      others.clear();
      otherPlaces.clear();
    }
  }

  private void send(BulkCommand command, List<Place> places) {
    start();
    var accepted = graph.send(command).orThrow();
    for (int i = 0; i < accepted.items().size(); i++) {
      if (accepted.items().get(i) instanceof ItemResult.Refused refused) {
        refuse(places.get(i), refused.rejection().message());
      }
    }
  }

  @Override
  public void node(NodeRecord node) {
    if (!nodesPass) {
      return;
    }
    nodes.add(marked(node));
    if (nodes.size() == WINDOW * GROUP) {
      flushNodes();
    }
  }

  @Override
  public void edge(EdgeRecord edge) {
    if (nodesPass) {
      return;
    }
    edges.add(edge.provenance() != null ? edge : imported(edge));
    if (edges.size() == WINDOW * GROUP) {
      flushEdges();
    }
  }

  /** Gives a node that has none a source, and one without key or id an id made from its data. */
  private NodeRecord marked(NodeRecord node) {
    if (node.id() != null) {
      return node;
    }
    NodeData data = node.data();
    if (data.source() == null) {
      data = data.withSource(source);
    }
    NodeId id =
        data.key() != null
            ? null
            : NodeId.of(hash(graph.id() + "\n" + source + "\n" + ValueJson.nodeData(data)));
    return new NodeRecord(id, data, node.place());
  }

  private EdgeRecord imported(EdgeRecord edge) {
    return new EdgeRecord(
        edge.id(),
        edge.source(),
        edge.target(),
        edge.type(),
        edge.discriminator(),
        edge.weight(),
        edge.directed(),
        edge.label(),
        edge.properties(),
        provenance,
        edge.place());
  }

  private static UUID hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void flushNodes() {
    if (nodes.isEmpty()) {
      return;
    }
    if (options.prune()) {
      for (NodeRecord node : nodes) {
        if (node.data().key() != null) {
          seenKeys.add(node.data().key());
        }
        if (node.id() != null) {
          seenIds.add(node.id());
        }
      }
    }
    if (options.dryRun()) {
      compareNodes();
      nodes.clear();
      return;
    }
    start();
    var commands = new ArrayList<GraphCommand>();
    var items = new ArrayList<ImportedNode>();
    for (NodeRecord node : nodes) {
      NodeId id = node.id();
      items.add(new ImportedNode(id == null ? graph.newNodeId() : id, node.data()));
    }
    for (int from = 0; from < items.size(); from += WINDOW) {
      commands.add(
          new ImportNodes(graph.id(), items.subList(from, Math.min(items.size(), from + WINDOW))));
    }
    List<ItemResult> results = results(graph.sendAll(commands));
    for (int i = 0; i < results.size(); i++) {
      switch (results.get(i)) {
        case ItemResult.Added added -> {
          nodesAdded++;
          NodeKey key = items.get(i).data().key();
          if (key != null) {
            remember(Map.of(key, items.get(i).id()));
          }
        }
        case ItemResult.Changed changed -> nodesChanged++;
        case ItemResult.Unchanged unchanged -> nodesUnchanged++;
        case ItemResult.Refused refused ->
            refuse(nodes.get(i).place(), refused.rejection().message());
      }
    }
    Place last = nodes.getLast().place();
    nodes.clear();
    tell(last);
  }

  private static List<ItemResult> results(List<CommandResult> results) {
    return results.stream().flatMap(result -> result.orThrow().items().stream()).toList();
  }

  private void compareNodes() {
    Map<NodeKey, NodeId> known =
        findByKeys(
            nodes.stream()
                .map(node -> node.data().key())
                .filter(key -> key != null)
                .collect(Collectors.toSet()));
    for (NodeRecord node : nodes) {
      NodeKey key = node.data().key();
      NodeId id = key == null ? node.id() : known.get(key);
      if (key != null) {
        dryKeys.add(key);
      }
      if (node.id() != null) {
        dryIds.add(node.id());
      }
      var there = id == null ? java.util.Optional.<NodeData>empty() : find(id);
      if (there.isEmpty()) {
        nodesAdded++;
      } else if (there.get().equals(node.data())) {
        nodesUnchanged++;
      } else {
        nodesChanged++;
      }
    }
  }

  private java.util.Optional<NodeData> find(NodeId id) {
    return graph.find(id).map(node -> node.data());
  }

  private void flushEdges() {
    if (edges.isEmpty()) {
      return;
    }
    @Nullable NodeId[] ends = new @Nullable NodeId[2 * edges.size()];
    Map<NodeKey, NodeId> found = rememberedEnds(ends);
    var items = new ArrayList<ImportedEdge>(edges.size());
    var places = new ArrayList<Place>(edges.size());
    for (int i = 0; i < edges.size(); i++) {
      EdgeRecord edge = edges.get(i);
      NodeId from = end(ends[2 * i], edge.source(), found, edge.place());
      NodeId to = from == null ? null : end(ends[2 * i + 1], edge.target(), found, edge.place());
      if (from == null || to == null) {
        continue;
      }
      Discriminator discriminator = edge.discriminator();
      Provenance provenance = edge.provenance();
      try {
        items.add(
            new ImportedEdge(
                edge.id() == null ? graph.newEdgeId() : edge.id(),
                new EdgeData(
                    from,
                    to,
                    edge.type(),
                    discriminator == null ? Discriminator.none() : discriminator,
                    edge.weight(),
                    edge.directed(),
                    edge.label(),
                    edge.properties(),
                    provenance == null ? Provenance.imported() : provenance),
                edge.id() != null && discriminator != null));
        places.add(edge.place());
      } catch (IllegalArgumentException e) {
        refuse(edge.place(), String.valueOf(e.getMessage()));
      }
    }
    edges.clear();
    remember(found);
    if (options.dryRun()) {
      edgesAdded += items.size();
      return;
    }
    if (items.isEmpty()) {
      return;
    }
    if (options.prune()) {
      items.forEach(item -> seenEdges.add(content(item.data())));
    }
    start();
    var commands = new ArrayList<GraphCommand>();
    for (int from = 0; from < items.size(); from += WINDOW) {
      commands.add(
          new ImportEdges(graph.id(), items.subList(from, Math.min(items.size(), from + WINDOW))));
    }
    List<ItemResult> results = results(graph.sendAll(commands));
    for (int i = 0; i < results.size(); i++) {
      switch (results.get(i)) {
        case ItemResult.Added added -> edgesAdded++;
        case ItemResult.Changed changed -> edgesChanged++;
        case ItemResult.Unchanged unchanged -> edgesUnchanged++;
        case ItemResult.Refused refused -> refuse(places.get(i), refused.rejection().message());
      }
    }
    tell(places.getLast());
  }

  /** What an edge says, whatever it is told apart by. */
  private static UUID content(EdgeData edge) {
    return hash(ValueJson.edgeData(edge.withDiscriminator(Discriminator.none())));
  }

  /** Writes the ends that are remembered into {@code ends}, and looks the others up. */
  private Map<NodeKey, NodeId> rememberedEnds(@Nullable NodeId[] ends) {
    var missing = new LinkedHashSet<NodeKey>();
    for (int i = 0; i < edges.size(); i++) {
      EndRef source = edges.get(i).source();
      // In most files the edges of a node stand together.
      ends[2 * i] =
          i > 0 && source.equals(edges.get(i - 1).source())
              ? ends[2 * i - 2]
              : remembered(source, missing);
      ends[2 * i + 1] = remembered(edges.get(i).target(), missing);
    }
    return findByKeys(missing);
  }

  private @Nullable NodeId remembered(EndRef end, Set<NodeKey> missing) {
    return switch (end) {
      case EndRef.ById byId -> byId.id();
      case EndRef.ByKey byKey -> {
        NodeId id = ids.get(byKey.key());
        if (id == null) {
          missing.add(byKey.key());
        }
        yield id;
      }
    };
  }

  private @Nullable NodeId end(
      @Nullable NodeId remembered, EndRef end, Map<NodeKey, NodeId> found, Place place) {
    if (remembered != null || !(end instanceof EndRef.ByKey byKey)) {
      return remembered;
    }
    NodeId id = found.get(byKey.key());
    if (id == null && options.dryRun() && dryKeys.contains(byKey.key())) {
      id = NodeId.of(hash(byKey.key().value()));
    }
    if (id == null) {
      unresolved++;
      refuse(place, "there is no node with the key " + byKey.key());
    }
    return id;
  }

  private void remember(Map<NodeKey, NodeId> more) {
    if (ids.size() + more.size() > CACHE) {
      ids.clear();
    }
    ids.putAll(more);
  }

  private Map<NodeKey, NodeId> findByKeys(Set<NodeKey> keys) {
    return keys.isEmpty() ? Map.of() : graph.findByKeys(keys);
  }

  @Override
  public void reject(Place place, String reason) {
    if (reported.contains(place)) {
      return;
    }
    if (reported.size() < REMEMBERED) {
      reported.add(place);
    }
    refuse(place, reason);
  }

  private void refuse(Place place, String reason) {
    rejected++;
    if (options.onError() == ImportOptions.OnError.STOP && !options.dryRun()) {
      throw new RejectedException(
          new Rejection.Invalid(List.of(new FieldError(place.toString(), reason))));
    }
    if (rejects.size() < ImportReport.MAX_REJECTS) {
      rejects.add(new ImportReport.Reject(place.file(), place.line(), place.column(), reason));
    }
    rejectFile.write(place, reason);
  }

  @Override
  public void unresolved(Place place, String reference) {
    if (!nodesPass) {
      unresolved++;
    }
  }

  @Override
  public void progress(Place place) {
    if (++read % PROGRESS == 0) {
      tell(place);
    }
  }

  private void tell(Place place) {
    progress.accept(
        new Importer.Progress(
            place,
            nodesAdded + nodesChanged + nodesUnchanged,
            edgesAdded + edgesChanged + edgesUnchanged,
            rejected,
            meter.read(),
            meter.total()));
  }

  /** Notes the start of the import, once there is something to do. */
  private void start() {
    started = true;
  }

  /** Removes what the sources no longer have, and notes the import if it changed anything. */
  void finish() {
    if (options.prune() && !options.dryRun()) {
      prune();
    }
    boolean changed =
        nodesAdded + nodesChanged + nodesRemoved + edgesAdded + edgesChanged + edgesRemoved > 0;
    if (started && changed && !options.dryRun()) {
      String all = String.join(", ", sources);
      graph.sendAll(
          List.of(
              new StartImport(
                  graph.id(), job, format, all.length() > 500 ? all.substring(0, 500) : all),
              new FinishImport(
                  graph.id(),
                  job,
                  nodesAdded + nodesChanged + nodesUnchanged,
                  edgesAdded + edgesChanged + edgesUnchanged)));
    }
  }

  private void prune() {
    var gone = new ArrayList<GraphCommand>();
    graph.forEachEdge(
        edge -> {
          Provenance provenance = edge.data().provenance();
          if (provenance.origin() == Origin.IMPORT
              && isOurs(provenance.reason())
              && !seenEdges.contains(content(edge.data()))) {
            gone.add(new RemoveEdge(graph.id(), edge.id()));
          }
        });
    edgesRemoved = remove(gone);
    gone.clear();
    graph.forEachNode(
        node -> {
          NodeKey key = node.data().key();
          String from = node.data().source();
          if (from != null
              && isOurs(from)
              && !seenIds.contains(node.id())
              && (key == null || !seenKeys.contains(key))) {
            gone.add(new RemoveNode(graph.id(), node.id()));
          }
        });
    nodesRemoved = remove(gone);
  }

  private boolean isOurs(String mark) {
    int slash = mark.indexOf('/');
    return sources.contains(mark) || (slash > 0 && sources.contains(mark.substring(0, slash)));
  }

  private long remove(List<GraphCommand> gone) {
    long removed = 0;
    for (int from = 0; from < gone.size(); from += WINDOW) {
      var window = gone.subList(from, Math.min(gone.size(), from + WINDOW));
      var accepted = graph.send(new Batch(graph.id(), window, false)).orThrow();
      removed += window.size() - accepted.count(ItemResult.Refused.class);
    }
    return removed;
  }

  ImportReport report(long durationMs) {
    return new ImportReport(
        format,
        nodesAdded,
        nodesChanged,
        nodesUnchanged,
        nodesRemoved,
        edgesAdded,
        edgesChanged,
        edgesUnchanged,
        edgesRemoved,
        unresolved,
        rejected,
        rejects,
        graph.head().sequence(),
        durationMs);
  }
}
