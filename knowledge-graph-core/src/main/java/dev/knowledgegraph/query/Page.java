package dev.knowledgegraph.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param total how many there are in all, exactly
 * @param next where the next page starts, or null if this is the last; opaque, and stable under
 *     inserts: no item that was there from the start is shown twice or left out
 */
public record Page<T>(List<T> items, long total, @Nullable String next) {
  /** The most items of a page. */
  public static final int MAX_SIZE = 1_000;

  /** The size of a page if nobody says otherwise. */
  public static final int DEFAULT_SIZE = 20;

  public Page {
    items = List.copyOf(items);
  }

  /** Which part. */
  public record Request(int size, @Nullable String after) {
    public Request {
      if (size < 1 || size > MAX_SIZE) {
        throw new IllegalArgumentException(
            "page size: expected 1 to " + MAX_SIZE + ", found " + size);
      }
    }

    /** The first page of the default size. */
    public static Request first() {
      return new Request(DEFAULT_SIZE, null);
    }
  }
}
