package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jgrapht.Graph;
import org.jgrapht.alg.scoring.BetweennessCentrality;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BetweennessTest {
  @Test
  void the_middle_of_a_star_is_between_all_pairs() {
    Arcs star = SampleGraph.of(4, "0-1 0-2 0-3").undirected();

    assertThat(Betweenness.exact(star, false, 1, Progress.NONE).scores())
        .containsExactly(3, 0, 0, 0);
  }

  @Test
  void pairs_count_once_each_way_if_directed() {
    Arcs there = SampleGraph.of(3, "0-1 1-2").arcs();

    assertThat(Betweenness.exact(there, true, 1, Progress.NONE).scores()).containsExactly(0, 1, 0);
  }

  @Test
  void a_sample_of_all_is_exact() {
    Arcs path = SampleGraph.of(4, "0-1 1-2 2-3").undirected();

    assertThat(Betweenness.sampled(path, false, 4, 7, 1, Progress.NONE).scores())
        .containsExactly(0, 2, 2, 0);
  }

  @Test
  void a_sample_comes_near_and_is_the_same_for_the_same_seed() {
    Arcs arcs = RealGraph.ARCTIC.read().undirected();

    double[] exact = Betweenness.exact(arcs, false, 2, Progress.NONE).scores();
    double[] sampled = Betweenness.sampled(arcs, false, 500, 7, 2, Progress.NONE).scores();

    int first = largest(exact);
    assertThat(largest(sampled)).isEqualTo(first);
    assertThat(sampled[first] / exact[first]).isCloseTo(1, within(0.1));
    assertThat(Betweenness.sampled(arcs, false, 500, 7, 1, Progress.NONE).scores())
        .isEqualTo(sampled);
  }

  @Test
  void scores_random_graphs_as_JGraphT_does() {
    RandomGraphs.withoutWeights(
        graph -> {
          compare(graph, graph.undirectedOracle(), false);
          compare(graph, graph.directedOracle(), true);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"GRATEFUL_DEAD", "ARCTIC"})
  void scores_real_graphs_as_JGraphT_does(RealGraph real) {
    SampleGraph graph = real.read();
    compare(graph, graph.undirectedOracle(), false);
  }

  @Test
  void scores_the_miserables_without_weights_as_JGraphT_does() {
    SampleGraph weighted = RealGraph.MISERABLES.read();
    var graph = new SampleGraph(weighted.nodes, weighted.sources, weighted.targets, null);
    compare(graph, graph.undirectedOracle(), false);
  }

  @Test
  @Tag("soak")
  void scores_songs_by_direction_as_JGraphT_does() {
    SampleGraph graph = RealGraph.GRATEFUL_DEAD.read();
    compare(graph, graph.directedOracle(), true);
  }

  @Test
  @Tag("soak")
  void scores_coauthors_as_JGraphT_does() {
    SampleGraph graph = RealGraph.COAUTHORS.read();
    compare(graph, graph.undirectedOracle(), false);
  }

  private static void compare(
      SampleGraph graph, Graph<Integer, DefaultWeightedEdge> oracle, boolean directed) {
    double[] expected = graph.inOrder(new BetweennessCentrality<>(oracle).getScores());
    Arcs arcs = directed ? graph.arcs() : graph.undirected();

    double[] scores = Betweenness.exact(arcs, directed, 1, Progress.NONE).scores();

    for (int node = 0; node < scores.length; node++) {
      assertThat(scores[node])
          .isCloseTo(expected[node], within(1e-9 * Math.max(1, expected[node])));
    }
    if (graph.nodes > 100) {
      assertThat(Betweenness.exact(arcs, directed, 3, Progress.NONE).scores()).isEqualTo(scores);
    }
  }

  private static int largest(double[] scores) {
    int largest = 0;
    for (int node = 0; node < scores.length; node++) {
      largest = scores[node] > scores[largest] ? node : largest;
    }
    return largest;
  }
}
