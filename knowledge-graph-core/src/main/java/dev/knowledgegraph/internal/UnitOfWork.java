package dev.knowledgegraph.internal;

import dev.knowledgegraph.domain.Evolution;
import dev.knowledgegraph.domain.Facts;
import dev.knowledgegraph.event.CategoryEvent;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EdgeEvent;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent;
import dev.knowledgegraph.event.NodeEvent;
import dev.knowledgegraph.event.NodeEvent.NodeMerged;
import dev.knowledgegraph.event.SettingsEvent;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.Revision;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one graph while commands are decided: what the storage has, and over it what earlier
 * commands of the same group have made of it. It is the fold of events to state, and it notes what
 * each commit changes. For one thread. Long because every event meets every index here.
 */
final class UnitOfWork implements Facts {
  private final Storage storage;
  private final GraphRef ref;
  private final Canonical canonical = new Canonical();

  private final Map<NodeId, Optional<Node>> nodes = new HashMap<>();
  private final Map<EdgeId, Optional<Edge>> edges = new HashMap<>();
  private final Map<NodeKey, Optional<NodeId>> keys = new HashMap<>();
  private final Map<NodeId, List<EdgeId>> edgesAt = new HashMap<>();
  private final Set<NodeId> outLoaded = new HashSet<>();
  private Set<EdgeShape> shapesLoaded = Set.of();
  private final Set<NodeId> unusedNodes = new HashSet<>();
  private final Set<EdgeId> unusedEdges = new HashSet<>();

  /**
   * What commands of this group have ended, and the storage may never have seen: as it was last, or
   * empty if the storage has all that history will have of it.
   */
  private final Map<NodeId, Optional<Node>> endedNodes = new HashMap<>();

  private final Map<EdgeId, Optional<Edge>> endedEdges = new HashMap<>();

  /** By what they absorbed, as long as nothing else happened to that. */
  private final Map<NodeId, PastMerge> merges = new HashMap<>();

  private @Nullable Map<CategoryId, Category> categories;
  private @Nullable Graph graph;
  private final long base;

  /** Then all nodes there are were made by commands of this group. */
  private final boolean noNodesStored;

  /** The same for edges. */
  private final boolean noEdgesStored;

  private GraphHead head;
  private long nodeCount;
  private long edgeCount;
  private Fingerprint fingerprint;

  private final Map<NodeId, Optional<Node>> nodesBefore = new LinkedHashMap<>();
  private final Map<EdgeId, Optional<Edge>> edgesBefore = new LinkedHashMap<>();
  private final Set<NodeId> nodesPassed = new LinkedHashSet<>();
  private final Set<EdgeId> edgesPassed = new LinkedHashSet<>();
  private final Map<NodeId, Optional<Optional<Node>>> endedNodesBefore = new HashMap<>();
  private final Map<EdgeId, Optional<Optional<Edge>>> endedEdgesBefore = new HashMap<>();
  private Map<NodeId, PastMerge> mergesBefore = Map.of();
  private Map<CategoryId, Category> categoriesBefore = Map.of();
  private @Nullable Graph graphBefore;
  private GraphHead headBefore;
  private Instant time = Instant.EPOCH;

  UnitOfWork(Storage storage, GraphRef ref, @Nullable Graph graph) {
    this(storage, ref, graph, GraphReader.LATEST);
  }

  /** On the state as of {@code base}, to see what an earlier commit did. */
  private UnitOfWork(Storage storage, GraphRef ref, @Nullable Graph graph, long base) {
    this.storage = storage;
    this.base = base;
    this.ref = ref;
    this.graph = graph;
    this.head = storage.head(ref);
    this.headBefore = head;
    this.noNodesStored = base == GraphReader.LATEST && head.nodes() == 0;
    this.noEdgesStored = base == GraphReader.LATEST && head.edges() == 0;
    this.nodeCount = head.nodes();
    this.edgeCount = head.edges();
    this.fingerprint = head.fingerprint();
  }

  // --- commits

