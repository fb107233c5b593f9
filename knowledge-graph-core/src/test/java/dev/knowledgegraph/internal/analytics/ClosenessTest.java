package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jgrapht.alg.scoring.ClosenessCentrality;
import org.jgrapht.alg.scoring.HarmonicCentrality;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClosenessTest {
  @Test
  void a_path_is_nearest_in_the_middle() {
    Closeness closeness = closeness(SampleGraph.of(3, "0-1 1-2").undirected());

    assertThat(closeness.classic()).containsExactly(2.0 / 3, 1, 2.0 / 3);
    assertThat(closeness.harmonic()).containsExactly(0.75, 1, 0.75);
  }

  @Test
  void what_cannot_be_reached_counts_as_infinitely_far() {
    Closeness closeness = closeness(SampleGraph.of(4, "0-1").undirected());

    assertThat(closeness.classic()).containsExactly(1.0 / 3, 1.0 / 3, 0, 0);
    assertThat(closeness.harmonic()).containsExactly(1.0 / 3, 1.0 / 3, 0, 0);
  }

  @Test
  void arcs_lead_one_way() {
    assertThat(closeness(SampleGraph.of(2, "0-1").arcs()).classic()).containsExactly(1, 0);
  }

  @Test
  void measures_random_graphs_as_JGraphT_does() {
    RandomGraphs.withoutWeights(ClosenessTest::compareHarmonic);
    RandomGraphs.withoutWeights(graph -> compareClassic(graph.largestComponent()));
  }

  @ParameterizedTest
  @EnumSource(names = {"GRATEFUL_DEAD", "ARCTIC"})
  void measures_real_graphs_as_JGraphT_does(RealGraph graph) {
    compareHarmonic(graph.read());
    compareClassic(graph.read().largestComponent());
  }

  @Test
  void measures_the_miserables_as_JGraphT_does() {
    compareClassic(RealGraph.MISERABLES.read().largestComponent());
  }

  @Test
  @Tag("soak")
  void measures_coauthors_as_JGraphT_does() {
    compareHarmonic(RealGraph.COAUTHORS.read());
  }

  @Test
  void is_the_same_to_the_bit_for_any_parallelism() {
    Arcs arcs = RealGraph.COAUTHORS.read().undirected();

    assertThat(Closeness.of(arcs, 3, Progress.NONE).harmonic())
        .isEqualTo(closeness(arcs).harmonic());
  }

  private static void compareHarmonic(SampleGraph graph) {
    if (graph.nodes < 2) {
      return;
    }
    double[] expected =
        graph.inOrder(new HarmonicCentrality<>(graph.directedOracle(), false, true).getScores());

    assertThat(closeness(graph.arcs()).harmonic()).containsExactly(expected, within(1e-9));
  }

  /** In a connected graph, where both mean the same. */
  private static void compareClassic(SampleGraph graph) {
    if (graph.nodes < 2) {
      return;
    }
    double[] expected =
        graph.inOrder(new ClosenessCentrality<>(graph.undirectedOracle()).getScores());

    assertThat(closeness(graph.undirected()).classic()).containsExactly(expected, within(1e-9));
  }

  private static Closeness closeness(Arcs arcs) {
    return Closeness.of(arcs, 1, Progress.NONE);
  }
}
