package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.event.StreamId;
import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.DeadLetter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The items of dead letters, one for each, in the order of their places. They are written in
 * transactions; of more than {@value Transaction#MOST} the first ones may be there alone after a
 * failure, which parking them again puts right.
 */
final class DeadLetterItems {
  private static final String SUBSCRIBER = "subscriber";
  private static final String SEQUENCE = "sequence";
  private static final String INDEX = "index";
  private static final String STREAM = "stream";
  private static final String ATTEMPTS = "attempts";
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final String REASON = "reason";
  private static final String DISCARDED = "discarded";

  private DeadLetterItems() {}

  static void park(Table table, String subscriber, GraphRef graph, List<DeadLetter> letters) {
    write(table, letters, (letter, to) -> to.put(item(subscriber, graph, letter)));
  }

  static void unpark(
      Table table, String subscriber, GraphRef graph, Collection<EventPlace> places) {
    write(
        table,
        List.copyOf(places),
        (place, to) -> to.delete(Keys.deadLetter(subscriber, graph, place)));
  }

  private static <T> void write(Table table, List<T> all, BiConsumer<T, Transaction> operation) {
    for (int from = 0; from < all.size(); from += Transaction.MOST) {
      var transaction = new Transaction(table.config().table());
      all.subList(from, Math.min(all.size(), from + Transaction.MOST))
          .forEach(each -> operation.accept(each, transaction));
      // Carried out twice it does the same, so what is unclear is done again.
      transaction.commit(table, UUID.randomUUID().toString(), () -> false);
    }
  }

  static List<DeadLetter> read(
      Table table, String subscriber, GraphRef graph, @Nullable EventPlace after, int limit) {
    Range range =
        after == null
            ? Keys.deadLetters(subscriber, graph)
            : Keys.deadLetters(subscriber, graph, after);
    return table.query(range.first(limit)).stream().map(DeadLetterItems::letter).toList();
  }

  static List<String> subscribers(Table table, GraphRef graph) {
    var names = new ArrayList<String>();
    table.pages(
        List.of(Range.all(Keys.deadLetters(graph)).only(List.of(SUBSCRIBER))),
        page -> page.forEach(item -> names.add(item.text(SUBSCRIBER))));
    return names.stream().distinct().toList();
  }

  private static Item item(String subscriber, GraphRef graph, DeadLetter letter) {
    return Item.at(Keys.deadLetter(subscriber, graph, letter.place()))
        .text(SUBSCRIBER, subscriber)
        .number(SEQUENCE, letter.place().sequence())
        .number(INDEX, letter.place().index())
        .text(STREAM, letter.stream().value())
        .number(ATTEMPTS, letter.attempts())
        .number(FIRST, LogFormat.micros(letter.first()))
        .number(LAST, LogFormat.micros(letter.last()))
        .text(REASON, letter.reason())
        .text(DISCARDED, letter.discarded());
  }

  private static DeadLetter letter(Item item) {
    return new DeadLetter(
        new EventPlace(item.number(SEQUENCE), Math.toIntExact(item.number(INDEX))),
        new StreamId(item.text(STREAM)),
        Math.toIntExact(item.number(ATTEMPTS)),
        LogFormat.instant(item.number(FIRST)),
        LogFormat.instant(item.number(LAST)),
        item.text(REASON),
        item.text(DISCARDED));
  }
}