  /** Starts a commit at {@code now} or just after the one before it. */
  void begin(Instant now) {
    Instant earliest = head.time().plusNanos(1_000);
    time = now.isAfter(earliest) ? now : earliest;
    nodesBefore.clear();
    edgesBefore.clear();
    nodesPassed.clear();
    edgesPassed.clear();
    endedNodesBefore.clear();
    endedEdgesBefore.clear();
    mergesBefore = merges.isEmpty() ? Map.of() : new HashMap<>(merges);
    categoriesBefore = categories == null ? Map.of() : new HashMap<>(categories);
    graphBefore = graph;
    headBefore = head;
  }

  /** Forgets what was applied since {@link #begin}. */
  void rollback() {
    nodesBefore.forEach(
        (id, before) -> {
          in(nodes, id).flatMap(Node::key).ifPresent(keys::remove);
          before.flatMap(Node::key).ifPresent(key -> keys.put(key, Optional.of(id)));
          nodes.put(id, before);
        });
    edgesBefore.forEach(edges::put);
    restore(endedNodes, endedNodesBefore);
    restore(endedEdges, endedEdgesBefore);
    merges.clear();
    merges.putAll(mergesBefore);
    if (categories != null) {
      categories = new HashMap<>(categoriesBefore);
    }
    graph = graphBefore;
    head = headBefore;
    nodeCount = head.nodes();
    edgeCount = head.edges();
    fingerprint = head.fingerprint();
  }

  private static <K, V> void restore(Map<K, V> now, Map<K, Optional<V>> before) {
    before.forEach(
        (key, value) -> value.ifPresentOrElse(v -> now.put(key, v), () -> now.remove(key)));
  }

  /** History has of a commit what was before it; what has passed leaves what was known. */
  private static <K, V> void leave(
      K id, Optional<V> before, Optional<Optional<V>> endedBefore, Map<K, Optional<V>> ended) {
    ended.put(id, before.isPresent() ? before : endedBefore.orElse(Optional.empty()));
  }

  /** Ends the commit: the log is one further, and history has what was before it. */
  void end() {
    endedNodesBefore.forEach((id, ended) -> leave(id, in(nodesBefore, id), ended, endedNodes));
    endedEdgesBefore.forEach((id, ended) -> leave(id, in(edgesBefore, id), ended, endedEdges));
    for (NodeId id : nodesPassed) {
      merges.remove(id);
      if (mergesBefore.containsKey(id)) {
        merges.put(id, mergesBefore.get(id));
      }
    }
    head = new GraphHead(head.sequence() + 1, time, nodeCount, edgeCount, fingerprint);
  }

  Instant time() {
    return time;
  }

  GraphHead head() {
    return head;
  }

  boolean isGone() {
    return graph == null;
  }

  /** What the commit makes of each element; graph, categories, nodes, edges. */
  List<Change> changes() {
    var changes = new ArrayList<Change>(nodesBefore.size() + edgesBefore.size() + 1);
    if (!Objects.equals(graph, graphBefore)) {
      changes.add(new Change.GraphChange(graphBefore, graph));
    }
    if (categories != null) {
      for (Category after : categories.values()) {
        Category before = categoriesBefore.get(after.id());
        if (!after.equals(before)) {
          changes.add(new Change.CategoryChange(before, after));
        }
      }
      for (Category before : categoriesBefore.values()) {
        if (!categories.containsKey(before.id())) {
          changes.add(new Change.CategoryChange(before, null));
        }
      }
    }
    nodesBefore.forEach(
        (id, before) -> {
          Optional<Node> after = in(nodes, id);
          if (!before.equals(after)) {
            changes.add(new Change.NodeChange(before.orElse(null), after.orElse(null)));
          }
        });
    nodesPassed.forEach(id -> changes.add(new Change.NodePassed(id)));
    edgesBefore.forEach(
        (id, before) -> {
          Optional<Edge> after = in(edges, id);
          if (!before.equals(after)) {
            changes.add(new Change.EdgeChange(before.orElse(null), after.orElse(null)));
          }
        });
    edgesPassed.forEach(id -> changes.add(new Change.EdgePassed(id)));
    return changes;
  }

  // --- set-based reads ahead

