package dev.knowledgegraph.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Passes when somebody sleeps, or the test says so. For one thread. */
final class FakeTime implements Time {
  final List<Duration> sleeps = new ArrayList<>();
  // As a machine's may be: about to overflow.
  private long now = Long.MAX_VALUE - 1_000;

  void pass(Duration duration) {
    now += duration.toNanos();
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(duration);
    pass(duration);
  }
}
