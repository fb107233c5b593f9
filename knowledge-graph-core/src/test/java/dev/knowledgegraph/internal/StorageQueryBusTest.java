package dev.knowledgegraph.internal;

import static dev.knowledgegraph.memory.Scribe.day;
import static dev.knowledgegraph.memory.Scribe.edgeId;
import static dev.knowledgegraph.memory.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.memory.Scribe;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.model.Visibility;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.QueryBus;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.query.Views.HistoryEntry;
import dev.knowledgegraph.query.Views.Pattern;
import dev.knowledgegraph.query.Views.PatternKind;
import dev.knowledgegraph.query.Views.Route;
import dev.knowledgegraph.query.Views.TimelineBucket;
import dev.knowledgegraph.query.Views.TimelineUnit;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StorageQueryBusTest {
  private static final UserId ADA = UserId.of("ada");
  private static final UserId BOB = UserId.of("bob");

  private final InMemoryStorage storage = new InMemoryStorage();
  private final QueryBus bus = new ValidatedQueryBus(new StorageQueryBus(storage));
  private final Scribe scribe = new Scribe(storage, "ada", 1).create("notes");
  private final GraphId graph = scribe.ref().id();

  @Test
  @SuppressWarnings("NullAway") // null is what it is about
  void nobody_is_no_caller() {
    assertThatNullPointerException()
        .isThrownBy(() -> bus.ask(null, new GraphQuery.GetGraph(graph), QueryOptions.now()));
  }

  @Test
  void a_graph_that_is_not_there_is_not_found() {
    var other = GraphId.of(new UUID(0, 9));

    assertRejected(new GraphQuery.GetGraph(other), Rejection.NotFound.class);
  }

  @Test
  void a_private_graph_is_for_its_owner_and_a_public_one_for_all() {
    assertThatThrownBy(() -> bus.ask(BOB, new GraphQuery.GetGraph(graph), QueryOptions.now()))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> assertThat(e.rejection()).isInstanceOf(Rejection.NotFound.class));
    var open =
        new Scribe(storage, "ada", 2)
            .create(GraphData.named("open").withVisibility(Visibility.PUBLIC_READ), false);
    var query = new GraphQuery.GetGraph(open.ref().id());

    assertThat(bus.ask(BOB, query, QueryOptions.now()).name()).isEqualTo("open");
    assertThat(bus.graphs(ADA)).hasSize(2);
    assertThat(bus.graphs(BOB)).isEmpty();
  }

  @Test
  void arguments_out_of_range_are_invalid() {
    assertRejected(neighbors(-1, 1), Rejection.Invalid.class);
    assertRejected(neighbors(1_001, 1), Rejection.Invalid.class);
    assertRejected(neighbors(1, 0), Rejection.Invalid.class);
    assertRejected(new GraphQuery.ReadLog(graph, -1, 1), Rejection.Invalid.class);
    assertRejected(
        new GraphQuery.ListNodes(
            graph, NodeFilter.all(), NodeSort.created(), new Page.Request(1, "?")),
        Rejection.Invalid.class);
  }

  @Test
  void neighbors_come_nearest_first_with_an_exact_total() {
    chain(1, 2, 3, 4);
    var found = ask(new GraphQuery.FindNeighbors(graph, nodeId(2), 2, Direction.BOTH, Set.of(), 2));

    assertThat(found.total()).isEqualTo(3);
    assertThat(found.neighbors())
        .extracting(neighbor -> neighbor.node().id(), neighbor -> neighbor.distance())
        .containsExactly(tuple(nodeId(1), 1), tuple(nodeId(3), 1));
  }

  @Test
  void a_bidirectional_edge_counts_in_every_direction() {
    chain(1, 2);
    scribe.node(3, "n3");
    scribe.edge(50, EdgeData.edge(nodeId(3), EdgeType.RELATED, nodeId(1)).withDirected(false));

    assertThat(neighborsOf(1, Direction.OUTGOING)).containsExactly(nodeId(2), nodeId(3));
    assertThat(neighborsOf(1, Direction.INCOMING)).containsExactly(nodeId(3));
    assertThat(neighborsOf(2, Direction.OUTGOING)).isEmpty();
  }

  @Test
  void neighbors_of_a_node_that_is_not_there_are_not_found() {
    assertRejected(neighbors(1, 1), Rejection.NotFound.class);
  }

  @Test
  void a_subgraph_has_the_edges_among_its_nodes() {
    chain(1, 2, 3, 4);
    var whole = ask(new GraphQuery.FindSubgraph(graph, List.of(nodeId(1)), 2, Set.of(), 10));
    var part = ask(new GraphQuery.FindSubgraph(graph, List.of(nodeId(1)), 3, Set.of(), 2));

    assertThat(ids(whole.nodes())).containsExactly(nodeId(1), nodeId(2), nodeId(3));
    assertThat(whole.edges()).hasSize(2);
    assertThat(whole.complete()).isTrue();
    assertThat(ids(part.nodes())).containsExactly(nodeId(1), nodeId(2));
    assertThat(part.edges()).hasSize(1);
    assertThat(part.complete()).isFalse();
  }

  @Test
  void a_path_follows_the_edges_and_ends_at_its_most_hops() {
    chain(1, 2, 3);

    assertThat(path(1, 3, false, 9).orElseThrow().nodes())
        .extracting(Node::id)
        .containsExactly(nodeId(1), nodeId(2), nodeId(3));
    assertThat(path(1, 3, false, 1)).isEmpty();
    assertThat(path(3, 1, false, 9)).isEmpty();
    assertThat(path(1, 1, false, 9).orElseThrow().hops()).isZero();
    assertThat(path(1, 7, false, 9)).isEmpty();
    assertThat(path(7, 7, true, 9)).isEmpty();
  }

  @Test
  void a_weighted_path_is_the_lightest_not_the_shortest() {
    chain(1, 2, 3);
    scribe.edge(50, EdgeData.edge(nodeId(1), EdgeType.RELATED, nodeId(3)).withWeight(5));

    assertThat(path(1, 3, false, 9).orElseThrow().hops()).isEqualTo(1);
    assertThat(path(1, 3, true, 9).orElseThrow().hops()).isEqualTo(2);
    assertThat(path(1, 3, true, 9).orElseThrow().weight()).isEqualTo(2);
    assertThat(path(3, 1, true, 9)).isEmpty();
  }

  @Test
  void a_weighted_path_refuses_negative_weights() {
    chain(1, 2);
    scribe.edge(50, EdgeData.edge(nodeId(2), EdgeType.RELATED, nodeId(1)).withWeight(-1));

    assertRejected(pathQuery(2, 1, true, 9), Rejection.Invalid.class);
  }

  @Test
  void all_shortest_paths_are_found_up_to_the_limit() {
    chain(1, 2, 4);
    scribe.node(3, "n3");
    scribe.edge(50, 1, 3);
    scribe.edge(51, 3, 4);
    scribe.edge(
        52,
        EdgeData.edge(nodeId(3), EdgeType.RELATED, nodeId(4))
            .withDiscriminator(Discriminator.of("second")));

    assertThat(allPaths(10)).hasSize(3).allMatch(route -> route.hops() == 2);
    assertThat(allPaths(2)).hasSize(2);
  }

  @Test
  void statistics_count_components_orphans_and_degrees() {
    chain(1, 2, 3);
    scribe.node(9, NodeData.node("alone").label("L").tag("T"));
    var statistics = ask(new GraphQuery.GetStatistics(graph));

    assertThat(statistics.sequence()).isEqualTo(scribe.sequence());
    assertThat(statistics.nodes()).isEqualTo(4);
    assertThat(statistics.edges()).isEqualTo(2);
    assertThat(statistics.components()).isEqualTo(2);
    assertThat(statistics.orphans()).isEqualTo(1);
    assertThat(statistics.maxDegree()).isEqualTo(2);
    assertThat(statistics.averageDegree()).isEqualTo(1);
    assertThat(statistics.density()).isEqualTo(2.0 / 12);
    assertThat(statistics.labels()).containsEntry("L", 1L);
  }

  @Test
  void patterns_of_every_kind_are_found() {
    chain(1, 2, 3, 4);
    scribe.node(5, "n5");
    scribe.node(6, "n6");
    scribe.node(7, "alone");
    scribe.edge(50, 4, 5);
    scribe.edge(51, 5, 6);
    scribe.edge(52, 6, 4);

    var hub = patterns(PatternKind.HUB).getFirst();
    assertThat(ids(hub.nodes())).containsExactly(nodeId(4));
    assertThat(hub.score()).isEqualTo(3);
    assertThat(patterns(PatternKind.ORPHAN))
        .singleElement()
        .satisfies(orphan -> assertThat(ids(orphan.nodes())).containsExactly(nodeId(7)));
    assertThat(patterns(PatternKind.CLUSTER)).extracting(Pattern::score).containsExactly(6.0, 1.0);
    assertThat(patterns(PatternKind.BRIDGE))
        .extracting(bridge -> ids(bridge.nodes()))
        .containsExactly(
            List.of(nodeId(1), nodeId(2)),
            List.of(nodeId(2), nodeId(3)),
            List.of(nodeId(3), nodeId(4)));
    assertThat(patterns(PatternKind.CHAIN))
        .extracting(found -> ids(found.nodes()))
        .containsExactly(
            List.of(nodeId(1), nodeId(2), nodeId(3)), List.of(nodeId(4), nodeId(5), nodeId(6)));
  }

  @Test
  void a_ring_is_a_chain_and_parallel_edges_are_no_bridge() {
    chain(1, 2, 3);
    scribe.edge(50, 3, 1);
    scribe.node(8, "n8");
    scribe.node(9, "n9");
    scribe.edge(51, 8, 9);
    scribe.edge(52, 9, 8);

    assertThat(patterns(PatternKind.BRIDGE)).isEmpty();
    assertThat(patterns(PatternKind.CHAIN))
        .extracting(found -> ids(found.nodes()))
        .containsExactly(List.of(nodeId(1), nodeId(2), nodeId(3)), List.of(nodeId(8), nodeId(9)));
  }

  @Test
  void a_history_tells_every_step_up_to_the_end() {
    scribe.node(1, "A");
    scribe.node(2, "B");
    scribe.edge(1, 1, 2);
    scribe.set(1, NodeData.node("A2"));
    scribe.removeNode(1);

    assertThat(ask(new GraphQuery.NodeHistory(graph, nodeId(1))))
        .extracting(HistoryEntry::sequence, HistoryEntry::version, HistoryEntry::what)
        .containsExactly(
            tuple(2L, 1L, "node.added"),
            tuple(5L, 2L, "node.content-changed"),
            tuple(6L, 3L, "node.removed"));
    assertThat(ask(new GraphQuery.EdgeHistory(graph, edgeId(1))))
        .extracting(HistoryEntry::what)
        .containsExactly("edge.added", "node.removed");
    assertThat(
            bus.ask(
                ADA,
                new GraphQuery.NodeHistory(graph, nodeId(1)),
                QueryOptions.at(new Moment.AtSequence(2))))
        .hasSize(1);
  }

  @Test
  void a_comparison_tells_what_was_added_changed_and_removed() {
    chain(1, 2);
    var before = new Moment.AtSequence(scribe.sequence());
    scribe.set(1, NodeData.node("changed"));
    scribe.removeNode(2);
    scribe.node(3, "new");
    var difference = ask(new GraphQuery.Compare(graph, before, Moment.now()));

    assertThat(difference.to()).isEqualTo(scribe.sequence());
    assertThat(ids(difference.nodesAdded())).containsExactly(nodeId(3));
    assertThat(ids(difference.nodesChanged())).containsExactly(nodeId(1));
    assertThat(difference.nodesRemoved()).containsExactly(nodeId(2));
    assertThat(difference.edgesRemoved()).hasSize(1);
    assertThat(difference.edgesAdded()).isEmpty();
  }

  @Test
  void a_timeline_counts_each_element_of_an_import() {
    var node = new NodeAdded(nodeId(1), NodeData.node("A"));
    var edge = new EdgeAdded(edgeId(1), EdgeData.edge(nodeId(1), EdgeType.RELATED, nodeId(1)));
    scribe.append(
        List.of(
            new NodesImported(List.of(node, node)), new EdgesImported(List.of(edge, edge, edge))));

    assertThat(ask(new GraphQuery.Timeline(graph, TimelineUnit.MONTH)))
        .containsExactly(new TimelineBucket(LocalDate.of(2024, 1, 1), 2, 2, 0, 3, 0));
    assertThat(ask(new GraphQuery.Timeline(graph, TimelineUnit.DAY))).hasSize(2);
    assertThat(ask(new GraphQuery.Timeline(graph, TimelineUnit.WEEK))).hasSize(1);
  }

  @Test
  void categories_are_suggested_by_the_share_of_their_words() {
    scribe.category(1, CategoryData.of("Graph theory"));
    scribe.category(2, CategoryData.of("Cooking"));
    scribe.category(3, CategoryData.of("Graph").withDescription("of a"));
    var found = ask(new GraphQuery.SuggestCategories(graph, "Every GRAPH, drawn", 5));

    assertThat(found)
        .extracting(suggestion -> suggestion.category().title(), s -> s.confidence())
        .containsExactly(tuple("Graph", 1.0), tuple("Graph theory", 0.5));
    assertThat(found.getFirst().reason()).contains("graph");
  }

  @Test
  void questions_can_be_asked_as_of_an_earlier_time() {
    scribe.node(1, "A");
    var query = new GraphQuery.FindNode(graph, nodeId(1));

    assertThat(ask(query)).isPresent();
    assertThat(bus.ask(ADA, query, QueryOptions.at(new Moment.AtTime(day(1))))).isEmpty();
    assertThatThrownBy(
            () ->
                bus.ask(
                    ADA,
                    new GraphQuery.GetGraph(graph),
                    QueryOptions.at(new Moment.AtTime(day(0)))))
        .isInstanceOf(RejectedException.class);
  }

  /** Nodes and an edge from each to the next; the edge has the number of its source. */
  private void chain(long... numbers) {
    for (int i = 0; i < numbers.length; i++) {
      scribe.node(numbers[i], "n" + numbers[i]);
      if (i > 0) {
        scribe.edge(numbers[i - 1], numbers[i - 1], numbers[i]);
      }
    }
  }

  private GraphQuery.FindNeighbors neighbors(int depth, int limit) {
    return new GraphQuery.FindNeighbors(graph, nodeId(1), depth, Direction.BOTH, Set.of(), limit);
  }

  private List<NodeId> neighborsOf(long number, Direction direction) {
    var query = new GraphQuery.FindNeighbors(graph, nodeId(number), 1, direction, Set.of(), 10);
    return ask(query).neighbors().stream().map(neighbor -> neighbor.node().id()).toList();
  }

  private GraphQuery.FindPath pathQuery(long source, long target, boolean weighted, int maxHops) {
    return new GraphQuery.FindPath(
        graph, nodeId(source), nodeId(target), Direction.OUTGOING, Set.of(), weighted, maxHops);
  }

  private Optional<Route> path(long source, long target, boolean weighted, int maxHops) {
    return ask(pathQuery(source, target, weighted, maxHops));
  }

  private List<Route> allPaths(int limit) {
    return ask(
        new GraphQuery.FindAllShortestPaths(
            graph, nodeId(1), nodeId(4), Direction.OUTGOING, Set.of(), limit));
  }

  private List<Pattern> patterns(PatternKind kind) {
    return ask(new GraphQuery.FindPatterns(graph, kind, 10));
  }

  private static List<NodeId> ids(List<Node> nodes) {
    return nodes.stream().map(Node::id).toList();
  }

  private <R> R ask(GraphQuery<R> query) {
    return bus.ask(ADA, query, QueryOptions.now());
  }

  private void assertRejected(GraphQuery<?> query, Class<? extends Rejection> reason) {
    assertThatThrownBy(() -> ask(query))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.rejection()).isInstanceOf(reason));
  }
}