  void prefetchNodes(Collection<NodeId> ids) {
    var missing = new HashSet<>(ids);
    missing.removeAll(nodes.keySet());
    if (missing.isEmpty()) {
      return;
    }
    Map<NodeId, Node> found = noNodesStored ? Map.of() : storage.nodes(ref, missing, base);
    missing.forEach(id -> nodes.put(id, Optional.ofNullable(found.get(id))));
  }

  void prefetchKeys(Collection<NodeKey> wanted) {
    var missing = new HashSet<>(wanted);
    missing.removeAll(keys.keySet());
    if (missing.isEmpty()) {
      return;
    }
    Map<NodeKey, Node> found = noNodesStored ? Map.of() : storage.nodesByKey(ref, missing, base);
    for (NodeKey key : missing) {
      Node node = found.get(key);
      if (node != null && nodes.putIfAbsent(node.id(), Optional.of(node)) != null) {
        // This group has changed the node; what it made of the key is in the overlay, or gone.
        boolean still = in(nodes, node.id()).flatMap(Node::key).filter(key::equals).isPresent();
        keys.put(key, still ? Optional.of(node.id()) : Optional.empty());
      } else {
        keys.put(key, Optional.ofNullable(node).map(Node::id));
      }
    }
  }

  /** Notes which ids were never a node's. */
  void prefetchUnusedNodes(Collection<NodeId> ids) {
    var used = storage.usedNodeIds(ref, ids);
    ids.stream().filter(id -> !used.contains(id)).forEach(unusedNodes::add);
  }

  void prefetchUnusedEdges(Collection<EdgeId> ids) {
    var used = storage.usedEdgeIds(ref, ids);
    for (EdgeId id : ids) {
      if (!used.contains(id)) {
        unusedEdges.add(id);
        edges.putIfAbsent(id, Optional.empty());
      }
    }
    var known = new HashSet<>(used);
    known.removeAll(edges.keySet());
    storage.edges(ref, known, base).values().forEach(this::load);
  }

  /** Loads all edges that start at the given nodes. */
  void prefetchOut(Collection<NodeId> sources) {
    var missing = new HashSet<>(sources);
    missing.removeAll(outLoaded);
    if (missing.isEmpty()) {
      return;
    }
    outLoaded.addAll(missing);
    if (!noEdgesStored) {
      storage.edgesFrom(ref, missing, base).forEach(this::load);
    }
  }

  /** Loads all edges of the given shapes. */
  void prefetchShapes(Set<EdgeShape> shapes) {
    shapesLoaded = shapes;
    if (!noEdgesStored) {
      storage.edgesOfShape(ref, shapes, base).forEach(this::load);
    }
  }

  private void load(Edge edge) {
    if (edges.putIfAbsent(edge.id(), Optional.of(edge)) == null) {
      index(edge);
    }
  }

  private static <K, V> Optional<V> in(Map<K, Optional<V>> overlay, K id) {
    Optional<V> known = overlay.get(id);
    return known == null ? Optional.empty() : known;
  }

  // --- facts

  @Override
  public Graph graph() {
    if (graph == null) {
      throw new IllegalStateException("the graph has ended");
    }
    return graph;
  }

  @Override
  public long nodeCount() {
    return nodeCount;
  }

  @Override
  public long edgeCount() {
    return edgeCount;
  }

  @Override
  public Optional<Node> node(NodeId id) {
    Optional<Node> known = nodes.get(id);
    if (known == null) {
      known =
          unusedNodes.contains(id)
              ? Optional.empty()
              : Optional.ofNullable(storage.nodes(ref, List.of(id), base).get(id));
      nodes.put(id, known);
    }
    return known;
  }

  @Override
  public boolean isUsed(NodeId id) {
    if (in(nodes, id).isPresent() || nodesBefore.containsKey(id) || endedNodes.containsKey(id)) {
      return true;
    }
    return !unusedNodes.contains(id) && !storage.usedNodeIds(ref, List.of(id)).isEmpty();
  }

  @Override
  public Optional<Node> nodeByKey(NodeKey key) {
    if (!keys.containsKey(key)) {
      prefetchKeys(List.of(key));
    }
    return in(keys, key).flatMap(this::node);
  }

