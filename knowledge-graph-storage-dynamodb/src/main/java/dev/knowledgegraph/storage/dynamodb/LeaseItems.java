package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.spi.Lease;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Leases, an item each. */
final class LeaseItems {
  private static final String HOLDER = "holder";
  private static final String TERM = "term";

  private LeaseItems() {}

  static Lease read(Table table, String name) {
    return table
        .get(Keys.lease(name))
        .map(item -> new Lease(item.text(HOLDER), item.number(TERM)))
        .orElse(Lease.NONE);
  }

  static boolean replace(Table table, String name, Lease expected, Lease next) {
    var expression =
        new Transaction.Expression()
            .set("name", AttributeValue.fromS(name))
            .set(HOLDER, AttributeValue.fromS(next.holder()))
            .set(TERM, next.term());
    String condition = "attribute_not_exists(#term)";
    if (!expected.equals(Lease.NONE)) {
      expression
          .value("was", AttributeValue.fromS(expected.holder()))
          .value("since", AttributeValue.fromN(Long.toString(expected.term())));
      condition = "#holder = :was AND #term = :since";
    }
    return table.update(expression.update(table.config().table(), Keys.lease(name), condition));
  }
}
