package dev.knowledgegraph.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.tck.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private final ManualClock clock = new ManualClock();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT0S",
        " 120 | PT2M",
        "Mon, 1 Jan 2024 00:01:00 GMT | PT1M",
        "Sun, 31 Dec 2023 23:59:00 GMT | PT0S"
      })
  void seconds_and_dates_are_understood(String value, Duration expected) {
    assertThat(RetryAfter.parse(value, clock)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999", "2024-01-01"})
  void nothing_else_is(String value) {
    assertThat(RetryAfter.parse(value, clock)).isEmpty();
  }

  @Test
  void a_date_is_compared_with_the_clock() {
    clock.advance(Duration.ofSeconds(30));

    assertThat(RetryAfter.parse("Mon, 1 Jan 2024 00:01:00 GMT", clock))
        .contains(Duration.ofSeconds(30));
  }
}