  @Override
  public boolean isTitleTaken(String title, NodeId except) {
    for (Optional<Node> node : nodes.values()) {
      if (node.isPresent() && node.get().title().equals(title) && !node.get().id().equals(except)) {
        return true;
      }
    }
    return storage.nodesByTitle(ref, title, Page.MAX_SIZE, base).stream()
        .anyMatch(node -> !node.id().equals(except) && !nodes.containsKey(node.id()));
  }

  @Override
  public Optional<Edge> edge(EdgeId id) {
    Optional<Edge> known = edges.get(id);
    if (known == null) {
      Edge found = storage.edges(ref, List.of(id), base).get(id);
      if (found != null) {
        load(found);
      } else {
        edges.put(id, Optional.empty());
      }
      known = in(edges, id);
    }
    return known;
  }

  @Override
  public boolean isUsed(EdgeId id) {
    if (in(edges, id).isPresent() || edgesBefore.containsKey(id) || endedEdges.containsKey(id)) {
      return true;
    }
    return !unusedEdges.contains(id) && !storage.usedEdgeIds(ref, List.of(id)).isEmpty();
  }

  @Override
  public List<Edge> edgesBetween(NodeId source, EdgeType type, NodeId target) {
    var shape = new EdgeShape(source, type, target);
    if (!noEdgesStored && !shapesLoaded.contains(shape) && !outLoaded.contains(source)) {
      storage.edgesOfShape(ref, List.of(shape), base).forEach(this::load);
    }
    List<EdgeId> here = edgesAt.getOrDefault(source, List.of());
    List<EdgeId> there = edgesAt.getOrDefault(target, List.of());
    var between = new ArrayList<Edge>(0);
    for (EdgeId id : here.size() <= there.size() ? here : there) {
      Edge edge = in(edges, id).orElse(null);
      if (edge != null
          && edge.source().equals(source)
          && edge.target().equals(target)
          && edge.type().equals(type)
          && !between.contains(edge)) {
        between.add(edge);
      }
    }
    return between;
  }

  @Override
  public List<Edge> incident(NodeId node) {
    storage.edgesOf(ref, List.of(node), Direction.BOTH, List.of(), base).forEach(this::load);
    return edgesAt.getOrDefault(node, List.of()).stream()
        .distinct()
        .flatMap(id -> in(edges, id).stream())
        .filter(edge -> edge.source().equals(node) || edge.target().equals(node))
        .sorted(Comparator.comparing(Edge::id))
        .toList();
  }

  @Override
  public int degree(NodeId node) {
    return incident(node).stream()
        .mapToInt(edge -> edge.source().equals(edge.target()) ? 2 : 1)
        .sum();
  }

  @Override
  public boolean isAbove(NodeId from, NodeId to) {
    var seen = new HashSet<NodeId>(Set.of(from));
    List<NodeId> frontier = List.of(from);
    while (!frontier.isEmpty()) {
      if (seen.contains(to)) {
        return true;
      }
      prefetchOut(frontier);
      var next = new ArrayList<NodeId>();
      for (NodeId node : frontier) {
        for (EdgeId id : edgesAt.getOrDefault(node, List.of())) {
          in(edges, id)
              .filter(edge -> edge.source().equals(node))
              .filter(edge -> edge.type().equals(EdgeType.HIERARCHICAL))
              .filter(edge -> seen.add(edge.target()))
              .ifPresent(edge -> next.add(edge.target()));
        }
      }
      frontier = next;
    }
    return false;
  }

  @Override
  public List<Category> categories() {
    return List.copyOf(categoriesById().values());
  }

  private Map<CategoryId, Category> categoriesById() {
    Map<CategoryId, Category> known = categories;
    if (known == null) {
      known = new HashMap<>();
      if (headBefore.sequence() > 0) {
        for (Category category : storage.categories(ref, base)) {
          known.put(category.id(), category);
        }
      }
      categories = known;
      categoriesBefore = new HashMap<>(known);
    }
    return known;
  }

  @Override
  public List<Node> members(CategoryId category) {
    String cursor = null;
    var ids = new HashSet<NodeId>();
    do {
      Page<Node> page =
          storage.listNodes(
              ref,
              NodeFilter.all().withCategory(category),
              NodeSort.created(),
              new Page.Request(Page.MAX_SIZE, cursor),
              base);
      page.items().forEach(node -> ids.add(node.id()));
      cursor = page.next();
    } while (cursor != null);
    ids.addAll(nodes.keySet());
    prefetchNodes(ids);
    return ids.stream()
        .flatMap(id -> in(nodes, id).stream())
        .filter(node -> node.categories().stream().anyMatch(in -> in.category().equals(category)))
        .sorted(Comparator.comparing(Node::id))
        .toList();
  }

