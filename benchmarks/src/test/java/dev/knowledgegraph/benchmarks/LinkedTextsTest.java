package dev.knowledgegraph.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkedTextsTest {
  @Test
  void precision_is_of_the_first_k_and_recall_of_what_is_linked() {
    var set =
        new LinkedTexts(
            "set", List.of(), Map.of("a", Set.of("x", "y"), "b", Set.of("z"), "c", Set.of("x")));

    var grades = set.grade(Map.of("a", List.of("y", "q", "x"), "b", List.of("q", "z")));

    assertThat(grades.precision(1)).isEqualTo(1.0 / 3);
    assertThat(grades.recall(1)).isEqualTo(0.5 / 3);
    assertThat(grades.precision(5)).isEqualTo((2.0 / 5 + 1.0 / 5) / 3);
    assertThat(grades.recall(5)).isEqualTo((1.0 + 1.0) / 3);
  }

  @Test
  void tf_idf_finds_the_texts_that_share_rare_words_first() {
    var index =
        new TfIdf(List.of("brass wheel", "brass brass lever", "wheel steam", "steam brass"));

    // brass is in three of four, wheel in two
    assertThat(index.like(0, 10)).containsExactly(2, 3, 1);
    assertThat(index.like(0, 1)).containsExactly(2);
  }
}
