package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.jgrapht.alg.scoring.Coreness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoresTest {
  @Test
  void a_triangle_with_a_tail_has_a_core() {
    Cores cores = Cores.of(SampleGraph.of(5, "0-1 1-2 2-0 2-3").undirected());

    assertThat(cores.numbers()).containsExactly(2, 2, 2, 1, 0);
    assertThat(cores.largest()).isEqualTo(2);
  }

  @Test
  void self_loops_and_parallel_edges_do_not_count() {
    Cores cores = Cores.of(SampleGraph.of(2, "0-0 0-1 1-0 0-1").undirected());

    assertThat(cores.numbers()).containsExactly(1, 1);
  }

  @Test
  void finds_in_random_graphs_what_JGraphT_does() {
    RandomGraphs.withoutWeights(CoresTest::compare);
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

  private static void compare(SampleGraph graph) {
    double[] expected = graph.inOrder(new Coreness<>(graph.simpleOracle()).getScores());

    int[] numbers = Cores.of(graph.undirected()).numbers();

    assertThat(Arrays.stream(numbers).asDoubleStream()).containsExactly(box(expected));
  }

  private static Double[] box(double[] values) {
    return Arrays.stream(values).boxed().toArray(Double[]::new);
  }
}
