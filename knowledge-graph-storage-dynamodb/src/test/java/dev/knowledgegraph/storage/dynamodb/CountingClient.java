package dev.knowledgegraph.storage.dynamodb;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A client that counts requests and units. */
final class CountingClient extends ClientDecorator {
  private final Map<String, Integer> requests = new TreeMap<>();
  private double readUnits;
  private double writeUnits;

  CountingClient(DynamoDbClient below) {
    super(below);
  }

  /**
   * What was asked.
   *
   * @param requests how many, by operation
   */
  record Cost(Map<String, Integer> requests, double readUnits, double writeUnits) {
    int total() {
      return requests.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** What was asked since the last time. */
  synchronized Cost take() {
    var cost = new Cost(Map.copyOf(new TreeMap<>(requests)), readUnits, writeUnits);
    requests.clear();
    readUnits = 0;
    writeUnits = 0;
    return cost;
  }

  @Override
  Object answer(Method method, SdkRequest request) throws Throwable {
    Object answer = call(method, telling(request));
    count(method.getName(), answer);
    if (request instanceof TransactWriteItemsRequest transaction) {
      countTransaction(transaction);
    }
    return answer;
  }

  private static SdkRequest telling(SdkRequest request) {
    var total = ReturnConsumedCapacity.TOTAL;
    return switch (request) {
      case GetItemRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
      case BatchGetItemRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
      case QueryRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
      case PutItemRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
      case UpdateItemRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
      case BatchWriteItemRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
      default -> request;
    };
  }

  private synchronized void count(String operation, Object answer) {
    requests.merge(operation, 1, Integer::sum);
    switch (answer) {
      case GetItemResponse r -> readUnits += units(r.consumedCapacity());
      case QueryResponse r -> readUnits += units(r.consumedCapacity());
      case BatchGetItemResponse r ->
          readUnits += r.consumedCapacity().stream().mapToDouble(CountingClient::units).sum();
      case PutItemResponse r -> writeUnits += units(r.consumedCapacity());
      case UpdateItemResponse r -> writeUnits += units(r.consumedCapacity());
      case BatchWriteItemResponse r ->
          writeUnits += r.consumedCapacity().stream().mapToDouble(CountingClient::units).sum();
      default -> {}
    }
  }

  // The local stand-in counts one item of a transaction only. The service takes two units for each
  // kilobyte begun of each item; those that are updated here have less than one.
  private synchronized void countTransaction(TransactWriteItemsRequest transaction) {
    for (TransactWriteItem write : transaction.transactItems()) {
      int bytes = write.put() == null ? 1 : Item.of(write.put().item()).size();
      writeUnits += 2 * Math.ceilDiv(bytes, 1_024);
    }
  }

  private static double units(ConsumedCapacity consumed) {
    return consumed == null || consumed.capacityUnits() == null ? 0 : consumed.capacityUnits();
  }
}
