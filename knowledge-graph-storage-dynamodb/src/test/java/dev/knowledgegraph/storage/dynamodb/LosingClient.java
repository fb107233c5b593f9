package dev.knowledgegraph.storage.dynamodb;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A client that remembers how items were before they were written, and can make some so again. */
final class LosingClient extends ClientDecorator {
  private record Before(Key key, Map<String, AttributeValue> item) {}

  private final String table;
  private final List<List<Before>> writes = new ArrayList<>();

  LosingClient(DynamoDbClient below, String table) {
    super(below);
    this.table = table;
  }

  @Override
  synchronized Object answer(Method method, SdkRequest request) throws Throwable {
    var before = written(request).map(this::before).toList();
    Object answer = call(method, request);
    if (!before.isEmpty()) {
      writes.add(before);
    }
    return answer;
  }

  private Before before(Key key) {
    var found = below().getItem(get -> get.tableName(table).consistentRead(true).key(key.values()));
    return new Before(key, found.hasItem() ? found.item() : Map.of());
  }

  private static Stream<Key> written(SdkRequest request) {
    return switch (request) {
      case PutItemRequest put -> Stream.of(Key.of(put.item()));
      case UpdateItemRequest update -> Stream.of(Key.of(update.key()));
      case TransactWriteItemsRequest all -> all.transactItems().stream().map(LosingClient::key);
      case BatchWriteItemRequest all ->
          all.requestItems().values().stream().flatMap(List::stream).map(LosingClient::key);
      default -> Stream.of();
    };
  }

  private static Key key(TransactWriteItem write) {
    return write.put() != null ? Key.of(write.put().item()) : Key.of(write.update().key());
  }

  private static Key key(WriteRequest write) {
    return write.putRequest() != null
        ? Key.of(write.putRequest().item())
        : Key.of(write.deleteRequest().key());
  }

  /** Loses some of what the last requests wrote; returns how many items. */
  synchronized int lose(Random random, int requests, int percent) {
    var oldest = new HashMap<Key, Before>();
    for (var write : writes.subList(Math.max(0, writes.size() - requests), writes.size())) {
      write.forEach(before -> oldest.putIfAbsent(before.key, before));
    }
    int lost = 0;
    for (Before before : oldest.values()) {
      if (random.nextInt(100) < percent) {
        lost++;
        restore(before);
      }
    }
    return lost;
  }

  private void restore(Before before) {
    if (before.item.isEmpty()) {
      below().deleteItem(delete -> delete.tableName(table).key(before.key.values()));
    } else {
      below().putItem(put -> put.tableName(table).item(before.item));
    }
  }
}
