package dev.knowledgegraph;

import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.EdgeCommand.RemoveEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.command.NodeCommand.SetNode;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.internal.Engine;
import dev.knowledgegraph.internal.Linker;
import dev.knowledgegraph.linking.Link;
import dev.knowledgegraph.linking.LinkListener;
import dev.knowledgegraph.linking.LinkReport;
import dev.knowledgegraph.linking.LinkSettings;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Consistency;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.GraphPattern;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.ProgressListener;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.Traversal;
import dev.knowledgegraph.query.Views.HistoryEntry;
import dev.knowledgegraph.query.Views.Hit;
import dev.knowledgegraph.query.Views.Matches;
import dev.knowledgegraph.query.Views.Neighbor;
import dev.knowledgegraph.query.Views.Route;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.query.Views.Statistics;
import dev.knowledgegraph.query.Views.TitleSuggestion;
import dev.knowledgegraph.spi.GraphHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One graph seen by one caller, now or at an earlier moment: no later call can forget or fake
 * either. May be shared between threads.
 */
public final class GraphView {
  private final Engine engine;
  private final UserId caller;
  private final GraphRef ref;
  private final QueryOptions options;
  private final String correlationId;

  GraphView(
      Engine engine, UserId caller, GraphRef ref, QueryOptions options, String correlationId) {
    this.engine = engine;
    this.caller = caller;
    this.ref = ref;
    this.options = options;
    this.correlationId = correlationId;
  }

  public GraphId id() {
    return ref.id();
  }

  public GraphRef ref() {
    return ref;
  }

  public UserId caller() {
    return caller;
  }

  /** The same graph as it was just after the last commit not later than {@code time}. */
  public GraphView at(Instant time) {
    return at(new Moment.AtTime(time));
  }

  /** The same graph as it was just after its {@code sequence}-th commit. */
  public GraphView at(long sequence) {
    return at(new Moment.AtSequence(sequence));
  }

  /** The same graph at a moment. */
  public GraphView at(Moment moment) {
    return view(options.withMoment(moment));
  }

  /** The same graph, searched with what the index must have seen. */
  public GraphView with(Consistency consistency) {
    return view(options.withConsistency(consistency));
  }

  /** The same graph, whose analyses say how far they have come. */
  public GraphView with(ProgressListener listener) {
    return view(options.withListener(listener));
  }

  private GraphView view(QueryOptions newOptions) {
    return new GraphView(engine, caller, ref, newOptions, correlationId);
  }

  /** Adds a node and returns its id. */
  public NodeId add(NodeData data) {
    var id = newNodeId();
    send(new AddNode(id(), id, data)).orThrow();
    return id;
  }

  /** Adds a directed edge of weight 1 and returns its id; aliases of types are understood. */
  public EdgeId link(NodeId source, String type, NodeId target) {
    var input = EdgeType.parse(type);
    var data = EdgeData.edge(source, input.type(), target);
    return link(input.turned() ? data.turned() : data);
  }

  /** Adds an edge and returns its id. */
  public EdgeId link(EdgeData data) {
    var id = newEdgeId();
    send(new AddEdge(id(), id, data)).orThrow();
    return id;
  }

  /** Makes a node hold {@code data}, whatever it held. */
  public void set(NodeId node, NodeData data) {
    send(new SetNode(id(), node, data)).orThrow();
  }

  /** Ends a node and all its edges. */
  public void remove(NodeId node) {
    send(new RemoveNode(id(), node)).orThrow();
  }

  /** Ends an edge. */
  public void remove(EdgeId edge) {
    send(new RemoveEdge(id(), edge)).orThrow();
  }

  /** The graph's settings. */
  public Graph graph() {
    return ask(new GraphQuery.GetGraph(id()));
  }

  public Optional<Node> find(NodeId node) {
    return ask(new GraphQuery.FindNode(id(), node));
  }

  /** The node with this natural key. */
  public Optional<Node> find(String key) {
    return ask(new GraphQuery.FindNodeByKey(id(), NodeKey.of(key)));
  }

  /** The ids of the nodes that have these keys; one statement for all. */
  public Map<NodeKey, NodeId> findByKeys(Collection<NodeKey> keys) {
    graph();
    var ids = new HashMap<NodeKey, NodeId>();
    engine
        .storage()
        .nodesByKey(ref, keys, sequence())
        .forEach((key, node) -> ids.put(key, node.id()));
    return ids;
  }

  public Optional<Edge> find(EdgeId edge) {
    return ask(new GraphQuery.FindEdge(id(), edge));
  }

