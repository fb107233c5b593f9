package dev.knowledgegraph.internal;

import dev.knowledgegraph.spi.Lease;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process is the one that delivers to a subscriber. Where only one process writes it
 * always is; elsewhere it has to hold the subscriber's lease, and renews it. A lease that stood
 * still for {@link #LENGTH} is that of a process that died, and is taken from it. Each process
 * measures that with a clock of its own, and no two clocks are compared (Gray and Cheriton,
 * "Leases", 1989, need the same of clocks: that they run about equally fast).
 *
 * <p>A process that stands still for longer may go on with what it was at when it wakes up, beside
 * its successor: events then come twice.
 */
final class Turn {
  static final Duration LENGTH = Duration.ofSeconds(15);
  static final Duration RENEWED_AFTER = LENGTH.dividedBy(3);

  private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

  private final Storage storage;
  private final String name;
  private final String holder;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** The lease as it was seen last, and since when it has stood so. */
  private Lease seen = Lease.NONE;

  private Instant since = Instant.EPOCH;

  /**
   * @param name of the subscriber
   * @param holder names this process, and no other
   */
  Turn(Storage storage, String name, String holder, Clock clock) {
    this.storage = storage;
    this.name = name;
    this.holder = holder;
    this.clock = clock;
  }

  /** Takes the lease if it may be taken, or keeps it; whether it is held then. */
  boolean take() {
    return alone(() -> !storage.isShared() || isFresh() || replace());
  }

  /** Whether it is held, for now: looks at the clock and asks nobody. */
  boolean isHeld() {
    return alone(() -> !storage.isShared() || (isOurs() && age().compareTo(LENGTH) < 0));
  }

  /** Renews a lease that is held. */
  void renew() {
    try {
      boolean isLost = alone(() -> isHeld() && !take());
      if (isLost) {
        LOG.warn("another process delivers to {} now", name);
      }
    } catch (RuntimeException e) {
      LOG.warn("the lease of {} could not be renewed; it is tried again", name, e);
    }
  }

  /** Lets others take it at once; does nothing if it is not held. */
  void release() {
    try {
      alone(
          () -> {
            boolean isFree = isOurs() && storage.replaceLease(name, seen, seen.passedTo(""));
            seen = Lease.NONE;
            return isFree;
          });
    } catch (RuntimeException e) {
      LOG.warn("the lease of {} could not be given back; others wait until it is old", name, e);
    }
  }

  private boolean alone(BooleanSupplier work) {
    lock.lock();
    try {
      return work.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  private boolean isOurs() {
    return seen.holder().equals(holder);
  }

  private boolean isFresh() {
    return isOurs() && age().compareTo(RENEWED_AFTER) < 0;
  }

  private Duration age() {
    return Duration.between(since, clock.instant());
  }

  private boolean replace() {
    // Before it is asked for, so that it never seems to be younger than it is.
    Instant now = clock.instant();
    Lease there = storage.lease(name);
    if (!there.equals(seen)) {
      seen = there;
      since = now;
    }
    boolean mayTake = there.isFree() || isOurs() || age().compareTo(LENGTH) >= 0;
    Lease next = there.passedTo(holder);
    if (!mayTake || !storage.replaceLease(name, there, next)) {
      return false;
    }
    seen = next;
    since = now;
    return true;
  }
}
