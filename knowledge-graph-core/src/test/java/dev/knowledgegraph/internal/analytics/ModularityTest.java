package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ModularityTest {
  private static final SampleGraph TRIANGLES = SampleGraph.of(6, "0-1 1-2 2-0 2-3 3-4 4-5 5-3");

  @Test
  void a_triangle_in_one_community_is_no_better_than_chance() {
    Arcs triangle = SampleGraph.of(3, "0-1 1-2 2-0").undirected();

    assertThat(Modularity.of(triangle, new int[] {0, 0, 0}, 1)).isZero();
  }

  @Test
  void two_triangles_joined_by_a_bridge_have_5_fourteenths() {
    assertThat(Modularity.of(TRIANGLES.undirected(), new int[] {0, 0, 0, 1, 1, 1}, 1))
        .isCloseTo(5.0 / 14, within(1e-15));
  }

  @Test
  void resolution_takes_more_off() {
    assertThat(Modularity.of(TRIANGLES.undirected(), new int[] {0, 0, 0, 1, 1, 1}, 2))
        .isCloseTo(5.0 / 14 - 0.5, within(1e-15));
  }

  @Test
  void a_self_loop_lies_inside_and_counts_twice() {
    // Total 4; inside 2; strengths 3 and 1.
    assertThat(Modularity.of(SampleGraph.of(2, "0-0 0-1").undirected(), new int[] {0, 1}, 1))
        .isCloseTo(0.5 - 9.0 / 16 - 1.0 / 16, within(1e-15));
  }

  @Test
  void parallel_edges_count_as_their_weights_added_up() {
    double parallel =
        Modularity.of(SampleGraph.of(3, "0-1 1-0 1-2").undirected(), new int[] {0, 0, 1}, 1);
    double weighted =
        Modularity.of(
            SampleGraph.of(3, "0-1 1-2").withWeights(2, 1).undirected(), new int[] {0, 0, 1}, 1);

    assertThat(parallel).isEqualTo(weighted);
  }

  @Test
  void without_weight_it_is_0() {
    assertThat(Modularity.of(SampleGraph.of(2, "").undirected(), new int[] {0, 1}, 1)).isZero();
    assertThat(Modularity.of(SampleGraph.of(0, "").undirected(), new int[0], 1)).isZero();
  }
}
