package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads of logs and of what goes with their entries. */
final class LogReads {
  private LogReads() {}

  static List<Committed> after(View view, long after, int limit) {
    var entries = new ArrayList<Committed>();
    long next = Math.max(0, after) + 1;
    long last = Math.min(view.head().applied(), next - 1 + Math.max(0, limit));
    while (next <= last) {
      long end = Math.min(last, next - next % Keys.BLOCK + Keys.BLOCK - 1);
      Key from = view.keys().entry(next);
      var items = view.table().query(Range.of(from.partition(), from.sort(), Keys.padded(end)));
      for (Item item : view.whole(items)) {
        entries.add(LogItems.entry(item, view.graph()));
      }
      if (items.size() != end - next + 1) {
        throw new IntegrityException("STORE_DAMAGED", "a log has a gap; reconcile it", null);
      }
      next = end + 1;
    }
    return entries;
  }

  /** What commit {@code view.at()} left the graph with. */
  static State state(View view) {
    return view.isLatest()
        ? view.head().state()
        : view.at() < 1 ? State.EMPTY : LogItems.state(entry(view, view.at()));
  }

  private static Item entry(View view, long sequence) {
    return view.table()
        .get(view.keys().entry(sequence))
        .orElseThrow(
            () -> new IntegrityException("STORE_DAMAGED", "a log has a gap; reconcile it", null));
  }

  /** Times in a log only grow, so halving finds the place. */
  static long sequenceAt(View view, Instant time) {
    long low = 0;
    long high = view.head().applied();
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (LogItems.state(entry(view, middle)).totals().time().isAfter(time)) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    return low;
  }

  static Optional<Receipt> receipt(View view, String idempotencyKey, Instant notBefore) {
    Key last = view.keys().receipt(idempotencyKey, view.at());
    return view
        .table()
        .query(Range.of(last.partition(), last.chain() + Keys.padded(0), last.sort()).last())
        .stream()
        .map(item -> ElementItems.receipt(item, idempotencyKey))
        .filter(receipt -> !receipt.time().isBefore(notBefore))
        .findFirst();
  }

  /**
   * The graphs that have a log, after the one of this number. One that is missing is being written:
   * what comes after it waits, or a follower would skip it.
   */
  static List<GraphRef> logs(Table table, long after, int limit) {
    var logs = new ArrayList<GraphRef>();
    Key from = Keys.log(after + 1);
    long next = after + 1;
    for (Item item :
        table.query(Range.of(from.partition(), from.sort(), Keys.log(after + limit).sort()))) {
      if (item.key().sequence() != next) {
        break;
      }
      next++;
      logs.add(
          new GraphRef(
              new UserId(item.text("owner")), new GraphId(Codec.uuid(item.text("graph")))));
    }
    return logs;
  }
}
