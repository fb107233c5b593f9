package dev.knowledgegraph.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResilientFunctionTest {
  private static final ResilienceSettings SETTINGS =
      ResilienceSettings.defaults()
          .withTries(3, Duration.ofMillis(10), Duration.ofSeconds(1))
          .withBreaker(100, 4, Duration.ofSeconds(10), 1);

  private final FakeTime time = new FakeTime();
  private final AtomicInteger calls = new AtomicInteger();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private final Resilience resilience =
      Resilience.builder("the function").settings(SETTINGS).time(time).build();

  /** What runs elsewhere: fails as it is told, then answers. */
  private String remote(String argument) {
    calls.incrementAndGet();
    RuntimeException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    return argument + "!";
  }

  private ResilientFunction<String, String> function() {
    return ResilientFunction.of(this::remote, resilience);
  }

  private ResilientFunction<String, String> once() {
    return ResilientFunction.once(this::remote, resilience);
  }

  @Test
  void a_handler_is_invoked_again_when_it_fails_for_now() {
    failures.addAll(List.of(Errors.now(), Errors.notReached()));

    assertThat(function().apply("event")).isEqualTo("event!");
    assertThat(calls).hasValue(3);
    assertThat(time.sleeps).hasSize(2);
  }

  @Test
  void a_refusal_is_an_answer() {
    for (RuntimeException answer : Errors.answers()) {
      failures.add(answer);

      assertThatThrownBy(() -> function().apply("event")).isSameAs(answer);
    }
    assertThat(calls).hasValue(Errors.answers().size());
    assertThat(resilience.health().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void a_function_that_keeps_failing_is_left_alone_and_probed_after_its_rest() {
    var function = function();
    for (int i = 0; i < 4; i++) {
      failures.add(Errors.now());
    }
    assertThatThrownBy(() -> function.apply("event")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> function.apply("event")).isInstanceOf(RuntimeException.class);

    assertThat(resilience.health().state()).isEqualTo(BreakerState.OPEN);
    assertThatThrownBy(() -> function.apply("event"))
        .isInstanceOfSatisfying(
            UnavailableException.class, e -> assertThat(e.code()).isEqualTo("CIRCUIT_OPEN"));
    assertThat(calls).hasValue(4);

    time.pass(Duration.ofSeconds(10));
    assertThat(function.apply("event")).isEqualTo("event!");
    assertThat(resilience.health().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void work_that_must_not_be_done_twice_is_not_when_an_answer_is_lost() {
    var lost = UnavailableException.notAnswered("LOST", "no answer", null);
    failures.add(lost);
    assertThatThrownBy(() -> once().apply("event")).isSameAs(lost);
    assertThat(calls).hasValue(1);

    failures.add(Errors.notReached());
    assertThat(once().apply("event")).isEqualTo("event!");
    assertThat(calls).hasValue(3);
  }
}
