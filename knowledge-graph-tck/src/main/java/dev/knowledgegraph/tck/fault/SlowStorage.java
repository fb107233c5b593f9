package dev.knowledgegraph.tck.fault;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Takes its time before calls of one method. May be shared between threads. */
public final class SlowStorage extends StorageDecorator {
  private final String slowMethod;
  private final Duration delay;

  /** Around {@code storage}; {@code slowMethod} takes {@code delay} more than there. */
  public SlowStorage(Storage storage, String slowMethod, Duration delay) {
    super(storage);
    this.slowMethod = slowMethod;
    this.delay = delay;
  }

  @Override
  protected <R> R call(String method, Supplier<R> work) {
    if (method.equals(slowMethod)) {
      long end = System.nanoTime() + delay.toNanos();
      for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
    return super.call(method, work);
  }
}
