package dev.knowledgegraph.spi;

import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.event.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event that a subscriber could not take, as a place in the log: what it says is read there
 * again, and so brought up to date like everything else in it.
 *
 * @param place of the event, or of a commit that cannot be read
 * @param stream the events of which wait behind it
 * @param attempts how often it was tried; 0 for what waits behind another
 * @param first when it was parked, to the microsecond
 * @param last when it was last tried, parked or given up, to the microsecond
 * @param reason a code: capital letters, digits and underscores, up to 64
 * @param discarded why somebody gave it up, up to 1,000 characters; empty while it waits
 */
public record DeadLetter(
    EventPlace place,
    StreamId stream,
    int attempts,
    Instant first,
    Instant last,
    String reason,
    String discarded) {
  /** The reason of what waits behind an earlier letter of its stream. */
  public static final String BEHIND = "BEHIND";

  private static final int LONGEST = 1_000;

  public DeadLetter {
    first = first.truncatedTo(ChronoUnit.MICROS);
    last = last.truncatedTo(ChronoUnit.MICROS);
    if (attempts < 0) {
      throw new IllegalArgumentException("attempts: expected 0 or more, found " + attempts);
    }
    if (!Codes.isCode(reason)) {
      throw new IllegalArgumentException(
          "reason: expected up to 64 capital letters, digits and underscores");
    }
    if (discarded.length() > LONGEST) {
      throw new IllegalArgumentException(
          "discarded: expected up to " + LONGEST + " characters, found " + discarded.length());
    }
  }

  /** What a receiver refused now, for the first time. */
  public static DeadLetter refused(EventPlace place, StreamId stream, Instant now, String reason) {
    return new DeadLetter(place, stream, 1, now, now, reason, "");
  }

  /** What waits behind an earlier letter. */
  public static DeadLetter behind(EventPlace place, StreamId stream, Instant now) {
    return new DeadLetter(place, stream, 0, now, now, BEHIND, "");
  }

  /** The same after one more try that did not go well. */
  public DeadLetter triedAgain(Instant now, String newReason) {
    return new DeadLetter(place, stream, attempts + 1, first, now, newReason, discarded);
  }

  /** The same, given up. */
  public DeadLetter givenUp(Instant now, String why) {
    if (why.isBlank()) {
      throw new IllegalArgumentException("reason: expected why it is given up, found nothing");
    }
    return new DeadLetter(place, stream, attempts, first, now, reason, why);
  }

  /** Whether somebody gave it up. */
  public boolean isDiscarded() {
    return !discarded.isEmpty();
  }
}