  /** The nodes one hop away, in any direction; {@link Neighbors#depth} for more. */
  public Neighbors neighbors(NodeId node) {
    return new Neighbors(this, node, 1);
  }

  /** The nodes that a traversal comes to in the end, by id. */
  public List<Node> traverse(Traversal traversal) {
    return ask(new GraphQuery.Traverse(id(), traversal, Integer.MAX_VALUE)).nodes();
  }

  /** Where a pattern is found, at most so many times. */
  public Matches match(GraphPattern pattern, int limit) {
    return ask(new GraphQuery.FindMatches(id(), pattern, limit));
  }

  /** A path with the fewest hops, along the direction of the edges. */
  public Optional<Route> path(NodeId source, NodeId target) {
    return ask(
        new GraphQuery.FindPath(
            id(), source, target, Direction.OUTGOING, Set.of(), false, Integer.MAX_VALUE));
  }

  /**
   * The shape of the graph in arrays, for many hops at once; made now if it is not there.
   *
   * @throws dev.knowledgegraph.error.UnsupportedCapabilityException if it needs more memory than
   *     {@link KnowledgeGraph.Builder#adjacencyMemory} gives
   */
  public GraphShape shape() {
    return new GraphShape(engine.adjacency(ref, position()));
  }

  public List<HistoryEntry> history(NodeId node) {
    return ask(new GraphQuery.NodeHistory(id(), node));
  }

  /** Nodes that a text is about, best first; narrowed step by step, asked with each iteration. */
  public Hits search(String text) {
    return new Hits(this, GraphQuery.Search.of(id(), text));
  }

  /** Nodes like a node, by words and by vector, most alike first. */
  public SearchResult similar(NodeId node, int limit) {
    return ask(
        new GraphQuery.SimilarNodes(id(), node, SearchMode.HYBRID, SearchFilter.all(), limit));
  }

  /** Titles that somebody may be typing. */
  public List<TitleSuggestion> suggest(String text, int limit) {
    return ask(new GraphQuery.SuggestTitles(id(), text, limit));
  }

  /** Links that follow from what nodes say; narrowed step by step, made with the last one. */
  public Linking linking() {
    return new Linking(this, LinkSettings.standard(), Set.of());
  }

  public Statistics statistics() {
    return ask(new GraphQuery.GetStatistics(id()));
  }

  /** Where the log of the graph stands, and its totals. */
  public GraphHead head() {
    graph();
    return engine.storage().head(ref);
  }

  /** Every node, one at a time, in a stable order. */
  public void forEachNode(Consumer<Node> action) {
    graph();
    engine.storage().forEachNode(ref, sequence(), action);
  }

  /** Every edge, one at a time, in a stable order. */
  public void forEachEdge(Consumer<Edge> action) {
    graph();
    engine.storage().forEachEdge(ref, sequence(), action);
  }

  /** Asks any question about this graph, at this view's moment. */
  public <R> R ask(GraphQuery<R> query) {
    requireThisGraph(query.graph());
    return engine.queries().ask(caller, query, options);
  }

  /** Sends any command about this graph; always about the latest state. */
  public CommandResult send(GraphCommand command) {
    return send(command, CommandOptions.none());
  }

  /** Sends any command about this graph; always about the latest state. */
  public CommandResult send(GraphCommand command, CommandOptions commandOptions) {
    requireThisGraph(command.graph());
    return engine
        .commands()
        .send(
            caller,
            command,
            commandOptions.correlationId().isEmpty()
                ? commandOptions.withCorrelationId(correlationId)
                : commandOptions);
  }

  /** Sends commands in order, durable together. */
  public List<CommandResult> sendAll(List<GraphCommand> commands) {
    commands.forEach(command -> requireThisGraph(command.graph()));
    return engine.commands().sendAll(caller, commands, correlationId);
  }

  /** An id that no node has. */
  public NodeId newNodeId() {
    return NodeId.of(engine.ids().next());
  }

  /** An id that no edge has. */
  public EdgeId newEdgeId() {
    return EdgeId.of(engine.ids().next());
  }

  /** The number of the last commit that this view sees: of the latest one, or at its moment. */
  public long position() {
    graph();
    return Math.min(engine.sequenceOf(ref, options.at()), engine.storage().head(ref).sequence());
  }

  private long sequence() {
    return engine.sequenceOf(ref, options.at());
  }

