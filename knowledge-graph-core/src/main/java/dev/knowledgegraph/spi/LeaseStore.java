package dev.knowledgegraph.spi;

/**
 * Leases by name, of the store as a whole. Laws:
 *
 * <ol>
 *   <li>A lease is what it was replaced by last; {@link Lease#NONE} before.
 *   <li>Of any number that replace the same lease at once, one does.
 *   <li>It outlives the process wherever the log does.
 * </ol>
 *
 * May be shared between threads. Contract: {@code LeaseContract} in the TCK; law 3 in {@code
 * AppendContract}.
 */
public interface LeaseStore {
  /** The lease of this name. */
  Lease lease(String name);

  /**
   * Puts {@code next} in the place of {@code expected}, durably.
   *
   * @return whether it did; false if another lease was there. Where the answer of a server was
   *     lost, false may also mean that it did: the lease says so
   */
  boolean replaceLease(String name, Lease expected, Lease next);
}