  @Override
  public Optional<PastMerge> mergeOf(NodeId absorbed) {
    if (node(absorbed).isPresent()) {
      return Optional.empty();
    }
    if (in(endedNodes, absorbed).isPresent()) {
      return Optional.ofNullable(merges.get(absorbed));
    }
    List<Revision<Node>> life = storage.nodeHistory(ref, absorbed);
    return life.isEmpty() ? Optional.empty() : mergeOf(absorbed, life.getLast().until());
  }

  /** The merge that ended a node in an earlier commit, among whatever else that did. */
  private Optional<PastMerge> mergeOf(NodeId absorbed, long end) {
    List<Committed> commit = storage.read(ref, end - 1, 1);
    if (commit.stream()
        .flatMap(entry -> entry.events().stream())
        .noneMatch(e -> e instanceof NodeMerged merge && merge.absorbed().equals(absorbed))) {
      return Optional.empty();
    }
    Graph graphThen = storage.graphAt(ref, end - 1).orElse(null);
    var then = new UnitOfWork(storage, ref, graphThen, end - 1);
    then.time = commit.getFirst().time();
    commit.getFirst().events().forEach(then::apply);
    return Optional.ofNullable(then.merges.get(absorbed));
  }

  // --- the fold

  void apply(GraphEvent event) {
    switch (event) {
      case SettingsEvent e -> apply(e);
      case CategoryEvent e -> apply(e);
      case NodeEvent e -> apply(e);
      case EdgeEvent e -> apply(e);
      case ImportEvent e -> apply(e);
    }
  }

  private void apply(ImportEvent event) {
    switch (event) {
      case ImportEvent.NodesImported e -> e.nodes().forEach(this::apply);
      case ImportEvent.EdgesImported e -> e.edges().forEach(this::apply);
      case ImportEvent.ImportStarted e -> {}
      case ImportEvent.ImportFinished e -> {}
    }
  }

  private void apply(SettingsEvent event) {
    Graph before = graph;
    if (event instanceof SettingsEvent.GraphRemoved) {
      graph = null;
      nodeCount = 0;
      edgeCount = 0;
      fingerprint = Fingerprint.EMPTY;
      return;
    }
    boolean isDefault =
        event instanceof SettingsEvent.GraphMadeDefault || (before != null && before.isDefault());
    if (event instanceof SettingsEvent.GraphCreated created) {
      graph = new Graph(ref.id(), ref.owner(), created.data(), false, time, time, 1);
    } else if (before != null) {
      GraphData data = Evolution.settings(before.data(), event);
      graph =
          new Graph(
              before.id(),
              before.owner(),
              data,
              isDefault,
              before.created(),
              time,
              before.version() + 1);
    }
    count(
        0,
        0,
        before == null ? null : canonical.settings(before),
        graph == null ? null : canonical.settings(graph));
  }

  private void apply(CategoryEvent event) {
    CategoryId id = event.category();
    Map<CategoryId, Category> all = categoriesById();
    Category before = all.get(id);
    var members = before == null ? List.<Node>of() : members(id);
    var children = all.values().stream().filter(child -> id.equals(child.data().parent())).toList();
    members.forEach(node -> count(0, 0, hash(node), null));
    children.forEach(child -> count(0, 0, hash(child), null));
    if (before != null) {
      count(0, 0, hash(before), null);
    }
    switch (event) {
      case CategoryEvent.CategoryAdded e ->
          all.put(id, new Category(id, ref.id(), e.data(), time, time, 1));
      case CategoryEvent.CategoryChanged e -> {
        if (before != null) {
          all.put(
              id,
              new Category(id, ref.id(), e.data(), before.created(), time, before.version() + 1));
        }
      }
      case CategoryEvent.CategoryRemoved e -> all.remove(id);
    }
    Category after = all.get(id);
    if (after != null) {
      count(0, 0, null, hash(after));
    }
    children.forEach(child -> count(0, 0, null, hash(child)));
    members.forEach(node -> count(0, 0, null, hash(node)));
  }

