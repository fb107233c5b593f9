package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.GraphRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One try to append, under an id of its own. For one thread. */
final class Append {
  /** In the item that counts graphs: the number of the last. */
  static final String LAST = "last";

  /** In the same item: of which form the items are. */
  static final String FORMAT = "format";

  /** The only form there is. */
  static final int FORMAT_NOW = 1;

  private static final Duration RECEIPTS_LIVE = Duration.ofDays(30);

  /**
   * The service takes 4 MB; what is much less is cheaper laid ready, for units count twice here.
   */
  private static final long DIRECT_BYTES = 1_000_000;

  private static final long MOST_BYTES = 3_900_000;

  private final Table table;
  private final List<GraphWork> works;
  private final Names names;
  private final long lastLog;
  private final String attempt;
  private int staged;
  private Set<Key> unanswered = Set.of();

  Append(Table table, List<GraphWork> works, Names names, long lastLog) {
    this.table = table;
    this.works = works;
    this.names = names;
    this.lastLog = lastLog;
    byte[] id = new byte[16];
    table.config().random().nextBytes(id);
    this.attempt = HexFormat.of().formatHex(id);
  }

  /**
   * Writes it all, or nothing.
   *
   * @return the items whose conditions did not hold; none if it is written
   */
  Set<Key> write() {
    make();
    Transaction transaction = direct();
    if (transaction.size() > table.mostDirect() || transaction.bytes() > DIRECT_BYTES) {
      transaction = staged();
    }
    boolean done = false;
    try {
      Set<Key> refused = transaction.commit(table, attempt, this::isWritten);
      done = refused.isEmpty();
      unanswered = transaction.isAnswered() ? Set.of() : transaction.keys();
      return refused;
    } catch (StorageException e) {
      done = e.code().equals("STORE_OUTCOME_UNKNOWN");
      throw e;
    } finally {
      if (!done && staged > 0) {
        new Staging(table).delete(attempt, staged);
      }
    }
  }

  private void make() {
    Instant expires = table.config().clock().instant().plus(RECEIPTS_LIVE);
    for (GraphWork work : works) {
      work.make(attempt, expires, works);
      if (!work.items().stream().allMatch(Item::fits)) {
        throw new StorageException(
            "STORE_LIMIT", "something is too large for an item of the table", false, null);
      }
    }
  }

  /** All in one transaction; it may be too large. */
  private Transaction direct() {
    var transaction = new Transaction(table.config().table());
    frame(transaction);
    for (GraphWork work : works) {
      for (GraphWork.Made made : work.made()) {
        transaction.create(LogItems.making(made.entry(), work.keys(), made.others()));
        made.others().forEach(transaction::put);
        if (transaction.size() > Transaction.MOST) {
          return transaction;
        }
      }
    }
    return transaction;
  }

  /** Lays all items ready; only what decides who wins is in the transaction. */
  private Transaction staged() {
    var probe = framed();
    if (probe.size() > Transaction.MOST || probe.bytes() > MOST_BYTES) {
      throw new StorageException(
          "STORE_LIMIT", "an append to more graphs than a transaction takes", false, null);
    }
    staged = new Staging(table).put(attempt, items());
    return framed();
  }

  private Transaction framed() {
    var transaction = new Transaction(table.config().table());
    frame(transaction);
    works.forEach(work -> transaction.create(firstEntry(work)));
    return transaction;
  }

  private static Item firstEntry(GraphWork work) {
    return work.made().getFirst().entry();
  }

  private List<Item> items() {
    return works.stream().flatMap(work -> work.items().stream()).toList();
  }

  private void frame(Transaction transaction) {
    long logs = lastLog;
    for (GraphWork work : works) {
      if (work.isFirst()) {
        logs++;
        transaction.create(first(work));
        transaction.create(log(work.before().number(), work.before().graph()));
      } else {
        move(transaction, work);
      }
    }
    if (logs > lastLog) {
      count(transaction, logs);
    }
    names.addTo(transaction);
  }

  /** Names a graph among all. */
  static Item log(long number, GraphRef graph) {
    return Item.at(Keys.log(number))
        .text(Head.OWNER, graph.owner().value())
        .text(GraphReads.HOLDER, Codec.hex(graph.id().value()));
  }

  private Item first(GraphWork work) {
    Head before = work.before();
    return new Head(
            before.graph(),
            before.number(),
            before.buckets(),
            work.sequence(),
            0,
            work.chain(),
            attempt,
            staged,
            State.EMPTY,
            work.bytes())
        .item();
  }

  private void move(Transaction transaction, GraphWork work) {
    Key key = Keys.head(work.graph());
    var expression =
        new Transaction.Expression()
            .set(Head.SEQUENCE, work.sequence())
            .set("chain", AttributeValue.fromB(work.chain()))
            .set("attempt", AttributeValue.fromS(attempt))
            .set("staged", staged)
            .name(Head.APPLIED)
            .name("owner")
            .value("owner", AttributeValue.fromS(work.before().graph().owner().value()))
            .value("expected", AttributeValue.fromN(Long.toString(work.before().sequence())));
    work.bytes().forEach((family, bytes) -> expression.add(Head.bytesOf(family), bytes));
    transaction.update(
        key,
        expression.update(
            table.config().table(),
            key,
            "#seq = :expected AND #applied = :expected AND #owner = :owner"));
  }

  private void count(Transaction transaction, long logs) {
    var expression = new Transaction.Expression().set(LAST, logs).set(FORMAT, FORMAT_NOW);
    expression.value("expected", AttributeValue.fromN(Long.toString(lastLog)));
    String condition = "#last = :expected";
    if (lastLog == 0) {
      expression.name(DynamoDbTable.PARTITION_KEY);
      condition = "attribute_not_exists(#pk) OR " + condition;
    }
    transaction.update(
        Keys.lastLog(), expression.update(table.config().table(), Keys.lastLog(), condition));
  }

  private boolean isWritten() {
    return table
        .get(firstEntry(works.getFirst()).key())
        .filter(entry -> LogItems.written(entry).attempt().equals(attempt))
        .isPresent();
  }

  /** Does the rest: writes what was laid ready, and lets it be read. */
  void settle(Settling settling) {
    if (!unanswered.isEmpty()) {
      settling.waitFor(unanswered, works);
    }
    if (staged > 0) {
      table.put(items());
    }
    table.each(
        works,
        work -> {
          settling.apply(work.graph(), work.after());
          return work;
        });
    if (staged > 0) {
      new Staging(table).delete(attempt, staged);
    }
  }
}
