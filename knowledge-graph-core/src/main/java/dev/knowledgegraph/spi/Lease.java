package dev.knowledgegraph.spi;

import java.util.Objects;

/**
 * Who does, at the moment, what only one process may do at a time.
 *
 * @param holder names the process; empty if nobody does it
 * @param term grows with each change, also when the holder stays: a lease that stands still for
 *     long is that of a process that died
 */
public record Lease(String holder, long term) {
  /** Nobody's, before anybody had it. */
  public static final Lease NONE = new Lease("", 0);

  public Lease {
    Objects.requireNonNull(holder, "holder");
  }

  /** The same held by {@code next}, one term later. */
  public Lease passedTo(String next) {
    return new Lease(next, term + 1);
  }

  public boolean isFree() {
    return holder.isEmpty();
  }
}
