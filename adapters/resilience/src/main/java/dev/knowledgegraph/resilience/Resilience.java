package dev.knowledgegraph.resilience;

import dev.failsafe.Bulkhead;
import dev.failsafe.Execution;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import dev.knowledgegraph.error.ErrorCategory;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.resilience.ResilienceMetrics.Outcome;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands around all calls of one service, whoever makes them: a call waits for its turn in the
 * bulkhead, passes the breaker, has so long for one try, and is tried again when it failed with an
 * error that is retryable. May be shared between threads; callers of one service must share one.
 *
 * <p>What the breaker counts and what is tried again is the same: an error that is {@linkplain
 * KnowledgeGraphException#retryable retryable} and means that the service is {@linkplain
 * ErrorCategory#UNAVAILABLE unavailable}. A conflict is retryable too, but was answered, and the
 * same call would meet it again. Other typed errors are answers, and so is what the JDK throws at
 * misuse; all else counts as a failure and is not tried again.
 *
 * <p>Fails with the last error, or with an {@link UnavailableException} of the code {@code
 * CIRCUIT_OPEN}, {@code BULKHEAD_FULL} or {@code TIMED_OUT}. An open breaker is not waited for.
 */
public final class Resilience {
  private static final Logger LOG = LoggerFactory.getLogger(Resilience.class);

  private final String name;
  private final Time time;
  private final ResilienceMetrics metrics;
  private final Backoff backoff;
  private final RetryPolicy<Object> retry;
  private final Breaker breaker;
  private final Bulkhead<Object> bulkhead;
  private final Duration longestQueue;
  private final @Nullable Timeout<Object> timeout;
  private final LongAdder tries = new LongAdder();
  private final LongAdder notAsked = new LongAdder();

  private Resilience(Builder builder) {
    ResilienceSettings settings = builder.settings;
    name = builder.name;
    time = builder.time;
    metrics = builder.metrics;
    backoff = new Backoff(settings, builder.random);
    retry =
        RetryPolicy.builder()
            .withMaxAttempts(settings.tries())
            .withDelayFn(
                failed -> backoff.after(failed.getAttemptCount(), failed.getLastException()))
            .build();
    breaker = new Breaker(settings, time, this::changed);
    bulkhead = Bulkhead.of(settings.concurrent());
    longestQueue = settings.longestQueue();
    timeout =
        settings.timeout().isZero()
            ? null
            : Timeout.builder(settings.timeout()).withInterrupt().build();
  }

  /**
   * Begins one.
   *
   * @param name of what is called, for messages, logs and metrics
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** With these settings and all else as it is. */
  public static Resilience of(String name, ResilienceSettings settings) {
    return builder(name).settings(settings).build();
  }

  /** Calls what may be asked twice. */
  public <T extends @Nullable Object> T call(Supplier<T> work) {
    return repeatedly(work, timeout, Resilience::isTrouble);
  }

  /** Does what may be done twice. */
  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  /**
   * Calls what must not be done twice: tried again only if it is certain that nothing was done, as
   * {@link UnavailableException#isUntouched} says.
   */
  public <T extends @Nullable Object> T callOnce(Supplier<T> work) {
    return repeatedly(work, timeout, Resilience::isUntouched);
  }

  /**
   * Calls what shows its answer piece by piece: like {@link #callOnce}, and it may take as long as
   * it takes.
   */
  public <T extends @Nullable Object> T stream(Supplier<T> work) {
    return repeatedly(work, null, Resilience::isUntouched);
  }

  /** The same function, whose calls may be made twice. */
  public <A, B extends @Nullable Object> Function<A, B> around(Function<A, B> function) {
    return argument -> call(() -> function.apply(argument));
  }

  /** How it has been doing. */
  public Health health() {
    return new Health(
        name,
        breaker.state(),
        breaker.failures(),
        breaker.successes(),
        tries.sum(),
        notAsked.sum());
  }

  private <T extends @Nullable Object> T repeatedly(
      Supplier<T> work, @Nullable Timeout<Object> limit, Predicate<RuntimeException> mayRepeat) {
    Execution<Object> execution = Execution.of(retry);
    for (int number = 1; ; number++) {
      try {
        return once(work, limit, number);
      } catch (RuntimeException e) {
        execution.recordException(e);
        if (!mayRepeat.test(e)
            || breaker.state() == BreakerState.OPEN
            || backoff.isTooLong(e)
            || execution.isComplete()
            || !waited(execution.getDelay())) {
          throw e;
        }
      }
    }
  }

  private <T extends @Nullable Object> T once(
      Supplier<T> work, @Nullable Timeout<Object> limit, int number) {
    if (!hasTurn()) {
      throw refused(number, "BULKHEAD_FULL", "has too many calls at once");
    }
    try {
      if (!breaker.letsPass()) {
        throw refused(number, "CIRCUIT_OPEN", "failed again and again, and is left alone");
      }
      return counted(work, limit, number);
    } finally {
      bulkhead.releasePermit();
    }
  }

  private <T extends @Nullable Object> T counted(
      Supplier<T> work, @Nullable Timeout<Object> limit, int number) {
    tries.increment();
    long began = time.nanos();
    boolean answered = false;
    String code = "ERROR";
    try {
      T result = timed(work, limit);
      answered = true;
      return result;
    } catch (RuntimeException e) {
      answered = isAnswer(e);
      code = code(e);
      throw e;
    } finally {
      if (answered) {
        breaker.succeeded();
      } else {
        breaker.failed();
      }
      Outcome outcome = answered ? new Outcome.Answered() : new Outcome.Failed(code);
      tell(number, outcome, Duration.ofNanos(time.nanos() - began));
    }
  }

  private <T extends @Nullable Object> T timed(Supplier<T> work, @Nullable Timeout<Object> limit) {
    if (limit == null) {
      return work.get();
    }
    try {
      return Failsafe.with(limit).get(work::get);
    } catch (TimeoutExceededException e) {
      throw UnavailableException.notAnswered("TIMED_OUT", name + " gave no answer in time", e);
    }
  }

  private boolean hasTurn() {
    try {
      return longestQueue.isZero()
          ? bulkhead.tryAcquirePermit()
          : bulkhead.tryAcquirePermit(longestQueue);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean waited(Duration duration) {
    try {
      time.sleep(duration);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private UnavailableException refused(int number, String code, String what) {
    notAsked.increment();
    tell(number, new Outcome.NotAsked(code), Duration.ZERO);
    return UnavailableException.notAsked(code, name + " " + what, null);
  }

  private void changed(BreakerState from, BreakerState to) {
    if (to == BreakerState.OPEN) {
      LOG.warn("{} fails again and again; it is left alone for a while", name);
    } else {
      LOG.info("the breaker of {} is {} now", name, to);
    }
    safely(hook -> hook.changed(new ResilienceMetrics.Change(name, from, to)));
  }

  private void tell(int number, Outcome outcome, Duration duration) {
    safely(hook -> hook.tried(new ResilienceMetrics.Try(name, number, outcome, duration)));
  }

  private void safely(Consumer<ResilienceMetrics> news) {
    try {
      news.accept(metrics);
    } catch (RuntimeException e) {
      LOG.warn("what measures {} failed", name, e);
    }
  }

  private static boolean isTrouble(RuntimeException e) {
    return e instanceof KnowledgeGraphException known
        && known.retryable()
        && known.category() == ErrorCategory.UNAVAILABLE;
  }

  private static boolean isAnswer(RuntimeException e) {
    return e instanceof KnowledgeGraphException
        ? !isTrouble(e)
        : e instanceof IllegalArgumentException
            || e instanceof IllegalStateException
            || e instanceof NullPointerException;
  }

  private static boolean isUntouched(RuntimeException e) {
    return e instanceof UnavailableException unavailable && unavailable.isUntouched();
  }

  private static String code(RuntimeException e) {
    return e instanceof KnowledgeGraphException known ? known.code() : e.getClass().getSimpleName();
  }

  /** Collects what stands around the calls of one service. For one thread. */
  public static final class Builder {
    private final String name;
    private ResilienceSettings settings = ResilienceSettings.defaults();
    private ResilienceMetrics metrics = ResilienceMetrics.NONE;
    private Time time = Time.SYSTEM;
    private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

    private Builder(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name: expected one, found none");
      }
      this.name = name;
    }

    public Builder settings(ResilienceSettings newSettings) {
      settings = newSettings;
      return this;
    }

    public Builder metrics(ResilienceMetrics newMetrics) {
      metrics = newMetrics;
      return this;
    }

    /** By what waits and rests are measured. The time for a try is always the machine's. */
    public Builder time(Time newTime) {
      time = newTime;
      return this;
    }

    /** From what the length of waits is drawn; must be safe to share between threads. */
    public Builder random(RandomGenerator newRandom) {
      random = newRandom;
      return this;
    }

    /** What was said. */
    public Resilience build() {
      return new Resilience(this);
    }
  }
}
