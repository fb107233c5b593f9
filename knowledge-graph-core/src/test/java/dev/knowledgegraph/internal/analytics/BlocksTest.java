package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void every_block_is_done_once(int parallelism) {
    var done = new AtomicIntegerArray(100);
    try (var blocks = new Blocks(parallelism)) {
      blocks.each(100, done::incrementAndGet, Progress.NONE);
    }
    assertThat(IntStream.range(0, 100).map(done::get)).containsOnly(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void blocks_are_combined_in_order(int parallelism) {
    List<Integer> order = new ArrayList<>();
    try (var blocks = new Blocks(parallelism)) {
      blocks.inOrder(
          500,
          AtomicInteger::new,
          (b, own) -> own.set(b),
          (b, own) -> order.add(own.get()),
          Progress.NONE);
    }
    assertThat(order).isEqualTo(IntStream.range(0, 500).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void progress_is_heard_by_the_caller_to_the_end_and_never_goes_back(int parallelism) {
    List<Long> heard = new ArrayList<>();
    Thread caller = Thread.currentThread();
    try (var blocks = new Blocks(parallelism)) {
      blocks.each(
          500,
          block -> {},
          (done, total) -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            assertThat(total).isEqualTo(500);
            heard.add(done);
          });
    }
    assertThat(heard).isSorted().endsWith(500L);
  }

  @Test
  void the_end_is_heard_even_if_another_thread_did_all_the_work() {
    List<Long> heard = new ArrayList<>();
    Thread caller = Thread.currentThread();
    var allButOne = new CountDownLatch(9);
    try (var blocks = new Blocks(2)) {
      // The caller's first block lasts until the other has done the nine that follow.
      blocks.each(
          10,
          block -> {
            if (Thread.currentThread() == caller) {
              await(allButOne);
            } else {
              allButOne.countDown();
            }
          },
          (done, total) -> heard.add(done));
    }
    assertThat(heard).endsWith(10L);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void nothing_runs_on_when_progress_stops_it(int parallelism) {
    var begun = new AtomicInteger();
    var running = new AtomicInteger();
    try (var blocks = new Blocks(parallelism)) {
      assertThatThrownBy(
              () ->
                  blocks.inOrder(
                      1_000_000,
                      () -> "",
                      (block, own) -> {
                        running.incrementAndGet();
                        begun.incrementAndGet();
                        running.decrementAndGet();
                      },
                      (block, own) -> {},
                      (done, total) -> {
                        throw new CancellationException();
                      }))
          .isInstanceOf(CancellationException.class);
      assertThat(running).hasValue(0);
      assertThat(begun.get()).isLessThan(1_000_000);
    }
  }

  @Test
  void a_failure_in_another_thread_comes_out() {
    Thread caller = Thread.currentThread();
    try (var blocks = new Blocks(2)) {
      assertThatThrownBy(
              () ->
                  blocks.each(
                      1_000_000,
                      block -> {
                        if (Thread.currentThread() != caller) {
                          throw new IllegalStateException("broken");
                        }
                        Thread.onSpinWait();
                      },
                      Progress.NONE))
          .hasRootCauseMessage("broken");
    }
  }

  @Test
  void a_parallelism_below_1_is_refused() {
    assertThatThrownBy(() -> new Blocks(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
