package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jgrapht.alg.scoring.ClusteringCoefficient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrianglesTest {
  @Test
  void a_triangle_with_a_tail_is_counted() {
    Triangles triangles = triangles(SampleGraph.of(4, "0-1 1-2 2-0 2-3"));

    assertThat(triangles.total()).isEqualTo(1);
    assertThat(triangles.counts()).containsExactly(1, 1, 1, 0);
    assertThat(triangles.clustering()).containsExactly(1, 1, 1.0 / 3, 0);
    assertThat(triangles.averageClustering()).isCloseTo(7.0 / 12, within(1e-12));
    assertThat(triangles.globalClustering()).isCloseTo(3.0 / 5, within(1e-12));
  }

  @Test
  void self_loops_and_parallel_edges_make_none() {
    Triangles triangles = triangles(SampleGraph.of(3, "0-0 0-1 1-0 1-2 2-2"));

    assertThat(triangles.total()).isZero();
    assertThat(triangles.globalClustering()).isZero();
  }

  @Test
  void a_graph_without_nodes_has_none() {
    assertThat(triangles(SampleGraph.of(0, "")).averageClustering()).isZero();
  }

  @Test
  void finds_in_random_graphs_what_JGraphT_does() {
    RandomGraphs.withoutWeights(TrianglesTest::compare);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WORDNET")
  void finds_in_real_graphs_what_JGraphT_does(RealGraph graph) {
    compare(graph.read());
  }

  @Test
  @Tag("soak")
  void finds_in_WordNet_what_JGraphT_does() {
    compare(RealGraph.WORDNET.read());
  }

  @Test
  void coauthors_have_as_many_as_was_published() {
    assertThat(triangles(RealGraph.COAUTHORS.read()).total()).isEqualTo(48_260);
  }

  @Test
  void is_the_same_for_any_parallelism() {
    Arcs arcs = RealGraph.WORDNET.read().undirected();

    assertThat(Triangles.of(arcs, 3, Progress.NONE).counts())
        .isEqualTo(Triangles.of(arcs, 1, Progress.NONE).counts());
  }

  private static void compare(SampleGraph sample) {
    var graph = sample.simpleOracle();
    var coefficient = new ClusteringCoefficient<>(graph);

    Triangles triangles = triangles(sample);

    assertThat(triangles.clustering())
        .containsExactly(sample.inOrder(coefficient.getScores()), within(1e-9));
    assertThat(triangles.averageClustering())
        .isCloseTo(coefficient.getAverageClusteringCoefficient(), within(1e-9));
    assertThat(triangles.globalClustering())
        .isCloseTo(globalClustering(sample, sample.inOrder(coefficient.getScores())), within(1e-9));
  }

  /** From the coefficients of the nodes: in larger graphs JGraphT 1.5.3 miscounts the total. */
  private static double globalClustering(SampleGraph sample, double[] scores) {
    var graph = sample.simpleOracle();
    double closed = 0;
    double all = 0;
    for (int node = 0; node < sample.nodes; node++) {
      double degree = graph.degreeOf(node);
      double pairs = degree * (degree - 1) / 2;
      closed += pairs * scores[node];
      all += pairs;
    }
    return all == 0 ? 0 : closed / all;
  }

  private static Triangles triangles(SampleGraph graph) {
    return Triangles.of(graph.undirected(), 1, Progress.NONE);
  }
}
