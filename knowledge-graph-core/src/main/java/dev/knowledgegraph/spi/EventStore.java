package dev.knowledgegraph.spi;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The append-only log of each graph. Laws:
 *
 * <ol>
 *   <li>{@link #append} writes all commits or none, durably, in one transaction: log rows, current
 *       state, history, totals, receipts. When it returns they are safe.
 *   <li>A commit whose {@code expectedHead} is not where the log stands is a {@link
 *       ConflictException}, and so is a second live graph of one owner and name; nothing is
 *       written.
 *   <li>Sequence numbers of a graph are 1, 2, 3 … without a gap; a reader that asks for what comes
 *       after the last number it saw never skips, loses or doubles a commit.
 *   <li>A graph's log stays readable after the graph was removed.
 *   <li>Of several appends that expect the same head, from any threads, exactly one is written.
 *   <li>{@link #sequenceAt} goes by the times in the log.
 *   <li>A receipt is found, by exactly its key and in its graph only, as it was last written.
 *   <li>The log is the whole truth: a store that is made from it alone has the same state, history,
 *       totals and fingerprint.
 *   <li>{@link #logs} names every graph that ever had a commit, whoever owns it, removed or not, in
 *       an order that never changes; new ones come last. It is for what follows all logs, and shown
 *       to no caller.
 * </ol>
 *
 * May be shared between threads. Contracts in the TCK: {@code AppendContract} (laws 1, 4, 9),
 * {@code ConditionContract} (2), {@code PositionContract} (3, 6), {@code RaceContract} (5), {@code
 * ReceiptContract} (7), {@code RebuildContract} (8).
 */
public interface EventStore {
  /**
   * Appends commits, of any graphs, in order.
   *
   * @throws ConflictException if one of them was decided on facts that are no longer so
   */
  void append(List<Commit> commits);

  /** Up to {@code limit} commits after sequence number {@code after}, in order. */
  List<Committed> read(GraphRef graph, long after, int limit);

  /**
   * Up to {@code limit} graphs that have a log.
   *
   * @param after the last one of the page before; null for the first page
   * @throws IllegalArgumentException if {@code after} is a graph that has none
   */
  List<GraphRef> logs(@Nullable GraphRef after, int limit);

  /** The receipt of this key, if there is one that is not older than {@code notBefore}. */
  Optional<Receipt> findReceipt(GraphRef graph, String idempotencyKey, Instant notBefore);

  /** The last sequence number whose time is not after {@code time}; 0 if there is none. */
  long sequenceAt(GraphRef graph, Instant time);
}