  private void requireThisGraph(GraphId graph) {
    if (!graph.equals(id())) {
      throw new IllegalArgumentException(
          "expected a command or query about graph " + id() + ", found one about " + graph);
    }
  }

  /** What a text finds, narrowed step by step; asked anew for each iteration. */
  public record Hits(GraphView graph, GraphQuery.Search query) implements Iterable<Hit> {
    /** By words, by vectors, or both. */
    public Hits mode(SearchMode mode) {
      return new Hits(graph, query.withMode(mode));
    }

    /** Only nodes that a filter lets pass. */
    public Hits where(NodeFilter filter) {
      return new Hits(graph, query.withFilter(query.filter().withNodes(filter)));
    }

    /** Only nodes within so many hops of a node. */
    public Hits near(NodeId node, int hops) {
      return new Hits(
          graph, query.withFilter(query.filter().withNear(new SearchFilter.Near(node, hops))));
    }

    /** Only nodes of a community, by the id that {@link GraphQuery.FindCommunities} gives it. */
    public Hits community(long id) {
      return new Hits(graph, query.withFilter(query.filter().withCommunities(Set.of(id))));
    }

    /**
     * Also in these graphs, as if all nodes were in one: at most 100, each the caller's own or one
     * that everybody may read. Not together with {@link #near} or {@link #community}, nor in the
     * view of a position, which are of one graph.
     */
    public Hits alsoIn(Collection<GraphId> graphs) {
      return new Hits(graph, query.withFilter(query.filter().withGraphs(Set.copyOf(graphs))));
    }

    /** Counted by these. */
    public Hits facets(Facet... facets) {
      return new Hits(graph, query.withFacets(Set.of(facets)));
    }

    /** At most so many hits. */
    public Hits limit(int size) {
      return new Hits(graph, query.withPage(new Page.Request(size, query.page().after())));
    }

    /** The hits, with the total, the facets, and where the next page begins. */
    public SearchResult result() {
      return graph.ask(query);
    }

    @Override
    public Iterator<Hit> iterator() {
      return result().hits().iterator();
    }
  }

  /**
   * Links that follow from what nodes say.
   *
   * @param nodes links at these only; empty for all nodes
   */
  public record Linking(GraphView graph, LinkSettings settings, Set<NodeId> nodes) {
    public Linking {
      nodes = Set.copyOf(nodes);
    }

    /** Found so. */
    public Linking by(LinkMethod first, LinkMethod... others) {
      return with(settings.withMethods(EnumSet.of(first, others)));
    }

    /** With all that can be set. */
    public Linking with(LinkSettings newSettings) {
      return new Linking(graph, newSettings, nodes);
    }

    /** Only at these nodes. */
    public Linking at(Collection<NodeId> some) {
      return new Linking(graph, settings, Set.copyOf(some));
    }

    /** The links that would be made, and those that would not; nothing is changed. */
    public List<Link> propose() {
      var links = new ArrayList<Link>();
      run(true, links::add);
      return links;
    }

    /** What {@link #link(LinkListener)} would do; nothing is changed. */
    public LinkReport propose(LinkListener listener) {
      return run(true, listener);
    }

    /** Makes the links. */
    public LinkReport link() {
      return link(LinkListener.NONE);
    }

    /**
     * Makes the links, a few nodes' in a commit.
     *
     * @throws RejectedException if the graph is not the caller's, or a node is not there
     * @throws IllegalStateException if the view is of an earlier moment
     */
    public LinkReport link(LinkListener listener) {
      return run(false, listener);
    }

    private LinkReport run(boolean dryRun, LinkListener listener) {
      if (!(graph.options.at() instanceof Moment.Now)) {
        throw new IllegalStateException("the past cannot be linked; take the view of now");
      }
      var task =
          new Linker.Task(graph.caller, graph.ref, settings, nodes, dryRun, graph.correlationId);
      return graph.engine.linker().link(task, listener);
    }
  }

  /** The surroundings of a node, narrowed step by step; asked anew for each iteration. */
  public record Neighbors(GraphView graph, NodeId node, int hops) implements Iterable<Neighbor> {
    /** Up to this many hops away. */
    public Neighbors depth(int newHops) {
      return new Neighbors(graph, node, newHops);
    }

    public List<Neighbor> toList() {
      return graph
          .ask(
              new GraphQuery.FindNeighbors(
                  graph.id(), node, hops, Direction.BOTH, Set.of(), Integer.MAX_VALUE))
          .neighbors();
    }

    @Override
    public Iterator<Neighbor> iterator() {
      return toList().iterator();
    }
  }
}
