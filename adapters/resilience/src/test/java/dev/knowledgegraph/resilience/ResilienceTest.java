package dev.knowledgegraph.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ResilienceTest {
  private static final ResilienceSettings ONCE =
      ResilienceSettings.defaults().withTries(1, Duration.ofMillis(1), Duration.ofMillis(1));

  // The limit of a try is Failsafe's, by the machine's clock: here it really passes, 50 ms of it.
  @Test
  void a_try_that_takes_too_long_is_interrupted() {
    var service = Resilience.of("service", ONCE.withTimeout(Duration.ofMillis(50)));
    var interrupted = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                service.run(
                    () -> {
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                      }
                    }))
        .isInstanceOfSatisfying(
            UnavailableException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TIMED_OUT");
              assertThat(e.isUntouched()).isFalse();
            });
    assertThat(interrupted.getCount()).isZero();
    assertThat(Thread.interrupted()).isFalse();
    assertThat(service.health().failures()).isEqualTo(1);
  }

  @Test
  void a_stream_may_take_as_long_as_it_takes() {
    var service = Resilience.of("service", ONCE.withTimeout(Duration.ofNanos(1)));

    assertThat(service.<String>stream(() -> "all of it")).isEqualTo("all of it");
  }

  @Test
  void no_limit_is_no_limit() {
    var service = Resilience.of("service", ONCE.withTimeout(Duration.ZERO));

    assertThat(service.<String>call(() -> "answer")).isEqualTo("answer");
  }

  @Test
  void only_so_many_calls_are_made_at_once() throws Exception {
    var service = Resilience.of("service", ONCE.withBulkhead(2, Duration.ZERO));
    var inside = new CountDownLatch(2);
    var end = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2; i++) {
        threads.execute(
            () ->
                service.run(
                    () -> {
                      inside.countDown();
                      await(end);
                    }));
      }
      inside.await();

      assertThatThrownBy(() -> service.run(() -> {}))
          .isInstanceOfSatisfying(
              UnavailableException.class,
              e -> {
                assertThat(e.code()).isEqualTo("BULKHEAD_FULL");
                assertThat(e.isUntouched()).isTrue();
              });
      end.countDown();
    }
    assertThatCode(() -> service.run(() -> {})).doesNotThrowAnyException();
    assertThat(service.health().notAsked()).isEqualTo(1);
    assertThat(service.health().failures()).isZero();
  }

  @Test
  void a_call_waits_for_its_turn_in_the_bulkhead() throws Exception {
    var service = Resilience.of("service", ONCE.withBulkhead(1, Duration.ofMinutes(1)));
    var inside = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(
          () ->
              service.run(
                  () -> {
                    inside.countDown();
                    await(end);
                  }));
      inside.await();
      var second = threads.submit(() -> service.<String>call(() -> "answer"));
      end.countDown();

      assertThat(second.get()).isEqualTo("answer");
    }
  }

  @Test
  void metrics_that_fail_change_nothing() {
    var service =
        Resilience.builder("service")
            .metrics(
                new ResilienceMetrics() {
                  @Override
                  public void tried(Try tried) {
                    throw new IllegalStateException("no meter");
                  }
                })
            .build();

    assertThat(service.<String>call(() -> "answer")).isEqualTo("answer");
  }

  @Test
  void a_publisher_gets_a_commit_again_that_it_failed_at() {
    var seen = new ArrayList<Long>();
    var time = new FakeTime();
    var publisher =
        ResilientPublisher.of(
            (graph, commit) -> {
              seen.add(commit.position().sequence());
              if (seen.size() < 3) {
                throw Errors.now();
              }
            },
            Resilience.builder("mail").time(time).build());
    var graph = new GraphRef(UserId.of("ada"), GraphId.of(new UUID(0, 1)));

    publisher.publish(
        graph,
        new Committed(
            new Position(graph.id(), 7), Instant.EPOCH, graph.owner(), "c", "", "", List.of()));

    assertThat(seen).containsExactly(7L, 7L, 7L);
    assertThat(time.sleeps).hasSize(2);
  }

  @Test
  void settings_out_of_range_are_refused_by_name() {
    var fine = ResilienceSettings.defaults();
    var second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fine.withTries(0, second, second))
        .withMessage("tries: expected 1 to 100, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fine.withTries(1, Duration.ZERO, second))
        .withMessageStartingWith("firstWait: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fine.withBreaker(101, 20, second, 3))
        .withMessageStartingWith("failurePercent: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fine.withTimeout(Duration.ofDays(2)))
        .withMessageStartingWith("timeout: ");
    assertThatIllegalArgumentException().isThrownBy(() -> Resilience.builder(" "));
  }

  @Test
  void the_defaults_are_those_of_the_guide() {
    assertThat(ResilienceSettings.defaults())
        .isEqualTo(
            new ResilienceSettings(
                5,
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                50,
                20,
                Duration.ofSeconds(10),
                3,
                Duration.ofSeconds(30),
                64,
                Duration.ofSeconds(1)));
    assertThat(ResilienceSettings.defaults().failures()).isEqualTo(10);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
