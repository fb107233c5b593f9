package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Writes that happen together or not at all, each under its condition. For one thread. */
final class Transaction {
  /** The most operations the service takes. */
  static final int MOST = 100;

  private static final String REFUSED = "ConditionalCheckFailed";
  private static final Set<String> FOR_NOW =
      Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  private final String table;
  private final Map<Key, TransactWriteItem> operations = new LinkedHashMap<>();
  private long bytes;
  private boolean isAnswered;

  Transaction(String table) {
    this.table = table;
  }

  int size() {
    return operations.size();
  }

  /** About how many bytes it writes. */
  long bytes() {
    return bytes;
  }

  /**
   * Whether the service said that it is carried out. Only then all it wrote shows; what was looked
   * up may show in part.
   */
  boolean isAnswered() {
    return isAnswered;
  }

  /** The items it writes. */
  Set<Key> keys() {
    return operations.keySet();
  }

  /** Writes an item, whatever is there. */
  void put(Item item) {
    bytes += item.size();
    add(
        item.key(),
        TransactWriteItem.builder().put(put -> put.tableName(table).item(item.all())).build());
  }

  /** Writes an item where none is. */
  void create(Item item) {
    put(item, "attribute_not_exists(#p)", Map.of("#p", DynamoDbTable.PARTITION_KEY), Map.of());
  }

  /** Writes an item if a condition holds for what is there. */
  void put(
      Item item,
      String condition,
      Map<String, String> names,
      Map<String, AttributeValue> conditionValues) {
    bytes += item.size();
    add(
        item.key(),
        TransactWriteItem.builder()
            .put(
                put -> {
                  put.tableName(table)
                      .item(item.all())
                      .conditionExpression(condition)
                      .expressionAttributeNames(names);
                  if (!conditionValues.isEmpty()) {
                    put.expressionAttributeValues(conditionValues);
                  }
                })
            .build());
  }

  void update(Key key, Update update) {
    bytes += 1_024;
    add(key, TransactWriteItem.builder().update(update).build());
  }

  /** Deletes an item, if there is one. */
  void delete(Key key) {
    bytes += 1_024;
    add(key, TransactWriteItem.builder().delete(d -> d.tableName(table).key(key.values())).build());
  }

  private void add(Key key, TransactWriteItem operation) {
    // The service refuses it; the local stand-in does not.
    if (operations.put(key, operation) != null) {
      throw new IllegalStateException("two operations on one item");
    }
  }

  /**
   * Carries it out, once.
   *
   * @param token the same for the same transaction
   * @param isDone looks whether it was carried out, when an answer was lost
   * @return the items whose conditions did not hold, nothing was written then; none if all is
   * @throws StorageException if it was not carried out, or, with code STORE_OUTCOME_UNKNOWN, if
   *     nobody can say whether it was
   */
  Set<Key> commit(Table on, String token, BooleanSupplier isDone) {
    boolean isUnclear = false;
    for (int tries = 1; ; tries++) {
      SdkException failure;
      try {
        var all = new ArrayList<>(operations.values());
        on.client().transactWriteItems(write -> write.transactItems(all).clientRequestToken(token));
        isAnswered = true;
        return Set.of();
      } catch (TransactionCanceledException e) {
        Set<Key> refused = refused(e);
        if (!refused.isEmpty()) {
          // By what an earlier try wrote, perhaps, or one that the client made by itself.
          return isDone.getAsBoolean() ? Set.of() : refused;
        }
        if (!isForNow(e)) {
          throw Failures.translate(e);
        }
        failure = e;
      } catch (SdkException e) {
        if (!Failures.isForNow(e)) {
          throw Failures.translate(e);
        }
        isUnclear |= !Failures.isRefusedForNow(e);
        failure = e;
      }
      boolean isLast = on.patience().isOver(tries);
      if (!isLast) {
        on.patience().pause(tries);
      }
      if (isUnclear && isDone(isDone, failure)) {
        return Set.of();
      }
      if (isLast) {
        throw isUnclear ? unknown(failure) : Failures.translate(failure);
      }
    }
  }

  private static boolean isDone(BooleanSupplier isDone, SdkException failure) {
    try {
      return isDone.getAsBoolean();
    } catch (StorageException e) {
      StorageException unknown = unknown(failure);
      unknown.addSuppressed(e);
      throw unknown;
    }
  }

  private static StorageException unknown(SdkException cause) {
    return new StorageException(
        "STORE_OUTCOME_UNKNOWN",
        "the table did not answer: the commit was written, or was not",
        false,
        cause);
  }

  private Set<Key> refused(TransactionCanceledException e) {
    var refused = new LinkedHashSet<Key>();
    List<CancellationReason> reasons = e.cancellationReasons();
    int i = 0;
    for (Key key : operations.keySet()) {
      if (i < reasons.size() && REFUSED.equals(reasons.get(i).code())) {
        refused.add(key);
      }
      i++;
    }
    return refused;
  }

  private static boolean isForNow(TransactionCanceledException e) {
    return e.cancellationReasons().stream().anyMatch(reason -> FOR_NOW.contains(reason.code()));
  }

  /** Names and values of an update, which both must not be empty. */
  static final class Expression {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final List<String> assignments = new ArrayList<>();

    /** Sets an attribute. */
    Expression set(String name, AttributeValue value) {
      names.put("#" + name, name);
      values.put(":" + name, value);
      assignments.add("#" + name + " = :" + name);
      return this;
    }

    Expression set(String name, long value) {
      return set(name, AttributeValue.fromN(Long.toString(value)));
    }

    /** Adds to a number, which is 0 if it is not there. */
    Expression add(String name, long value) {
      names.put("#" + name, name);
      values.put(":" + name, AttributeValue.fromN(Long.toString(value)));
      values.put(":none", AttributeValue.fromN("0"));
      assignments.add("#" + name + " = if_not_exists(#" + name + ", :none) + :" + name);
      return this;
    }

    /** A value that only the condition names. */
    Expression value(String name, AttributeValue value) {
      values.put(":" + name, value);
      return this;
    }

    Expression name(String name) {
      names.put("#" + name, name);
      return this;
    }

    Update update(String table, Key key, String condition) {
      return Update.builder()
          .tableName(table)
          .key(key.values())
          .updateExpression("SET " + String.join(", ", assignments))
          .conditionExpression(condition)
          .expressionAttributeNames(names)
          .expressionAttributeValues(values)
          .build();
    }
  }
}
