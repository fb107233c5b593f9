package dev.knowledgegraph.lambda;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.functions.Connection;
import dev.knowledgegraph.functions.ConnectionStore;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.storage.dynamodb.DynamoDbTable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Connections in a table of DynamoDB with the keys of {@link DynamoDbTable}. All writes are
 * conditional, all reads strongly consistent; what the service has not deleted yet does not count
 * when it has expired.
 *
 * <p>Three kinds of items, as {@link ConnectionKeys} has them: of each connection whose it is, or
 * that it is over; of each owner the open ones; and of each connection of an owner the events that
 * it had or that somebody is sending. The first is the only one without the owner in its key, for
 * who tells that a connection is over may know nothing but its id; its owner is compared wherever
 * it is read.
 *
 * <p>A put is a transaction of two items, an end two writes, a claim one, a count and a page one
 * query. What was remembered of events goes by itself when the connection has expired.
 */
public final class DynamoDbConnectionStore implements ConnectionStore {
  private static final int TRIES = 20;
  private static final String FREE = "attribute_not_exists(#p) OR #expires <= :now";

  private final DynamoDbClient client;
  private final String table;
  private final Clock clock;
  private final boolean closesClient;

  private DynamoDbConnectionStore(
      DynamoDbClient client, String table, Clock clock, boolean closesClient) {
    this.client = client;
    this.table = table;
    this.clock = clock;
    this.closesClient = closesClient;
  }

  /** Opens the connections in a table, which must be there; who made the client closes it. */
  public static DynamoDbConnectionStore open(DynamoDbClient client, String table, Clock clock) {
    return new DynamoDbConnectionStore(client, table, clock, false);
  }

  /** The same, which closes the client with itself. */
  static DynamoDbConnectionStore owning(DynamoDbClient client, String table, Clock clock) {
    return new DynamoDbConnectionStore(client, table, clock, true);
  }

  @Override
  public Put put(Connection connection) {
    for (int i = 0; i < TRIES; i++) {
      var state = state(connection.id());
      if (state.isPresent()) {
        return state.get().put(connection.owner());
      }
      if (connection.isExpired(clock.instant()) || add(connection)) {
        return Put.STORED;
      }
    }
    throw busy();
  }

  /** False if somebody else put or ended one of this id meanwhile. */
  private boolean add(Connection connection) {
    var state = new HashMap<>(ConnectionKeys.state(connection.id()));
    state.putAll(ConnectionKeys.attributes(connection));
    var open = new HashMap<>(ConnectionKeys.open(connection.owner(), connection.id()));
    open.putAll(ConnectionKeys.attributes(connection));
    var condition =
        put(state)
            .conditionExpression(FREE)
            .expressionAttributeNames(ConnectionKeys.names("#p", "#expires"))
            .expressionAttributeValues(now())
            .build();
    return DynamoDbTable.ask(
        () -> {
          try {
            client.transactWriteItems(
                write ->
                    write.transactItems(
                        TransactWriteItem.builder().put(condition).build(),
                        TransactWriteItem.builder().put(put(open).build()).build()));
            return true;
          } catch (TransactionCanceledException e) {
            return false;
          }
        });
  }

  private software.amazon.awssdk.services.dynamodb.model.Put.Builder put(
      Map<String, AttributeValue> item) {
    return software.amazon.awssdk.services.dynamodb.model.Put.builder().tableName(table).item(item);
  }

  @Override
  public Optional<UserId> end(String connection, Instant until) {
    ConnectionKeys.requireId(connection);
    for (int i = 0; i < TRIES; i++) {
      UserId owner = state(connection).flatMap(ConnectionState::owner).orElse(null);
      if (owner == null ? endUnknown(connection, until) : endKnown(connection, owner, until)) {
        if (owner != null) {
          delete(ConnectionKeys.open(owner, connection));
        }
        return Optional.ofNullable(owner);
      }
    }
    throw busy();
  }

  private boolean endUnknown(String connection, Instant until) {
    var item = new HashMap<>(ConnectionKeys.state(connection));
    item.put(ConnectionKeys.ENDED, AttributeValue.fromBool(true));
    item.put(DynamoDbTable.EXPIRES, ConnectionKeys.seconds(until));
    return unlessRefused(
        () ->
            client.putItem(
                put ->
                    put.tableName(table)
                        .item(item)
                        .conditionExpression(FREE + " OR attribute_not_exists(#owner)")
                        .expressionAttributeNames(ConnectionKeys.names("#p", "#expires", "#owner"))
                        .expressionAttributeValues(now())));
  }

  private boolean endKnown(String connection, UserId owner, Instant until) {
    return unlessRefused(
        () ->
            client.updateItem(
                update ->
                    update
                        .tableName(table)
                        .key(ConnectionKeys.state(connection))
                        .updateExpression("SET #ended = :true, #expires = :until")
                        .conditionExpression("#owner = :owner")
                        .expressionAttributeNames(
                            ConnectionKeys.names("#ended", "#expires", "#owner"))
                        .expressionAttributeValues(
                            Map.of(
                                ":true", AttributeValue.fromBool(true),
                                ":until", ConnectionKeys.seconds(until),
                                ":owner", AttributeValue.fromS(owner.value())))));
  }

