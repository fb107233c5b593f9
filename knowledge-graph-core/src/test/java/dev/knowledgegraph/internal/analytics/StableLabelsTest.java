package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StableLabelsTest {
  @Test
  void the_same_communities_keep_their_ids_under_other_numbers() {
    assertThat(StableLabels.of(new int[] {7, 7, 3, 3}, new int[] {1, 1, 0, 0}, 2, 8))
        .containsExactly(3, 7);
  }

  @Test
  void the_larger_half_of_one_that_fell_apart_keeps_its_id() {
    assertThat(StableLabels.of(new int[] {4, 4, 4, 4, 4}, new int[] {0, 0, 1, 1, 1}, 2, 5))
        .containsExactly(5, 4);
  }

  @Test
  void of_two_that_became_one_the_larger_gives_its_id() {
    assertThat(StableLabels.of(new int[] {0, 0, 1, 1, 1}, new int[] {0, 0, 0, 0, 0}, 1, 2))
        .containsExactly(1);
  }

  @Test
  void a_tie_goes_to_the_smaller_former_id_and_then_to_the_smaller_number() {
    assertThat(StableLabels.of(new int[] {1, 0}, new int[] {0, 0}, 1, 2)).containsExactly(0);
    assertThat(StableLabels.of(new int[] {0, 0}, new int[] {0, 1}, 2, 1)).containsExactly(0, 1);
  }

  @Test
  void nodes_that_were_not_there_have_no_say() {
    assertThat(
            StableLabels.of(
                new int[] {StableLabels.ABSENT, 2, StableLabels.ABSENT}, new int[] {0, 0, 1}, 2, 3))
        .containsExactly(2, 3);
  }

  @Test
  void divisions_of_different_nodes_are_refused() {
    assertThatThrownBy(() -> StableLabels.of(new int[1], new int[2], 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