  private void apply(NodeEvent event) {
    switch (event) {
      case NodeEvent.NodeAdded e -> put(e.node(), born(e.node(), e.data()));
      case NodeEvent.NodeRemoved e -> remove(e.node());
      case NodeEvent.NodeMerged e -> merge(e);
      case NodeEvent.NodeUnmerged e -> {
        change(e);
        put(e.absorbed(), born(e.absorbed(), e.restored().absorbed()));
        for (EdgeEvent.EdgeAdded back : e.restored().moved()) {
          edge(back.edge())
              .ifPresent(edge -> put(edge.id(), Evolution.with(edge, back.data(), time)));
        }
        e.restored().ended().forEach(this::apply);
      }
      case NodeEvent.NodeContentChanged e -> change(e);
      case NodeEvent.NodeRelabelled e -> change(e);
      case NodeEvent.NodeTagged e -> change(e);
      case NodeEvent.NodeUntagged e -> change(e);
      case NodeEvent.NodeMoved e -> change(e);
      case NodeEvent.NodePropertiesChanged e -> change(e);
      case NodeEvent.NodePublished e -> change(e);
      case NodeEvent.NodeArchived e -> change(e);
      case NodeEvent.NodeRestored e -> change(e);
      case NodeEvent.NodeKeyed e -> change(e);
      case NodeEvent.NodeCategorized e -> change(e);
      case NodeEvent.NodeUncategorized e -> change(e);
    }
  }

  private void merge(NodeMerged event) {
    Optional<Node> survivor = node(event.node());
    Optional<Node> absorbed = node(event.absorbed());
    List<Edge> edgesBefore = incident(event.absorbed());
    var moved = new HashSet<>(event.moved());
    for (Edge edge : edgesBefore) {
      put(
          edge.id(),
          moved.contains(edge.id())
              ? Evolution.with(
                  edge, Evolution.moved(edge.data(), event.absorbed(), event.node()), time)
              : null);
    }
    put(event.absorbed(), null);
    change(event);
    if (survivor.isPresent() && absorbed.isPresent()) {
      merges.put(
          event.absorbed(),
          new PastMerge(
              survivor.get(),
              absorbed.get(),
              edgesBefore,
              node(event.node()).orElseThrow().version(),
              event.moved().stream().flatMap(id -> edge(id).stream()).toList()));
    }
  }

  private void change(NodeEvent event) {
    node(event.node()).ifPresent(node -> put(node.id(), Evolution.node(node, event, time)));
  }

  private void remove(NodeId id) {
    incident(id).forEach(edge -> put(edge.id(), null));
    put(id, null);
    merges.remove(id);
  }

  private void apply(EdgeEvent event) {
    switch (event) {
      case EdgeEvent.EdgeAdded e -> put(e.edge(), born(e.edge(), e.data()));
      case EdgeEvent.EdgeRemoved e -> put(e.edge(), null);
      case EdgeEvent.EdgeReweighted e -> change(e);
      case EdgeEvent.EdgeRetyped e -> change(e);
      case EdgeEvent.EdgePropertiesChanged e -> change(e);
    }
  }

  private void change(EdgeEvent event) {
    edge(event.edge()).ifPresent(edge -> put(edge.id(), Evolution.edge(edge, event, time)));
  }

  /** A node that begins, or comes back with its versions going on. */
  private Node born(NodeId id, NodeData data) {
    Node last =
        isUsed(id)
            ? in(endedNodes, id).or(() -> last(storage.nodeHistory(ref, id))).orElse(null)
            : null;
    return last == null
        ? new Node(id, ref.id(), data, List.of(), time, time, 1)
        : new Node(id, ref.id(), data, List.of(), last.created(), time, last.version() + 1);
  }

  private Edge born(EdgeId id, EdgeData data) {
    Edge last =
        isUsed(id)
            ? in(endedEdges, id).or(() -> last(storage.edgeHistory(ref, id))).orElse(null)
            : null;
    return last == null
        ? new Edge(id, ref.id(), data, time, time, 1)
        : new Edge(id, ref.id(), data, last.created(), time, last.version() + 1);
  }