  /** What is known of an id; empty if nothing, or if that has expired. */
  private Optional<ConnectionState> state(String connection) {
    var answer =
        DynamoDbTable.ask(
            () ->
                client.getItem(
                    get ->
                        get.tableName(table)
                            .consistentRead(true)
                            .key(ConnectionKeys.state(connection))));
    return answer.hasItem() ? ConnectionState.of(answer.item(), clock.instant()) : Optional.empty();
  }

  @Override
  public List<Connection> of(UserId owner, @Nullable String after, int limit) {
    var found = new ArrayList<Connection>();
    var from = after == null ? Map.<String, AttributeValue>of() : ConnectionKeys.open(owner, after);
    do {
      var start = from;
      var page =
          DynamoDbTable.ask(
              () ->
                  client.query(
                      query ->
                          query
                              .tableName(table)
                              .consistentRead(true)
                              .limit(limit)
                              .exclusiveStartKey(start.isEmpty() ? null : start)
                              .keyConditionExpression("#p = :p")
                              .filterExpression("#expires > :now")
                              .expressionAttributeNames(ConnectionKeys.names("#p", "#expires"))
                              .expressionAttributeValues(openOf(owner))));
      page.items().forEach(item -> found.add(ConnectionKeys.connection(owner, item)));
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
    } while (!from.isEmpty() && found.size() < limit);
    return List.copyOf(found.subList(0, Math.min(limit, found.size())));
  }

  @Override
  public long count(UserId owner) {
    long count = 0;
    Map<String, AttributeValue> from = Map.of();
    do {
      var start = from;
      var page =
          DynamoDbTable.ask(
              () ->
                  client.query(
                      query ->
                          query
                              .tableName(table)
                              .consistentRead(true)
                              .select(Select.COUNT)
                              .exclusiveStartKey(start.isEmpty() ? null : start)
                              .keyConditionExpression("#p = :p")
                              .filterExpression("#expires > :now")
                              .expressionAttributeNames(ConnectionKeys.names("#p", "#expires"))
                              .expressionAttributeValues(openOf(owner))));
      count += page.count();
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
    } while (!from.isEmpty());
    return count;
  }

  private Map<String, AttributeValue> openOf(UserId owner) {
    var values = new HashMap<>(now());
    values.put(":p", ConnectionKeys.openPartition(owner));
    return values;
  }

  @Override
  public Claim claim(Connection connection, String event, Instant until) {
    var values = new HashMap<>(now());
    values.put(":millis", ConnectionKeys.millis(clock.instant()));
    values.put(":until", ConnectionKeys.millis(until));
    values.put(":expires", ConnectionKeys.seconds(connection.expires()));
    return DynamoDbTable.ask(
        () -> {
          try {
            client.updateItem(
                update ->
                    update
                        .tableName(table)
                        .key(ConnectionKeys.sent(connection, event))
                        .updateExpression("SET #claimed = :until, #expires = :expires")
                        .conditionExpression(FREE + " OR #claimed <= :millis")
                        .expressionAttributeNames(
                            ConnectionKeys.names("#p", "#claimed", "#expires"))
                        .expressionAttributeValues(values)
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return Claim.GOT;
          } catch (ConditionalCheckFailedException e) {
            return e.hasItem() && !e.item().containsKey(ConnectionKeys.CLAIMED)
                ? Claim.HAD
                : Claim.BUSY;
          }
        });
  }

  @Override
  public void sent(Connection connection, String event) {
    DynamoDbTable.ask(
        () ->
            client.updateItem(
                update ->
                    update
                        .tableName(table)
                        .key(ConnectionKeys.sent(connection, event))
                        .updateExpression("SET #expires = :expires REMOVE #claimed")
                        .expressionAttributeNames(ConnectionKeys.names("#claimed", "#expires"))
                        .expressionAttributeValues(
                            Map.of(":expires", ConnectionKeys.seconds(connection.expires())))));
  }

  @Override
  public void giveBack(Connection connection, String event, Instant until) {
    unlessRefused(
        () ->
            client.deleteItem(
                delete ->
                    delete
                        .tableName(table)
                        .key(ConnectionKeys.sent(connection, event))
                        .conditionExpression("#claimed = :until")
                        .expressionAttributeNames(ConnectionKeys.names("#claimed"))
                        .expressionAttributeValues(
                            Map.of(":until", ConnectionKeys.millis(until)))));
  }

  private void delete(Map<String, AttributeValue> key) {
    DynamoDbTable.ask(() -> client.deleteItem(delete -> delete.tableName(table).key(key)));
  }

  private Map<String, AttributeValue> now() {
    return Map.of(":now", AttributeValue.fromN(Long.toString(clock.instant().getEpochSecond())));
  }

  /** False if the condition of a write does not hold, or a transaction was in its way. */
  private boolean unlessRefused(Runnable write) {
    return DynamoDbTable.ask(
        () -> {
          try {
            write.run();
            return true;
          } catch (ConditionalCheckFailedException | TransactionConflictException e) {
            return false;
          }
        });
  }

  private static ConflictException busy() {
    return new ConflictException("others changed the connection again and again");
  }

  @Override
  public void close() {
    if (closesClient) {
      client.close();
    }
  }
}
