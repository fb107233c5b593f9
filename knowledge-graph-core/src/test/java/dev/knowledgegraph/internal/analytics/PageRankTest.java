package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.internal.analytics.PageRank.Settings;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageRankTest {
  private static final Settings EXACT =
      Settings.DEFAULT.withTolerance(1e-14).withRounds(1_000).withWeights(true);

  @Test
  void two_nodes_that_point_at_each_other_are_equal() {
    assertThat(rank(SampleGraph.of(2, "0-1 1-0"), EXACT)).containsExactly(0.5, 0.5);
  }

  @Test
  void what_a_node_without_arcs_has_goes_to_all() {
    // a = 0.075 + 0.425 b, b = a + 0.85 a, a + b = 1
    double[] ranks = rank(SampleGraph.of(2, "0-1"), EXACT);

    assertThat(ranks).containsExactly(new double[] {1 / 2.85, 1.85 / 2.85}, within(1e-12));
  }

  @Test
  void weights_count_only_if_they_shall() {
    SampleGraph graph = SampleGraph.of(3, "0-1 0-2 1-0 2-0").withWeights(3, 1, 1, 1);

    double[] weighted = rank(graph, EXACT);
    double[] unweighted = rank(graph, EXACT.withWeights(false));

    assertThat(weighted[1]).isGreaterThan(weighted[2]);
    assertThat(unweighted[1]).isEqualTo(unweighted[2]);
  }

  @Test
  void a_graph_without_nodes_has_no_ranks() {
    assertThat(rank(SampleGraph.of(0, ""), Settings.DEFAULT)).isEmpty();
  }

  @Test
  void says_whether_it_came_to_the_tolerance() {
    Arcs arcs = SampleGraph.of(3, "0-1 1-2").arcs();

    PageRank done = PageRank.of(arcs, Settings.DEFAULT, 1, Progress.NONE);
    PageRank cut = PageRank.of(arcs, Settings.DEFAULT.withRounds(2), 1, Progress.NONE);

    assertThat(done.converged()).isTrue();
    assertThat(done.rounds()).isLessThan(100);
    assertThat(cut.converged()).isFalse();
    assertThat(cut.rounds()).isEqualTo(2);
  }

  @Test
  void negative_weights_and_senseless_settings_are_refused() {
    Arcs negative = SampleGraph.of(2, "0-1").withWeights(-1).arcs();

    assertThatThrownBy(() -> PageRank.of(negative, EXACT, 1, Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Settings(1, 0, 1, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void progress_can_stop_it() {
    Arcs arcs = SampleGraph.of(3, "0-1 1-2").arcs();
    Progress stop =
        (done, total) -> {
          throw new CancellationException();
        };

    assertThatThrownBy(() -> PageRank.of(arcs, Settings.DEFAULT, 2, stop))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void ranks_random_graphs_as_JGraphT_does() {
    RandomGraphs.withoutWeights(PageRankTest::compare);
    RandomGraphs.withWeights(PageRankTest::compare);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WORDNET")
  void ranks_real_graphs_as_JGraphT_does(RealGraph graph) {
    compare(graph.read());
  }

  @Test
  @Tag("soak")
  void ranks_WordNet_as_JGraphT_does() {
    compare(RealGraph.WORDNET.read());
  }

  @ParameterizedTest
  @EnumSource(names = {"ARCTIC", "WORDNET"})
  void is_the_same_to_the_bit_for_any_parallelism(RealGraph graph) {
    Arcs arcs = graph.read().arcs();

    double[] alone = PageRank.of(arcs, Settings.DEFAULT, 1, Progress.NONE).ranks();
    double[] together = PageRank.of(arcs, Settings.DEFAULT, 3, Progress.NONE).ranks();

    assertThat(together).isEqualTo(alone);
  }

  private static void compare(SampleGraph graph) {
    double[] expected =
        graph.inOrder(
            new org.jgrapht.alg.scoring.PageRank<>(graph.directedOracle(), 0.85, 1_000, 1e-14)
                .getScores());

    double[] ranks = rank(graph, EXACT);

    assertThat(ranks).containsExactly(expected, within(1e-10));
    assertThat(Arrays.stream(ranks).sum()).isCloseTo(1, within(1e-9));
  }

  private static double[] rank(SampleGraph graph, Settings settings) {
    return PageRank.of(graph.arcs(), settings, 1, Progress.NONE).ranks();
  }
}
