package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComponentsTest {
  @Test
  void a_component_is_named_by_its_smallest_node() {
    Components components = Components.of(SampleGraph.of(6, "5-2 2-4 3-1").arcs());

    assertThat(components.labels()).containsExactly(0, 1, 2, 1, 2, 2);
    assertThat(components.count()).isEqualTo(3);
  }

  @Test
  void a_strong_component_can_be_gone_round() {
    StrongComponents components = StrongComponents.of(SampleGraph.of(5, "4-3 3-2 2-4 2-1").arcs());

    assertThat(components.labels()).containsExactly(0, 1, 2, 2, 2);
    assertThat(components.count()).isEqualTo(3);
  }

  @Test
  void a_long_path_needs_no_deep_stack() {
    int nodes = 1_000_000;
    int[] sources = new int[nodes - 1];
    int[] targets = new int[nodes - 1];
    for (int i = 0; i < nodes - 1; i++) {
      sources[i] = i;
      targets[i] = i + 1;
    }
    Arcs arcs = Arcs.of(nodes, sources, targets, null);

    assertThat(StrongComponents.of(arcs).count()).isEqualTo(nodes);
    assertThat(Components.of(arcs).count()).isEqualTo(1);
  }

  @Test
  void finds_in_random_graphs_what_JGraphT_does() {
    RandomGraphs.withoutWeights(ComponentsTest::compare);
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
    List<Set<Integer>> connected =
        new ConnectivityInspector<>(graph.undirectedOracle()).connectedSets();
    List<Set<Integer>> strong =
        new KosarajuStrongConnectivityInspector<>(graph.directedOracle()).stronglyConnectedSets();

    Components components = Components.of(graph.arcs());
    StrongComponents strongComponents = StrongComponents.of(graph.arcs());

    assertThat(components.labels()).isEqualTo(labels(graph.nodes, connected));
    assertThat(components.count()).isEqualTo(connected.size());
    assertThat(strongComponents.labels()).isEqualTo(labels(graph.nodes, strong));
    assertThat(strongComponents.count()).isEqualTo(strong.size());
  }

  private static int[] labels(int nodes, List<Set<Integer>> sets) {
    int[] labels = new int[nodes];
    for (Set<Integer> set : sets) {
      int smallest = Collections.min(set);
      set.forEach(node -> labels[node] = smallest);
    }
    return labels;
  }
}
