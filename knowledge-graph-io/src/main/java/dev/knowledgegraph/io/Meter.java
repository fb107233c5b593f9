package dev.knowledgegraph.io;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of all sources is read, in bytes as they are stored. What a source holds of them is
 * known beforehand; when it is done all of it counts as read, also what nobody wanted to see. For
 * the thread that imports and, of one source at a time, the thread that reads.
 */
final class Meter {
  private static final ThreadLocal<Meter> RUNNING = new ThreadLocal<>();

  private final long total;
  private final AtomicLong current = new AtomicLong();
  private long currentSize;
  private long done;

  Meter(long total) {
    this.total = total;
  }

  /** Counts bytes that the reading which this thread carries out has read. */
  static void count(long bytes) {
    Meter meter = RUNNING.get();
    if (meter != null) {
      meter.current.addAndGet(bytes);
    }
  }

  /** Begins a source. */
  void begin(long size) {
    current.set(0);
    currentSize = size;
  }

  /** Carries out a reading whose bytes are counted, in the thread that calls. */
  void during(ReadAhead.Reading reading, RecordSink sink) throws IOException {
    RUNNING.set(this);
    try {
      reading.into(sink);
    } finally {
      RUNNING.remove();
    }
  }

  /** Ends a source. */
  void end() {
    done += currentSize;
    currentSize = 0;
  }

  long total() {
    return total;
  }

  long read() {
    return done + Math.min(currentSize, current.get());
  }
}
