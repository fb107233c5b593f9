package dev.knowledgegraph.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Which calls are tried again, and after how long. */
class RetryTest {
  private static final Duration REST = Duration.ofMinutes(1);

  private final FakeTime time = new FakeTime();
  private final AtomicInteger calls = new AtomicInteger();

  private Resilience resilience(int tries, Duration first, Duration longest, long seed) {
    // One object serves all tries of a property.
    time.sleeps.clear();
    calls.set(0);
    var settings =
        ResilienceSettings.defaults()
            .withTries(tries, first, longest)
            .withBreaker(100, 10_000, REST, 1);
    return Resilience.builder("service")
        .settings(settings)
        .time(time)
        .random(new Random(seed))
        .build();
  }

  private Resilience resilience() {
    return resilience(5, Duration.ofMillis(50), Duration.ofSeconds(5), 1);
  }

  private String fail(RuntimeException failure) {
    calls.incrementAndGet();
    throw failure;
  }

  private static void quietly(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(RuntimeException.class);
  }

  @Property(tries = 300)
  void waits_are_drawn_from_nothing_up_to_twice_as_much_each_time_and_a_ceiling(
      @ForAll @IntRange(min = 1, max = 40) int tries,
      @ForAll @IntRange(min = 1, max = 2_000) int first,
      @ForAll @IntRange(min = 1, max = 60_000) int ceiling,
      @ForAll long seed) {
    var service = resilience(tries, Duration.ofMillis(first), Duration.ofMillis(ceiling), seed);

    quietly(() -> service.call(() -> fail(Errors.now())));

    var random = new Random(seed);
    var expected = new ArrayList<Duration>();
    double most = first * 1e6;
    for (int n = 0; n < tries - 1; n++) {
      long bound = (long) Math.min(most, ceiling * 1e6);
      expected.add(Duration.ofNanos(random.nextLong(bound + 1)));
      most *= 2;
    }
    assertThat(time.sleeps).isEqualTo(expected);
    assertThat(calls).hasValue(tries);
  }

  @Property
  void only_what_may_go_better_is_tried_again(@ForAll("failures") RuntimeException failure) {
    boolean isTrouble =
        Errors.trouble().stream().anyMatch(each -> each.getClass() == failure.getClass())
            && !String.valueOf(failure.getMessage()).equals("never");

    assertThatThrownBy(() -> resilience().call(() -> fail(failure))).isSameAs(failure);

    assertThat(calls).hasValue(isTrouble ? 5 : 1);
  }

  @Property
  void what_must_not_be_done_twice_is_tried_again_only_if_nothing_was_done(
      @ForAll("failures") RuntimeException failure) {
    boolean nothingDone =
        failure instanceof UnavailableException known && known.code().equals("STORE_UNREACHABLE");

    assertThatThrownBy(() -> resilience().callOnce(() -> fail(failure))).isSameAs(failure);

    assertThat(calls).hasValue(nothingDone ? 5 : 1);
  }

  @Provide
  Arbitrary<RuntimeException> failures() {
    List<RuntimeException> all =
        Stream.of(Errors.trouble(), Errors.answers(), Errors.defects())
            .<RuntimeException>flatMap(List::stream)
            .toList();
    return Arbitraries.of(all);
  }

  @Example
  void what_goes_well_in_the_end_is_answered() {
    String answer = resilience().call(() -> calls.get() < 3 ? fail(Errors.now()) : "answer");

    assertThat(answer).isEqualTo("answer");
    assertThat(time.sleeps).hasSize(3);
  }

  @Example
  void a_function_is_called_in_the_same_way() {
    var length = resilience().around((String text) -> calls.get() < 1 ? fail(Errors.now()) : text);

    assertThat(length.apply("payload")).isEqualTo("payload");
  }

  @Example
  void a_service_that_says_when_is_asked_then() {
    var wish = Duration.ofSeconds(3);

    quietly(
        () -> resilience().call(() -> fail(UnavailableException.refusedForNow("X", "x", wish))));

    assertThat(time.sleeps).containsExactly(wish, wish, wish, wish);
  }

  @Example
  void a_service_that_wants_too_long_is_not_waited_for() {
    var wish = Duration.ofSeconds(6);

    quietly(
        () -> resilience().call(() -> fail(UnavailableException.refusedForNow("X", "x", wish))));

    assertThat(time.sleeps).isEmpty();
    assertThat(calls).hasValue(1);
  }

  @Example
  void who_is_interrupted_waits_no_more() {
    assertThatThrownBy(
            () ->
                resilience()
                    .call(
                        () -> {
                          Thread.currentThread().interrupt();
                          return fail(Errors.now());
                        }))
        .hasMessage("not now");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(calls).hasValue(1);
  }
}
