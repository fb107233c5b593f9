package dev.knowledgegraph.tck;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until the test moves it. May be shared between threads. */
public final class ManualClock extends Clock {
  /** When it starts. */
  public static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private volatile Instant now = START;

  /** Stands at {@link #START}. */
  public ManualClock() {}

  /** Moves it on, or back. */
  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("always UTC");
  }
}
