package dev.knowledgegraph.resilience;

import static dev.knowledgegraph.resilience.BreakerState.CLOSED;
import static dev.knowledgegraph.resilience.BreakerState.HALF_OPEN;
import static dev.knowledgegraph.resilience.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.resilience.ResilienceMetrics.Change;
import dev.knowledgegraph.resilience.ResilienceMetrics.Outcome;
import dev.knowledgegraph.resilience.ResilienceMetrics.Try;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** When calls may pass, under a time that the test moves. */
class BreakerTest {
  private static final Duration REST = Duration.ofSeconds(10);

  private final FakeTime time = new FakeTime();
  private final List<Change> changes = new ArrayList<>();
  private final List<Try> tried = new ArrayList<>();

  private Resilience resilience(int percent, int calls, int probes) {
    return Resilience.builder("service")
        .settings(
            ResilienceSettings.defaults()
                .withTries(1, Duration.ofMillis(1), Duration.ofMillis(1))
                .withBreaker(percent, calls, REST, probes))
        .time(time)
        .metrics(
            new ResilienceMetrics() {
              @Override
              public void changed(Change change) {
                changes.add(change);
              }

              @Override
              public void tried(Try one) {
                tried.add(one);
              }
            })
        .build();
  }

  enum Step {
    GOES_WELL,
    FAILS,
    TIME_PASSES
  }

  /** What is to be expected, as plainly as it can be said. */
  private static final class Model {
    private final int failures;
    private final int calls;
    private final int probes;
    private final Deque<Boolean> window = new ArrayDeque<>();
    private BreakerState state = CLOSED;
    private long openFor;
    private int well;

    Model(int percent, int calls, int probes) {
      this.failures = (int) Math.ceil(percent * calls / 100.0);
      this.calls = calls;
      this.probes = probes;
    }

    void pass(long seconds) {
      openFor += seconds;
    }

    boolean letsPass() {
      if (state == OPEN && openFor >= REST.toSeconds()) {
        state = HALF_OPEN;
        well = 0;
      }
      return state != OPEN;
    }

    void ended(boolean isWell) {
      if (state == HALF_OPEN) {
        well++;
        if (!isWell) {
          open();
        } else if (well == probes) {
          state = CLOSED;
          window.clear();
        }
      } else {
        window.addLast(isWell);
        if (window.size() > calls) {
          window.removeFirst();
        }
        if (window.stream().filter(each -> !each).count() >= failures) {
          open();
        }
      }
    }

    private void open() {
      state = OPEN;
      openFor = 0;
    }
  }

  @Property(tries = 500)
  void it_opens_half_opens_and_closes_as_the_settings_say(
      @ForAll @IntRange(min = 1, max = 100) int percent,
      @ForAll @IntRange(min = 1, max = 12) int calls,
      @ForAll @IntRange(min = 1, max = 4) int probes,
      @ForAll @Size(max = 120) List<Step> steps) {
    var service = resilience(percent, calls, probes);
    var model = new Model(percent, calls, probes);
    for (Step step : steps) {
      if (step == Step.TIME_PASSES) {
        time.pass(Duration.ofSeconds(4));
        model.pass(4);
      } else {
        boolean passes = model.letsPass();
        assertThat(asked(service, step == Step.GOES_WELL)).isEqualTo(passes);
        if (passes) {
          model.ended(step == Step.GOES_WELL);
        }
        assertThat(service.health().state()).isEqualTo(model.state);
      }
    }
  }

  private static boolean asked(Resilience service, boolean goesWell) {
    var asked = new ArrayList<Boolean>();
    try {
      service.run(
          () -> {
            asked.add(true);
            if (!goesWell) {
              throw Errors.now();
            }
          });
    } catch (RuntimeException e) {
      assertThat(e).hasMessage(asked.isEmpty() ? openMessage() : "not now");
    }
    return !asked.isEmpty();
  }

  private static String openMessage() {
    return "service failed again and again, and is left alone";
  }

  @Example
  void an_open_breaker_is_told_with_a_typed_error_that_may_be_asked_again() {
    var service = open();

    assertThatThrownBy(() -> service.run(() -> {}))
        .isInstanceOfSatisfying(
            UnavailableException.class,
            e -> {
              assertThat(e.code()).isEqualTo("CIRCUIT_OPEN");
              assertThat(e.retryable()).isTrue();
              assertThat(e.isUntouched()).isTrue();
            });
  }

  @Example
  void its_state_and_its_counts_can_be_seen() {
    var service = open();
    asked(service, true);
    assertThat(service.health()).isEqualTo(new Health("service", OPEN, 2, 0, 2, 1));

    time.pass(REST);
    asked(service, true);
    assertThat(service.health().state()).isEqualTo(HALF_OPEN);
    asked(service, true);
    assertThat(service.health().state()).isEqualTo(CLOSED);
    assertThat(changes)
        .containsExactly(
            new Change("service", CLOSED, OPEN),
            new Change("service", OPEN, HALF_OPEN),
            new Change("service", HALF_OPEN, CLOSED));
    assertThat(tried)
        .extracting(Try::outcome)
        .containsExactly(
            new Outcome.Failed("STORE_UNAVAILABLE"),
            new Outcome.Failed("STORE_UNAVAILABLE"),
            new Outcome.NotAsked("CIRCUIT_OPEN"),
            new Outcome.Answered(),
            new Outcome.Answered());
  }

  @Example
  void an_answer_that_is_an_error_does_not_open_it() {
    var service = resilience(50, 4, 1);
    for (int i = 0; i < 20; i++) {
      for (RuntimeException answer : Errors.answers()) {
        assertThatThrownBy(
                () ->
                    service.run(
                        () -> {
                          throw answer;
                        }))
            .isSameAs(answer);
      }
    }

    assertThat(service.health().state()).isEqualTo(CLOSED);
  }

  @Example
  void a_defect_opens_it() {
    var service = resilience(50, 4, 1);
    for (RuntimeException defect : Errors.defects()) {
      assertThatThrownBy(
              () ->
                  service.run(
                      () -> {
                        throw defect;
                      }))
          .isSameAs(defect);
    }

    assertThat(service.health().state()).isEqualTo(OPEN);
  }

  @Example
  void a_call_that_finds_it_open_does_not_wait_for_it() {
    var service =
        Resilience.builder("service")
            .settings(ResilienceSettings.defaults().withBreaker(50, 4, REST, 2))
            .time(time)
            .build();

    assertThat(asked(service, false)).isTrue();
    assertThat(service.health().tries()).isEqualTo(2);
    assertThat(time.sleeps).hasSize(1);
    assertThat(asked(service, false)).isFalse();
    assertThat(time.sleeps).hasSize(1);
  }

  private Resilience open() {
    var service = resilience(50, 4, 2);
    asked(service, false);
    asked(service, false);
    return service;
  }
}
