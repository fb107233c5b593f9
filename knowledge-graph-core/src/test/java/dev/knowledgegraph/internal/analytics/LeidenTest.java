package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.internal.analytics.Leiden.Settings;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class LeidenTest {
  private static final SampleGraph TRIANGLES = SampleGraph.of(6, "3-4 4-5 5-3 2-3 0-1 1-2 2-0");

  @Test
  void two_triangles_are_two_communities() {
    Leiden leiden = leiden(TRIANGLES, Settings.DEFAULT);

    assertThat(leiden.communities()).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(leiden.count()).isEqualTo(2);
    assertThat(leiden.modularity()).isCloseTo(5.0 / 14, within(1e-12));
  }

  @Test
  void the_largest_community_is_number_0() {
    Leiden leiden = leiden(SampleGraph.of(6, "0-1 2-3 3-4 4-2"), Settings.DEFAULT);

    assertThat(leiden.communities()).containsExactly(1, 1, 0, 0, 0, 2);
  }

  @Test
  void resolution_sets_the_size() {
    assertThat(leiden(TRIANGLES, Settings.DEFAULT.withResolution(0.1)).count()).isEqualTo(1);
    assertThat(leiden(TRIANGLES, Settings.DEFAULT.withResolution(9)).count()).isEqualTo(6);
  }

  @Test
  void weights_decide() {
    SampleGraph square = SampleGraph.of(4, "0-1 1-2 2-3 3-0");

    assertThat(leiden(square.withWeights(9, 1, 9, 1), Settings.DEFAULT).communities())
        .containsExactly(0, 0, 1, 1);
    assertThat(leiden(square.withWeights(1, 9, 1, 9), Settings.DEFAULT).communities())
        .containsExactly(0, 1, 1, 0);
  }

  @Test
  void without_edges_every_node_is_alone() {
    assertThat(leiden(SampleGraph.of(3, ""), Settings.DEFAULT).count()).isEqualTo(3);
    assertThat(leiden(SampleGraph.of(3, "0-1").withWeights(0), Settings.DEFAULT).count())
        .isEqualTo(3);
    assertThat(leiden(SampleGraph.of(0, ""), Settings.DEFAULT).count()).isZero();
  }

  @Test
  void negative_weights_and_senseless_settings_are_refused() {
    SampleGraph negative = SampleGraph.of(2, "0-1").withWeights(-1);

    assertThatThrownBy(() -> leiden(negative, Settings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Settings.DEFAULT.withResolution(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Settings(1, 0, 1, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void progress_can_stop_it() {
    Progress stop =
        (done, total) -> {
          throw new CancellationException();
        };

    assertThatThrownBy(() -> Leiden.of(TRIANGLES.undirected(), Settings.DEFAULT, stop))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void is_as_good_as_the_best_of_all_divisions_of_small_random_graphs() {
    RandomGraphs.withWeights(
        graph -> {
          if (graph.nodes <= 7) {
            Leiden leiden = leiden(graph, new Settings(1, 0, 0.01, 300, 20, 1));
            assertThat(leiden.modularity())
                .isCloseTo(best(graph.undirected(), new int[graph.nodes], 0, 0), within(1e-12));
          }
        });
  }

  @Test
  void gives_connected_communities_of_random_graphs_whatever_chance_says() {
    RandomGraphs.withWeights(
        graph -> check(graph, leiden(graph, new Settings(1, graph.sources.length, 1e9, 1, 3, 3))));
    RandomGraphs.withoutWeights(graph -> check(graph, leiden(graph, Settings.DEFAULT)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "WORDNET")
  void is_as_good_as_the_reference(RealGraph real) {
    SampleGraph graph = real.read();

    Leiden leiden = leiden(graph, Settings.THOROUGH);

    check(graph, leiden);
    compare(graph, leiden, 10);
  }

  @Test
  @Tag("soak")
  void is_as_good_as_the_reference_for_WordNet() {
    SampleGraph graph = RealGraph.WORDNET.read();

    compare(graph, leiden(graph, new Settings(1, 0, 0.01, 5, 10, 1)), 5);
  }

  @Test
  void divides_WordNet_into_connected_communities() {
    SampleGraph graph = RealGraph.WORDNET.read();

    Leiden leiden = leiden(graph, new Settings(1, 0, 0.01, 1, 2, 1));

    check(graph, leiden);
    assertThat(leiden.modularity()).isGreaterThan(0.86);
  }

  @Test
  void the_same_seed_gives_the_same() {
    SampleGraph graph = RealGraph.COAUTHORS.read();

    int[] once = leiden(graph, Settings.DEFAULT.withSeed(7)).communities();

    assertThat(leiden(graph, Settings.DEFAULT.withSeed(7)).communities()).isEqualTo(once);
    assertThat(leiden(graph, Settings.DEFAULT.withSeed(8)).communities()).isNotEqualTo(once);
  }

  private static void compare(SampleGraph graph, Leiden leiden, int starts) {
    int[] reference = new ReferenceLeiden(graph).communities(starts, 10, 0);

    assertThat(leiden.modularity())
        .isGreaterThanOrEqualTo(Modularity.of(graph.undirected(), reference, 1) - 1e-12);
  }

  /** What always holds. */
  private static void check(SampleGraph graph, Leiden leiden) {
    Arcs arcs = graph.undirected();
    int[] communities = leiden.communities();
    assertThat(leiden.modularity()).isEqualTo(Modularity.of(arcs, communities, 1));
    Partition partition = Partition.of(communities, leiden.count());
    assertThat(partition.count()).isEqualTo(leiden.count());
    assertThat(partition.connected(arcs).count()).isEqualTo(leiden.count());
    assertThat(partition.largestFirst().labels()).isEqualTo(communities);
  }

  /** The highest modularity of all divisions that begin with the first {@code done} nodes' one. */
  private static double best(Arcs arcs, int[] communities, int done, int count) {
    if (done == communities.length) {
      return Modularity.of(arcs, communities, 1);
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int community = 0; community <= count; community++) {
      communities[done] = community;
      best = Math.max(best, best(arcs, communities, done + 1, Math.max(count, community + 1)));
    }
    return best;
  }

  private static Leiden leiden(SampleGraph graph, Settings settings) {
    return Leiden.of(graph.undirected(), settings, Progress.NONE);
  }
}
