package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.GraphId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Brings a graph to where its log stands. A commit is the truth with its transaction, and is read
 * when all that it made is there. Whoever wrote it sees to that; if that process is gone, the next
 * who writes to the graph does. It may be done any number of times, by many at once.
 */
final class Settling {
  /** How often another process is given time before its work is done for it. */
  private static final int PATIENT = 6;

  private final Table table;
  private final Staging staging;

  Settling(Table table) {
    this.table = table;
    this.staging = new Staging(table);
  }

  /** Waits until whoever writes has settled, or settles in its place. */
  void settle(Head unsettled) {
    Head head = unsettled;
    for (int tries = 1; tries <= PATIENT; tries++) {
      table.patience().pause(tries);
      var now = read(head.graph().id());
      if (now.isEmpty() || now.get().isSettled()) {
        return;
      }
      head = now.get();
    }
    finish(head);
  }

  private Optional<Head> read(GraphId id) {
    return table.get(Keys.head(id)).map(item -> Head.of(id, item));
  }

  /** Does what is left of the last append to a graph. */
  void finish(Head head) {
    if (head.staged() > 0) {
      var items = staging.get(head.attempt(), head.staged());
      if (items.isEmpty()) {
        requireMoved(head, "what was laid ready is not there any more");
        return;
      }
      table.put(items.get());
    } else {
      waitForAll(head);
    }
    apply(head);
    if (head.staged() > 0) {
      finishOthers(head);
      staging.delete(head.attempt(), head.staged());
    }
  }

  private void requireMoved(Head head, String what) {
    boolean isMoved =
        read(head.graph().id()).filter(now -> now.applied() < head.sequence()).isEmpty();
    if (!isMoved) {
      throw new IntegrityException("STORE_DAMAGED", what + "; reconcile the store", null);
    }
  }

  /** A transaction shows its items one after the other to those who read without one. */
  private void waitForAll(Head head) {
    if (!isSoon(() -> isAllThere(head))) {
      requireMoved(head, "items of a commit are missing");
    }
  }

  /** Waits until all shows that a transaction wrote, the answer to which was lost. */
  void waitFor(Set<Key> keys, List<GraphWork> works) {
    boolean isThere =
        isSoon(
            () ->
                table.find(keys).size() == keys.size()
                    && works.stream().allMatch(this::isAtItsHead));
    if (!isThere) {
      throw new StorageException("STORE_UNAVAILABLE", "what was written does not show", true, null);
    }
  }

  private boolean isAtItsHead(GraphWork work) {
    return read(work.graph()).filter(head -> head.sequence() >= work.sequence()).isPresent();
  }

  private boolean isSoon(BooleanSupplier condition) {
    for (int tries = 1; !condition.getAsBoolean(); tries++) {
      if (table.patience().isOver(tries)) {
        return false;
      }
      table.patience().pause(tries);
    }
    return true;
  }

  private boolean isAllThere(Head head) {
    Keys keys = head.keys();
    var entries = new ArrayList<Key>();
    for (long sequence = head.applied() + 1; sequence <= head.sequence(); sequence++) {
      entries.add(keys.entry(sequence));
    }
    var found = table.get(entries);
    var made = new ArrayList<Key>();
    found.values().forEach(entry -> made.addAll(LogItems.made(entry, keys)));
    return found.size() == entries.size() && table.find(made).size() == made.size();
  }

  private void apply(Head head) {
    var entry = table.get(head.keys().entry(head.sequence()));
    if (entry.isEmpty()) {
      requireMoved(head, "the last entry of a log is missing");
      return;
    }
    apply(head.graph().id(), LogItems.state(entry.get()));
  }

  /** Lets the state after a commit be read. */
  void apply(GraphId graph, State state) {
    long sequence = state.totals().sequence();
    var expression = new Transaction.Expression();
    state.in(Item.at(Keys.head(graph))).values().forEach(expression::set);
    expression
        .set(Head.APPLIED, sequence)
        .name(Head.SEQUENCE)
        .value(Head.SEQUENCE, AttributeValue.fromN(Long.toString(sequence)));
    // Otherwise somebody else was here already.
    table.update(
        expression.update(
            table.config().table(), Keys.head(graph), "#seq = :seq AND #applied < :applied"));
  }

  private void finishOthers(Head head) {
    Item entry = table.get(head.keys().entry(head.sequence())).orElseThrow();
    for (GraphId other : LogItems.written(entry).also().keySet()) {
      read(other)
          .filter(found -> found.attempt().equals(head.attempt()) && !found.isSettled())
          .ifPresent(this::apply);
    }
  }
}