  private <T> Optional<T> last(List<Revision<T>> life) {
    return life.reversed().stream()
        .filter(revision -> revision.from() <= base)
        .findFirst()
        .map(Revision::state);
  }

  private void put(NodeId id, @Nullable Node after) {
    Optional<Node> known = node(id);
    Node before = known.orElse(null);
    boolean renamed =
        before != null && after != null && !Canonical.name(before).equals(Canonical.name(after));
    List<Edge> incident = renamed ? incident(id) : List.of();
    incident.forEach(edge -> count(0, 0, hash(edge), null));
    nodesBefore.putIfAbsent(id, known);
    nodes.put(id, Optional.ofNullable(after));
    if (after == null) {
      endedNodesBefore.putIfAbsent(id, Optional.ofNullable(endedNodes.get(id)));
      endedNodes.put(id, known);
    }
    notePassing(id, before, after, nodesBefore, nodesPassed);
    if (before != null && before.data().key() != null) {
      keys.put(before.data().key(), Optional.empty());
    }
    if (after != null && after.data().key() != null) {
      keys.put(after.data().key(), Optional.of(id));
    }
    incident.forEach(edge -> count(0, 0, null, hash(edge)));
    count(
        (after == null ? 0 : 1) - (before == null ? 0 : 1),
        0,
        before == null ? null : hash(before),
        after == null ? null : hash(after));
  }

  private void put(EdgeId id, @Nullable Edge after) {
    Optional<Edge> known = edge(id);
    Edge before = known.orElse(null);
    edgesBefore.putIfAbsent(id, known);
    count(
        0,
        (after == null ? 0 : 1) - (before == null ? 0 : 1),
        before == null ? null : hash(before),
        after == null ? null : hash(after));
    edges.put(id, Optional.ofNullable(after));
    notePassing(id, before, after, edgesBefore, edgesPassed);
    if (after == null) {
      endedEdgesBefore.putIfAbsent(id, Optional.ofNullable(endedEdges.get(id)));
      endedEdges.put(id, known);
    } else if (before == null
        || !before.source().equals(after.source())
        || !before.target().equals(after.target())) {
      index(after);
    }
  }

  /** Notes whether the commit has ended what it began. */
  private static <K, V> void notePassing(
      K id, @Nullable V before, @Nullable V after, Map<K, Optional<V>> atStart, Set<K> passed) {
    if (after != null) {
      passed.remove(id);
    } else if (before != null && in(atStart, id).isEmpty()) {
      passed.add(id);
    }
  }

  /** Notes the ends of an edge; an edge may be noted twice, and stays when it ends or moves. */
  private void index(Edge edge) {
    index(edge.source(), edge.id());
    if (!edge.source().equals(edge.target())) {
      index(edge.target(), edge.id());
    }
  }

  private void index(NodeId node, EdgeId edge) {
    List<EdgeId> at = edgesAt.get(node);
    if (at == null) {
      at = new ArrayList<>(4);
      edgesAt.put(node, at);
    }
    at.add(edge);
  }

  private Fingerprint hash(Node node) {
    String[] titles =
        node.categories().stream()
            .map(in -> category(in.category()).map(Category::title).orElse(""))
            .toArray(String[]::new);
    return canonical.node(node, titles);
  }

  private Fingerprint hash(Edge edge) {
    return canonical.edge(edge, name(edge.source()), name(edge.target()));
  }

  private String name(NodeId id) {
    return node(id).map(Canonical::name).orElseGet(() -> "i" + id);
  }

  private Fingerprint hash(Category category) {
    CategoryId parent = category.data().parent();
    return canonical.category(
        category, parent == null ? null : category(parent).map(Category::title).orElse(""));
  }

  private void count(
      int moreNodes, int moreEdges, @Nullable Fingerprint gone, @Nullable Fingerprint come) {
    nodeCount += moreNodes;
    edgeCount += moreEdges;
    fingerprint = gone == null ? fingerprint : fingerprint.minus(gone);
    fingerprint = come == null ? fingerprint : fingerprint.plus(come);
  }
}
