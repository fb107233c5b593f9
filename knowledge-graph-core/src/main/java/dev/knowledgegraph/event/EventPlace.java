package dev.knowledgegraph.event;

import java.util.Comparator;

/**
 * A place in the log of one graph: an event of a commit, or the commit as a whole, which stands
 * before its events. Ordered as the log is. Written {@code 12/0} for the first event of commit 12,
 * and {@code 12} for the commit.
 *
 * @param sequence of the commit, from 1
 * @param index of the event, from 0; {@value #COMMIT} for the commit as a whole
 */
public record EventPlace(long sequence, int index) implements Comparable<EventPlace> {
  /** The index of a commit as a whole. */
  public static final int COMMIT = -1;

  private static final Comparator<EventPlace> ORDER =
      Comparator.comparingLong(EventPlace::sequence).thenComparingInt(EventPlace::index);

  public EventPlace {
    if (sequence < 1 || index < COMMIT) {
      throw new IllegalArgumentException(
          "place: expected a commit from 1 and an event from 0, found " + sequence + "/" + index);
    }
  }

  /** A commit as a whole. */
  public static EventPlace commit(long sequence) {
    return new EventPlace(sequence, COMMIT);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static EventPlace parse(String text) {
    if (!text.matches("\\d{1,18}(/\\d{1,9})?")) {
      throw new IllegalArgumentException("place: expected COMMIT/EVENT such as 12/0");
    }
    int slash = text.indexOf('/');
    return slash < 0
        ? commit(Long.parseLong(text))
        : new EventPlace(
            Long.parseLong(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether it is a commit as a whole. */
  public boolean isCommit() {
    return index == COMMIT;
  }

  @Override
  public int compareTo(EventPlace other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return isCommit() ? Long.toString(sequence) : sequence + "/" + index;
  }
}
