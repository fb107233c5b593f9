package dev.knowledgegraph.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QualityTest {
  private static final Offset<Double> EXACTLY = within(1e-12);
  private static final Map<String, Integer> GAINS = Map.of("a", 3, "b", 2, "c", 1, "bad", 0);

  @Nested
  class Gain {
    @Test
    void the_best_order_has_all_of_it() {
      assertThat(Quality.ndcg(List.of("a", "b", "c", "x"), GAINS, 10)).isEqualTo(1, EXACTLY);
    }

    @Test
    void it_counts_less_further_down() {
      double best = 3 + 2 / (Math.log(3) / Math.log(2)) + 1 / 2.0;
      double found = 1 + 3 / 2.0;

      assertThat(Quality.ndcg(List.of("c", "x", "a"), GAINS, 10)).isEqualTo(found / best, EXACTLY);
    }

    @Test
    void neither_found_nor_best_count_beyond_the_limit() {
      assertThat(Quality.ndcg(List.of("b", "a", "c"), GAINS, 1)).isEqualTo(2 / 3.0, EXACTLY);
    }

    @Test
    void nothing_found_has_none() {
      assertThat(Quality.ndcg(List.of(), GAINS, 10)).isZero();
      assertThat(Quality.ndcg(List.of("bad", "x"), GAINS, 10)).isZero();
    }
  }

  @Nested
  class Recall {
    @Test
    void it_is_the_part_of_the_relevant_that_is_found_in_time() {
      assertThat(Quality.recall(List.of("x", "a", "bad", "b", "c"), GAINS, 4))
          .isEqualTo(2 / 3.0, EXACTLY);
    }
  }

  @Nested
  class Reciprocal_rank {
    @Test
    void it_is_that_of_the_first_relevant() {
      assertThat(Quality.reciprocalRank(List.of("bad", "x", "c", "a"), GAINS))
          .isEqualTo(1 / 3.0, EXACTLY);
      assertThat(Quality.reciprocalRank(List.of("bad"), GAINS)).isZero();
    }
  }

  @Nested
  class Spearman {
    @Test
    void only_the_order_counts() {
      assertThat(Quality.spearman(new double[] {1, 2, 3, 4}, new double[] {-7, 0, 0.1, 1000}))
          .isEqualTo(1, EXACTLY);
      assertThat(Quality.spearman(new double[] {1, 2, 3}, new double[] {3, 2, 1}))
          .isEqualTo(-1, EXACTLY);
    }

    @Test
    void equal_values_share_their_rank() {
      // Ranks 1, 2.5, 2.5, 4 beside 1, 2, 3, 4, by hand.
      assertThat(Quality.spearman(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}))
          .isEqualTo(4.5 / Math.sqrt(4.5 * 5), EXACTLY);
    }
  }

  @Test
  void a_query_without_a_relevant_document_is_not_judged() {
    assertThat(Quality.isJudged(List.of(0, 0))).isFalse();
    assertThat(Quality.isJudged(List.of(0, 1))).isTrue();
  }
}
