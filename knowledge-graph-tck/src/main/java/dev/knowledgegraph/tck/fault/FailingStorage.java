package dev.knowledgegraph.tck.fault;

import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * Fails at chosen calls, with a retryable {@link StorageException}; what it does not do then is
 * done by nobody. May be shared between threads.
 */
public final class FailingStorage extends StorageDecorator {
  private enum Moment {
    BEFORE,
    AFTER
  }

  private final String failingMethod;
  private final LongPredicate isFailing;
  private final Moment moment;
  private long calls;
  private long failures;

  private FailingStorage(
      Storage storage, String failingMethod, LongPredicate isFailing, Moment moment) {
    super(storage);
    this.failingMethod = failingMethod;
    this.isFailing = isFailing;
    this.moment = moment;
  }

  /** The {@code n}-th append fails, and nothing is written. */
  public static FailingStorage beforeAppend(Storage storage, long n) {
    return new FailingStorage(storage, "append", call -> call == n, Moment.BEFORE);
  }

  /** The {@code n}-th append is written, but its answer is lost: the caller sees a failure. */
  public static FailingStorage afterAppend(Storage storage, long n) {
    return new FailingStorage(storage, "append", call -> call == n, Moment.AFTER);
  }

  /** The {@code n}-th call fails, whatever it is; nothing is done then. */
  public static FailingStorage atCall(Storage storage, long n) {
    return new FailingStorage(storage, "", call -> call == n, Moment.BEFORE);
  }

  /** Every {@code n}-th call fails, whatever it is; nothing is done then. */
  public static FailingStorage atEveryCall(Storage storage, long n) {
    return new FailingStorage(storage, "", call -> call % n == 0, Moment.BEFORE);
  }

  /** How often it has failed. */
  public synchronized long failures() {
    return failures;
  }

  @Override
  protected <R> R call(String method, Supplier<R> work) {
    boolean fails = (failingMethod.isEmpty() || failingMethod.equals(method)) && countsAsFailure();
    if (!fails) {
      return super.call(method, work);
    }
    if (moment == Moment.AFTER) {
      super.call(method, work);
    }
    throw new StorageException("STORE_UNAVAILABLE", "failed by the test at " + method, true, null);
  }

  private synchronized boolean countsAsFailure() {
    calls++;
    boolean fails = isFailing.test(calls);
    failures += fails ? 1 : 0;
    return fails;
  }
}
