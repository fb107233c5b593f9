package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.internal.analytics.Impact.Affected;
import dev.knowledgegraph.internal.analytics.Impact.Risk;
import dev.knowledgegraph.internal.analytics.Impact.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.junit.jupiter.api.Test;

class ImpactTest {
  @Test
  void an_orphan_is_missed_by_nobody() {
    Impact impact = impact(SampleGraph.of(3, "1-2"), 0);

    assertThat(impact.affected()).isEmpty();
    assertThat(impact.risk()).isEqualTo(Risk.LOW);
  }

  @Test
  void losing_shares_of_weight_sorts_nodes_into_tiers() {
    // The square 1-2-3-4 stays together without 0.
    SampleGraph graph =
        SampleGraph.of(5, "0-1 0-2 0-3 1-2 2-3 3-4 4-1").withWeights(3, 1, 1, 2, 2, 8, 1);

    Impact impact = impact(graph, 0);

    assertThat(impact.affected())
        .containsExactly(
            new Affected(1, 1, 0.5, false, Tier.WILL_BREAK),
            new Affected(2, 1, 0.2, false, Tier.LIKELY_AFFECTED),
            new Affected(4, 2, (0.5 + 8.0 / 11) / 9, false, Tier.MAY_AFFECT),
            new Affected(3, 1, 1.0 / 11, false, Tier.MAY_AFFECT));
    assertThat(impact.risk()).isEqualTo(Risk.MEDIUM);
  }

  @Test
  void what_is_cut_off_breaks_at_any_distance() {
    // 0 holds a long tail, 1 to 5, at a larger whole, 6 to 12.
    SampleGraph graph = SampleGraph.of(13, "0-1 1-2 2-3 3-4 4-5 0-6 6-7 7-8 8-9 9-10 10-11 11-12");

    Impact impact = impact(graph, 0);

    assertThat(impact.cutOff()).containsExactly(1, 2, 3, 4, 5);
    assertThat(impact.affected()).hasSize(6);
    assertThat(impact.affected()).filteredOn(Affected::cutOff).hasSize(3);
    assertThat(impact.risk()).isEqualTo(Risk.CRITICAL);
  }

  @Test
  void the_middle_of_a_star_is_critical_and_its_points_are_not() {
    SampleGraph star = SampleGraph.of(6, "0-1 0-2 0-3 0-4 0-5");

    assertThat(impact(star, 0).risk()).isEqualTo(Risk.CRITICAL);
    assertThat(impact(star, 0).cutOff()).containsExactly(2, 3, 4, 5);
    assertThat(impact(star, 3).risk()).isEqualTo(Risk.LOW);
  }

  @Test
  void the_communities_of_those_it_hits_are_named() {
    Arcs path = SampleGraph.of(5, "0-1 1-2 2-3 3-4").undirected();

    assertThat(Impact.of(path, new int[] {9, 5, 5, 2, 7}, 0).communities()).containsExactly(2, 5);
  }

  @Test
  void agrees_with_a_slow_search_in_random_graphs() {
    RandomGraphs.withWeights(
        graph -> {
          for (int node = 0; node < graph.nodes; node++) {
            compare(graph, node);
          }
        });
  }

  private static void compare(SampleGraph graph, int removed) {
    Impact impact = impact(graph, removed);
    int[] distances = distances(graph, removed);
    var without = graph.undirectedOracle();
    without.removeVertex(removed);
    var parts = new ConnectivityInspector<>(without);
    int[] cutOff = cutOff(parts, distances, removed);

    assertThat(impact.cutOff()).isEqualTo(cutOff);
    List<Integer> hit = new ArrayList<>();
    for (Affected each : impact.affected()) {
      hit.add(each.node());
      assertThat(each.distance()).isEqualTo(distances[each.node()]);
      assertThat(each.cutOff()).isEqualTo(Arrays.binarySearch(cutOff, each.node()) >= 0);
      assertThat(each.lost()).isCloseTo(lost(graph, distances, each.node()), within(1e-9));
    }
    List<Integer> near = new ArrayList<>();
    for (int node = 0; node < graph.nodes; node++) {
      if (distances[node] >= 1 && distances[node] <= Impact.DEPTH) {
        near.add(node);
      }
    }
    assertThat(hit).containsExactlyInAnyOrderElementsOf(near);
  }

  private static int[] distances(SampleGraph graph, int from) {
    var unweighted = new SampleGraph(graph.nodes, graph.sources, graph.targets, null);
    var paths = new DijkstraShortestPath<>(unweighted.undirectedOracle()).getPaths(from);
    int[] distances = new int[graph.nodes];
    Arrays.setAll(
        distances,
        node -> Double.isInfinite(paths.getWeight(node)) ? -1 : (int) paths.getWeight(node));
    return distances;
  }

  /** The nodes of the component that have no way to the largest part. */
  private static int[] cutOff(
      ConnectivityInspector<Integer, ?> parts, int[] distances, int removed) {
    int largest = -1;
    for (int node = distances.length - 1; node >= 0; node--) {
      if (distances[node] > 0
          && (largest == -1
              || parts.connectedSetOf(node).size() >= parts.connectedSetOf(largest).size())) {
        largest = node;
      }
    }
    List<Integer> cutOff = new ArrayList<>();
    for (int node = 0; node < distances.length; node++) {
      if (node != removed && distances[node] > 0 && !parts.pathExists(node, largest)) {
        cutOff.add(node);
      }
    }
    return cutOff.stream().mapToInt(Integer::intValue).toArray();
  }

  /** By recursion to the removed node, which loses all. */
  private static double lost(SampleGraph graph, int[] distances, int node) {
    if (distances[node] == 0) {
      return 1;
    }
    Arcs arcs = graph.undirected();
    double sum = 0;
    double all = 0;
    for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
      int target = arcs.targets()[arc];
      all += arcs.weight(arc);
      if (distances[target] == distances[node] - 1) {
        sum += arcs.weight(arc) * lost(graph, distances, target);
      }
    }
    return sum / all;
  }

  private static Impact impact(SampleGraph graph, int removed) {
    return Impact.of(graph.undirected(), new int[graph.nodes], removed);
  }
}
