package dev.knowledgegraph.lambda;

import dev.knowledgegraph.functions.ConnectionStore.Put;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.storage.dynamodb.DynamoDbTable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What is known of the id of a connection: whose it is, if anybody put it, and whether it ended.
 */
record ConnectionState(Optional<UserId> owner, boolean hasEnded) {
  /** Empty if it has expired. */
  static Optional<ConnectionState> of(Map<String, AttributeValue> item, Instant now) {
    AttributeValue expires = item.get(DynamoDbTable.EXPIRES);
    if (expires == null || Long.parseLong(expires.n()) <= now.getEpochSecond()) {
      return Optional.empty();
    }
    return Optional.of(
        new ConnectionState(
            Optional.ofNullable(item.get(ConnectionKeys.OWNER))
                .map(AttributeValue::s)
                .map(UserId::of),
            item.containsKey(ConnectionKeys.ENDED)));
  }

  /** What becomes of a connection of this id that an owner puts. */
  Put put(UserId other) {
    if (owner.isPresent() && !owner.get().equals(other)) {
      return Put.TAKEN;
    }
    return hasEnded ? Put.ENDED : Put.STORED;
  }
}
