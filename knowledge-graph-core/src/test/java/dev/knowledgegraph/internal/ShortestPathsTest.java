package dev.knowledgegraph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery.FindPath;
import dev.knowledgegraph.query.GraphQuery.FindShortestPaths;
import dev.knowledgegraph.query.Views.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortestPathsTest {
  private static final EdgeType ROAD = EdgeType.of("ROAD");
  private static final EdgeType RIVER = EdgeType.of("RIVER");

  private final KnowledgeGraph store = KnowledgeGraph.inMemory();
  private final List<NodeId> nodes = new ArrayList<>();
  private GraphView map = newMap("map");

  @AfterEach
  void close() {
    store.close();
  }

  private GraphView newMap(String name) {
    return store.as(UserId.of("ada")).create(GraphData.named(name));
  }

  private void places(int count) {
    nodes.clear();
    for (int i = 0; i < count; i++) {
      nodes.add(map.add(NodeData.node("place " + i)));
    }
  }

  private void edge(int from, int to, double weight) {
    map.link(EdgeData.edge(nodes.get(from), ROAD, nodes.get(to)).withWeight(weight));
  }

  private List<Route> paths(int from, int to, boolean weighted, int k) {
    return map.ask(
        new FindShortestPaths(
            map.id(), nodes.get(from), nodes.get(to), Direction.OUTGOING, Set.of(), weighted, k));
  }

  private List<List<Integer>> ways(List<Route> routes) {
    return routes.stream().map(this::way).toList();
  }

  private List<Integer> way(Route route) {
    return route.nodes().stream().map(Node::id).map(nodes::indexOf).toList();
  }

  /** The graph of the worked example in Yen's article, as it is often drawn: C D E F G H. */
  private void yensExample() {
    places(6);
    edge(0, 1, 3);
    edge(0, 2, 2);
    edge(1, 3, 4);
    edge(2, 1, 1);
    edge(2, 3, 2);
    edge(2, 4, 3);
    edge(3, 4, 2);
    edge(3, 5, 1);
    edge(4, 5, 2);
  }

  @Test
  void the_lightest_come_first() {
    yensExample();

    var routes = paths(0, 5, true, 3);

    assertThat(ways(routes))
        .containsExactly(List.of(0, 2, 3, 5), List.of(0, 2, 4, 5), List.of(0, 1, 3, 5));
    assertThat(routes).extracting(Route::weight).containsExactly(5.0, 7.0, 8.0);
  }

  @Test
  void there_are_no_more_than_there_are() {
    yensExample();

    assertThat(paths(0, 5, true, 100)).hasSize(7);
    assertThat(paths(5, 0, true, 100)).isEmpty();
    assertThat(ways(paths(3, 3, false, 100))).containsExactly(List.of(3));
  }

  @Test
  void without_weights_hops_count() {
    yensExample();

    assertThat(ways(paths(0, 5, false, 4)))
        .containsExactly(
            List.of(0, 1, 3, 5), List.of(0, 2, 3, 5), List.of(0, 2, 4, 5), List.of(0, 1, 3, 4, 5));
  }

  @Test
  void of_parallel_edges_the_lightest_is_taken() {
    places(2);
    edge(0, 1, 2);
    map.link(
        EdgeData.edge(nodes.get(0), ROAD, nodes.get(1))
            .withWeight(1)
            .withDiscriminator(Discriminator.of("other")));

    assertThat(paths(0, 1, false, 9)).singleElement().extracting(Route::weight).isEqualTo(1.0);
  }

  @Test
  void negative_weights_and_numbers_out_of_range_are_refused() {
    places(2);
    edge(0, 1, -2);

    assertThatThrownBy(() -> paths(0, 1, true, 2))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("weights of 0 or more");
    assertThatThrownBy(() -> paths(0, 1, false, 101)).hasMessageContaining("expected 1 to 100");
    assertThatThrownBy(() -> paths(0, 1, false, 0)).hasMessageContaining("expected 1 to 100");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void random_graphs_have_the_paths_that_trying_all_ways_finds(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      map = newMap("map " + round);
      places(2 + random.nextInt(5));
      for (int i = random.nextInt(16); i > 0; i--) {
        randomEdge(random);
      }
      for (Direction direction : Direction.values()) {
        Set<EdgeType> types = random.nextBoolean() ? Set.of() : Set.of(ROAD);
        boolean weighted = random.nextBoolean();
        int k = 1 + random.nextInt(12);
        var query =
            new FindShortestPaths(
                map.id(), nodes.getFirst(), nodes.getLast(), direction, types, weighted, k);
        requireShortest(query, "seed " + seed + ", " + query);
      }
    }
  }

  private void randomEdge(Random random) {
    var data =
        EdgeData.edge(
                nodes.get(random.nextInt(nodes.size())),
                random.nextBoolean() ? ROAD : RIVER,
                nodes.get(random.nextInt(nodes.size())))
            .withWeight(random.nextInt(4))
            .withDiscriminator(Discriminator.of("d" + random.nextInt(1_000_000)));
    map.link(random.nextInt(4) == 0 ? data.withDirected(false) : data);
  }

  private void requireShortest(FindShortestPaths query, String about) {
    var found = map.ask(query);
    var edges = new ArrayList<Edge>();
    map.forEachEdge(edges::add);
    edges.removeIf(edge -> !query.types().isEmpty() && !query.types().contains(edge.type()));
    var all = new ArrayList<Double>();
    tryAll(query, edges, new ArrayList<>(List.of(query.source())), 0, all);
    all.sort(Comparator.naturalOrder());

    assertThat(found).as(about).hasSize(Math.min(query.k(), all.size()));
    assertThat(new HashSet<>(ways(found))).as(about).hasSameSizeAs(found);
    for (int i = 0; i < found.size(); i++) {
      Route route = found.get(i);
      double length = query.weighted() ? route.weight() : route.hops();
      assertThat(length).as(about).isCloseTo(all.get(i), within(1e-12));
      assertThat(new TreeSet<>(way(route))).as(about).hasSameSizeAs(route.nodes());
      assertThat(edges).as(about).containsAll(route.edges());
    }
    if (query.weighted() && !found.isEmpty()) {
      assertThat(map.ask(lightest(query)).orElseThrow().weight())
          .as(about)
          .isEqualTo(found.getFirst().weight());
    }
  }

  private static FindPath lightest(FindShortestPaths query) {
    return new FindPath(
        query.graph(),
        query.source(),
        query.target(),
        query.direction(),
        query.types(),
        true,
        Integer.MAX_VALUE);
  }

  /** The lengths of all ways on which no node comes twice. */
  private static void tryAll(
      FindShortestPaths query,
      List<Edge> edges,
      List<NodeId> way,
      double length,
      List<Double> all) {
    NodeId last = way.getLast();
    if (last.equals(query.target())) {
      all.add(length);
      return;
    }
    var next = new HashSet<NodeId>();
    for (Edge edge : edges) {
      if (edge.source().equals(last) && query.direction().counts(true, edge.directed())) {
        next.add(edge.target());
      }
      if (edge.target().equals(last) && query.direction().counts(false, edge.directed())) {
        next.add(edge.source());
      }
    }
    next.removeAll(way);
    for (NodeId node : next) {
      double hop =
          edges.stream()
              .filter(
                  edge ->
                      (edge.source().equals(last)
                              && edge.target().equals(node)
                              && query.direction().counts(true, edge.directed()))
                          || (edge.target().equals(last)
                              && edge.source().equals(node)
                              && query.direction().counts(false, edge.directed())))
              .mapToDouble(Edge::weight)
              .min()
              .orElseThrow();
      way.add(node);
      tryAll(query, edges, way, length + (query.weighted() ? hop : 1), all);
      way.removeLast();
    }
  }
}
