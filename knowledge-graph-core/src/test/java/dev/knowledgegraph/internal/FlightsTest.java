package dev.knowledgegraph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.spi.GraphHead;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FlightsTest {
  private static final Flights.Key KEY = new Flights.Key("question", GraphHead.EMPTY);

  private final Flights flights = new Flights();
  private final CountDownLatch began = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void what_is_thrown_reaches_who_waits_and_is_not_kept() throws Exception {
    var refused = new IllegalStateException("refused");
    lead(refused);
    var waiter = waiting(() -> "mine");
    end.countDown();
    assertThatThrownBy(waiter::get).hasCause(refused);
    assertThat(flights.join(KEY, () -> "mine")).isEqualTo("mine");
  }

  @Test
  void if_the_first_gives_up_who_waits_asks() throws Exception {
    lead(new CancellationException());
    var waiter = waiting(() -> "mine");
    end.countDown();
    assertThat(waiter.get()).isEqualTo("mine");
  }

  @Test
  void who_is_interrupted_does_not_wait() throws Exception {
    lead(new IllegalStateException());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> flights.join(KEY, () -> "mine"))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    end.countDown();
  }

  private void lead(RuntimeException thrown) throws InterruptedException {
    var leader =
        new FutureTask<Object>(
            () ->
                flights.join(
                    KEY,
                    () -> {
                      began.countDown();
                      await(end);
                      throw thrown;
                    }));
    Thread.ofPlatform().daemon().start(leader);
    began.await();
  }

  private FutureTask<Object> waiting(Supplier<Object> look) {
    var task = new FutureTask<Object>(() -> flights.join(KEY, look));
    var thread = Thread.ofPlatform().daemon().start(task);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return task;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
