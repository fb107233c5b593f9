package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.BiconnectivityInspector;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CutsTest {
  @Test
  void two_triangles_hang_together_by_a_bridge() {
    Cuts cuts = Cuts.of(SampleGraph.of(6, "0-1 1-2 2-0 5-2 3-4 4-5 5-3").undirected());

    assertThat(cuts.points()).containsExactly(2, 5);
    assertThat(cuts.bridgeSources()).containsExactly(2);
    assertThat(cuts.bridgeTargets()).containsExactly(5);
  }

  @Test
  void of_parallel_edges_none_is_a_bridge() {
    Cuts cuts = Cuts.of(SampleGraph.of(3, "0-1 1-0 1-2 1-1").undirected());

    assertThat(cuts.points()).containsExactly(1);
    assertThat(cuts.bridgeSources()).containsExactly(1);
    assertThat(cuts.bridgeTargets()).containsExactly(2);
  }

  @Test
  void finds_in_random_graphs_what_JGraphT_does() {
    RandomGraphs.withoutWeights(CutsTest::compare);
  }

  /** Not WordNet: the oracle goes so deep there that its stack overflows. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WORDNET")
  void finds_in_real_graphs_what_JGraphT_does(RealGraph graph) {
    compare(graph.read());
  }

  private static void compare(SampleGraph sample) {
    Graph<Integer, DefaultWeightedEdge> graph = sample.undirectedOracle();
    var expected = new BiconnectivityInspector<>(graph);
    var bridges = new TreeSet<String>();
    for (DefaultWeightedEdge edge : expected.getBridges()) {
      bridges.add(name(graph.getEdgeSource(edge), graph.getEdgeTarget(edge)));
    }

    Cuts cuts = Cuts.of(sample.undirected());

    assertThat(cuts.points())
        .containsExactly(
            expected.getCutpoints().stream().mapToInt(Integer::intValue).sorted().toArray());
    var found = new TreeSet<String>();
    for (int i = 0; i < cuts.bridgeSources().length; i++) {
      found.add(name(cuts.bridgeSources()[i], cuts.bridgeTargets()[i]));
    }
    assertThat(found).isEqualTo(bridges);
    assertThat(cuts.bridgeSources()).isSorted().hasSize(bridges.size());
  }

  private static String name(int one, int other) {
    return Math.min(one, other) + "-" + Math.max(one, other);
  }
}
