package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.internal.analytics.LinkPrediction.Candidate;
import dev.knowledgegraph.internal.analytics.LinkPrediction.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.alg.interfaces.LinkPredictionAlgorithm;
import org.jgrapht.alg.linkprediction.AdamicAdarIndexLinkPrediction;
import org.jgrapht.alg.linkprediction.JaccardCoefficientLinkPrediction;
import org.jgrapht.alg.linkprediction.ResourceAllocationIndexLinkPrediction;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.junit.jupiter.api.Test;

class LinkPredictionTest {
  /** Nodes 0 and 3 have 1 and 2 in common; 0 and 4 have 2. */
  private static final LinkPrediction LINKS =
      LinkPrediction.of(SampleGraph.of(5, "0-1 0-2 1-3 2-3 2-4").undirected());

  @Test
  void a_pair_is_scored_by_the_neighbors_in_common() {
    assertThat(LINKS.score(0, 3, Measure.ADAMIC_ADAR))
        .isCloseTo(1 / Math.log(2) + 1 / Math.log(3), within(1e-12));
    assertThat(LINKS.score(0, 4, Measure.JACCARD)).isEqualTo(0.5);
    assertThat(LINKS.score(0, 3, Measure.RESOURCE_ALLOCATION))
        .isCloseTo(1.0 / 2 + 1.0 / 3, within(1e-12));
  }

  @Test
  void a_pair_without_neighbors_in_common_scores_0() {
    assertThat(LINKS.score(1, 0, Measure.JACCARD)).isZero();
  }

  @Test
  void a_node_is_no_pair() {
    assertThatThrownBy(() -> LINKS.score(1, 1, Measure.JACCARD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void candidates_are_two_hops_away_and_come_best_first() {
    assertThat(LINKS.best(0, 9, Measure.JACCARD))
        .containsExactly(new Candidate(3, 1), new Candidate(4, 0.5));
    assertThat(LINKS.best(0, 1, Measure.JACCARD)).containsExactly(new Candidate(3, 1));
    assertThat(LINKS.best(0, 0, Measure.JACCARD)).isEmpty();
  }

  @Test
  void scores_random_graphs_as_JGraphT_does() {
    RandomGraphs.withoutWeights(
        graph -> {
          for (Measure measure : Measure.values()) {
            compare(graph, measure);
          }
        });
  }

  private static void compare(SampleGraph sample, Measure measure) {
    Graph<Integer, DefaultWeightedEdge> graph = sample.simpleOracle();
    LinkPredictionAlgorithm<Integer, DefaultWeightedEdge> oracle = oracle(graph, measure);
    LinkPrediction links = LinkPrediction.of(sample.undirected());
    for (int one = 0; one < sample.nodes; one++) {
      List<Candidate> expected = new ArrayList<>();
      for (int other = 0; other < sample.nodes; other++) {
        if (other != one && graph.degreeOf(one) + graph.degreeOf(other) > 0) {
          double score = links.score(one, other, measure);
          assertThat(score).isCloseTo(oracle.predict(one, other), within(1e-9));
          if (score > 0 && !graph.containsEdge(one, other)) {
            expected.add(new Candidate(other, score));
          }
        }
      }
      expected.sort(
          Comparator.comparingDouble((Candidate each) -> -each.score())
              .thenComparingInt(Candidate::node));
      assertThat(links.best(one, 3, measure))
          .isEqualTo(expected.subList(0, Math.min(3, expected.size())));
    }
  }

  private static LinkPredictionAlgorithm<Integer, DefaultWeightedEdge> oracle(
      Graph<Integer, DefaultWeightedEdge> graph, Measure measure) {
    return switch (measure) {
      case ADAMIC_ADAR -> new AdamicAdarIndexLinkPrediction<>(graph);
      case JACCARD -> new JaccardCoefficientLinkPrediction<>(graph);
      case RESOURCE_ALLOCATION -> new ResourceAllocationIndexLinkPrediction<>(graph);
    };
  }
}
