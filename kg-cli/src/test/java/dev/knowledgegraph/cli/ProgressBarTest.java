package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees who waits. */
class ProgressBarTest {
  private static String line(double part, int width) {
    return ProgressBar.line("importing", part, "83,540 nodes  0 edges", 83_540, 0.5, width);
  }

  @Test
  void it_says_how_much_how_fast_and_how_long() {
    assertThat(line(0.75, 120))
        .isEqualTo(
            "importing  ██████████████████         75 %   83,540 nodes  0 edges   167,080/s   1 s"
                + " left");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 40, 60, 80, 200})
  void it_fits_into_the_terminal(int width) {
    for (double part = 0; part <= 1; part += 0.01) {
      assertThat(line(part, width)).hasSizeLessThan(width);
    }
  }

  @Test
  void a_step_of_an_analysis_has_no_speed() {
    assertThat(ProgressBar.line("ranking", 0.25, "PageRank", 0, 0.5, 120))
        .isEqualTo("ranking  ██████                     25 %   PageRank");
  }

  @Test
  void nobody_is_told_how_long_it_takes_before_that_is_known() {
    assertThat(line(0, 120)).doesNotContain("left");
  }
}
