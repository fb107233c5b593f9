package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.internal.analytics.Chains.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ChainsTest {
  private static final Settings SMALL = new Settings(4, 2, Integer.MAX_VALUE, Long.MAX_VALUE);

  @Test
  void a_chain_follows_the_heaviest_edges() {
    SampleGraph star = SampleGraph.of(4, "0-1 0-2 0-3").withWeights(1, 3, 2);

    assertThat(nodes(chains(star, new int[4], SMALL))).containsExactly("[0, 2]", "[0, 3]");
  }

  @Test
  void chains_through_more_communities_come_first_then_longer_then_heavier_ones() {
    SampleGraph graph = SampleGraph.of(7, "0-1 0-2 0-3 0-4 4-5").withWeights(9, 8, 7, 1, 1);
    int[] communities = {0, 0, 0, 1, 0, 0, 0};

    assertThat(nodes(chains(graph, communities, Settings.DEFAULT)))
        .containsExactly("[0, 3]", "[0, 4, 5]", "[0, 1]", "[0, 2]");
  }

  @Test
  void equal_chains_are_ordered_by_the_numbers_of_their_nodes() {
    SampleGraph star = SampleGraph.of(4, "0-3 0-1 0-2");

    assertThat(nodes(chains(star, new int[4], Settings.DEFAULT)))
        .containsExactly("[0, 1]", "[0, 2]", "[0, 3]");
  }

  @Test
  void no_chain_is_longer_than_the_depth() {
    SampleGraph path = SampleGraph.of(4, "0-1 1-2 2-3");

    assertThat(nodes(chains(path, new int[4], new Settings(2, 4, 9, 99))))
        .containsExactly("[0, 1, 2]");
  }

  @Test
  void a_cut_is_said() {
    SampleGraph star = SampleGraph.of(4, "0-1 0-2 0-3");

    Chains few = chains(star, new int[4], new Settings(10, 4, 2, 1_000));
    Chains early = chains(star, new int[4], new Settings(10, 4, 9, 2));

    assertThat(few.chains()).hasSize(2);
    assertThat(few.cut()).isTrue();
    assertThat(early.cut()).isTrue();
    assertThat(chains(star, new int[4], new Settings(10, 4, 3, 1_000)).cut()).isFalse();
  }

  @Test
  void progress_can_stop_it() {
    SampleGraph miserables = RealGraph.MISERABLES.read();
    Progress stop =
        (done, total) -> {
          throw new CancellationException();
        };

    assertThatThrownBy(
            () -> Chains.of(miserables.undirected(), new int[77], 0, Settings.DEFAULT, stop))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void finds_in_random_graphs_all_that_a_slow_search_does() {
    RandomGraphs.withWeights(
        graph -> {
          int[] communities = new int[graph.nodes];
          Arrays.setAll(communities, node -> node % 3);

          Chains chains = chains(graph, communities, SMALL);

          assertThat(chains.cut()).isFalse();
          assertThat(nodes(chains)).isEqualTo(slowly(graph, communities));
        });
  }

  private static Chains chains(SampleGraph graph, int[] communities, Settings settings) {
    return Chains.of(graph.undirected(), communities, 0, settings, Progress.NONE);
  }

  private static List<String> nodes(Chains chains) {
    return chains.chains().stream().map(chain -> Arrays.toString(chain.nodes())).toList();
  }

  /** All chains of {@link #SMALL}, by recursion over lists. */
  private static List<String> slowly(SampleGraph graph, int[] communities) {
    List<Found> found = new ArrayList<>();
    extend(graph, List.of(0), 0, found);
    found.sort(
        Comparator.comparingLong((Found each) -> -each.communities(communities))
            .thenComparingInt(each -> -each.path.size())
            .thenComparingDouble(each -> -each.weight)
            .thenComparing(each -> each.path, ChainsTest::compare));
    return found.stream().map(each -> each.path.toString()).toList();
  }

  private record Found(List<Integer> path, double weight) {
    long communities(int[] communities) {
      return path.stream().map(node -> communities[node]).distinct().count();
    }
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static void extend(
      SampleGraph graph, List<Integer> path, double weight, List<Found> found) {
    Map<Integer, Double> heaviest = new TreeMap<>();
    if (path.size() <= SMALL.depth()) {
      Arcs arcs = graph.undirected();
      int last = path.getLast();
      for (int arc = arcs.offsets()[last]; arc < arcs.offsets()[last + 1]; arc++) {
        if (!new HashSet<>(path).contains(arcs.targets()[arc])) {
          heaviest.merge(arcs.targets()[arc], arcs.weight(arc), Math::max);
        }
      }
    }
    List<Map.Entry<Integer, Double>> branches = new ArrayList<>(heaviest.entrySet());
    branches.sort(Map.Entry.<Integer, Double>comparingByValue().reversed());
    for (var branch : branches.subList(0, Math.min(SMALL.branches(), branches.size()))) {
      List<Integer> longer = new ArrayList<>(path);
      longer.add(branch.getKey());
      extend(graph, longer, weight + branch.getValue(), found);
    }
    if (branches.isEmpty() && path.size() > 1) {
      found.add(new Found(path, weight));
    }
  }
}
