package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CohesionTest {
  @Test
  void cohesion_is_the_share_of_weight_that_stays_inside() {
    Arcs arcs = SampleGraph.of(5, "0-1 1-2 2-3 3-4").withWeights(2, 4, 3, 1).undirected();

    Cohesion cohesion = Cohesion.of(arcs, new int[] {0, 0, 0, 1, 1}, 2);

    assertThat(cohesion.shares()).containsExactly(new double[] {6.0 / 9, 1.0 / 4}, within(1e-12));
    assertThat(cohesion.centralNodes()).containsExactly(1, 3);
  }

  @Test
  void a_community_without_edges_keeps_all_it_has() {
    Cohesion cohesion = Cohesion.of(SampleGraph.of(1, "").undirected(), new int[] {0}, 1);

    assertThat(cohesion.shares()).containsExactly(1);
    assertThat(cohesion.centralNodes()).containsExactly(0);
  }
}
