package dev.knowledgegraph.storage.dynamodb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The requests this storage makes, each sent again while it fails for now. All reads are strongly
 * consistent. What is written here may be written any number of times; what may not is a {@link
 * Transaction}.
 */
final class Table implements AutoCloseable {
  private static final Map<String, String> KEY_NAMES =
      Map.of("#p", DynamoDbTable.PARTITION_KEY, "#s", DynamoDbTable.SORT_KEY);
  private static final int GET_AT_ONCE = 100;
  private static final int WRITE_AT_ONCE = 25;

  /** A request has 16 MB at most; items are counted a little smaller than they are sent. */
  private static final int WRITE_BYTES = 8 << 20;

  private final DynamoDbClient client;
  private final DynamoDbStorageConfig config;
  private final Patience patience;
  private final Parallel parallel;
  private final int mostDirect;

  /**
   * A table, as a client sees it.
   *
   * @param mostDirect what takes more operations is laid ready, instead of being written with one
   *     transaction; at most {@value Transaction#MOST}
   */
  Table(DynamoDbClient client, DynamoDbStorageConfig config, int mostDirect) {
    this.client = client;
    this.config = config;
    this.mostDirect = mostDirect;
    this.patience = new Patience(config);
    this.parallel = new Parallel(config.threads());
  }

  DynamoDbClient client() {
    return client;
  }

  DynamoDbStorageConfig config() {
    return config;
  }

  int mostDirect() {
    return mostDirect;
  }

  Patience patience() {
    return patience;
  }

  /** What {@code work}, which must not ask for the same, makes of each, at the same time. */
  <A, B> List<B> each(Collection<A> all, Function<A, B> work) {
    return all.isEmpty() ? List.of() : parallel.map(all, work);
  }

  // Reads.

  Optional<Item> get(Key key) {
    var answer =
        patience.ask(
            () ->
                client.getItem(
                    get -> get.tableName(config.table()).consistentRead(true).key(key.values())));
    return answer.hasItem() ? Optional.of(Item.of(answer.item())) : Optional.empty();
  }

  /** Those of the keys that are there, whole. */
  Map<Key, Item> get(Collection<Key> keys) {
    return get(keys, false);
  }

  /** Those of the keys that are there, without what they hold. */
  Map<Key, Item> find(Collection<Key> keys) {
    return get(keys, true);
  }

  private Map<Key, Item> get(Collection<Key> keys, boolean keysOnly) {
    var found = new HashMap<Key, Item>();
    var distinct = List.copyOf(new LinkedHashSet<>(keys));
    for (List<Item> items : each(parts(distinct, GET_AT_ONCE), part -> getAtOnce(part, keysOnly))) {
      items.forEach(item -> found.put(item.key(), item));
    }
    return found;
  }

  private List<Item> getAtOnce(List<Key> keys, boolean keysOnly) {
    var wanted =
        KeysAndAttributes.builder()
            .consistentRead(true)
            .keys(keys.stream().map(Key::values).toList());
    if (keysOnly) {
      wanted.projectionExpression("#p, #s").expressionAttributeNames(KEY_NAMES);
    }
    var left = Map.of(config.table(), wanted.build());
    var found = new ArrayList<Item>();
    for (int tries = 1; !left.isEmpty(); tries++) {
      if (tries > 1) {
        patience.pause(tries - 1);
      }
      var asked = left;
      var answer = patience.ask(() -> client.batchGetItem(get -> get.requestItems(asked)));
      int before = found.size();
      answer
          .responses()
          .getOrDefault(config.table(), List.of())
          .forEach(each -> found.add(Item.of(each)));
      left = answer.unprocessedKeys();
      // What makes progress may go on as long as it takes.
      tries = found.size() > before ? 1 : tries;
      failIfOver(tries);
    }
    return found;
  }

  private void failIfOver(int tries) {
    if (patience.isOver(tries)) {
      throw new dev.knowledgegraph.error.StorageException(
          "STORE_UNAVAILABLE", "the table takes no more requests now", true, null);
    }
  }

  /** All items of a range, in memory. */
  List<Item> query(Range range) {
    var found = new ArrayList<Item>();
    pages(range, null, found::addAll);
    return found;
  }

  /** The pages of several ranges; the first ones are read at the same time. */
  void pages(List<Range> ranges, Consumer<List<Item>> action) {
    List<QueryResponse> firsts = each(ranges, range -> page(range, null));
    for (int i = 0; i < ranges.size(); i++) {
      pages(ranges.get(i), firsts.get(i), action);
    }
  }

  private void pages(Range range, @Nullable QueryResponse first, Consumer<List<Item>> action) {
    QueryResponse page = first == null ? page(range, null) : first;
    int seen = 0;
    while (true) {
      seen += page.items().size();
      action.accept(page.items().stream().map(Item::of).toList());
      if (!page.hasLastEvaluatedKey()
          || page.lastEvaluatedKey().isEmpty()
          || (range.limit() > 0 && seen >= range.limit())) {
        return;
      }
      page = page(range, page.lastEvaluatedKey());
    }
  }

  private QueryResponse page(Range range, @Nullable Map<String, AttributeValue> after) {
    var request = range.request(config.table());
    if (after != null) {
      request.exclusiveStartKey(after);
    }
    return patience.ask(() -> client.query(request.build()));
  }

  /** The keys of everything in the table, in any order. */
  void everyKey(Consumer<List<Key>> action) {
    Map<String, AttributeValue> after = Map.of();
    do {
      var from = after;
      var page =
          patience.ask(
              () ->
                  client.scan(
                      scan -> {
                        scan.tableName(config.table())
                            .consistentRead(true)
                            .projectionExpression("#p, #s")
                            .expressionAttributeNames(KEY_NAMES);
                        if (!from.isEmpty()) {
                          scan.exclusiveStartKey(from);
                        }
                      }));
      action.accept(page.items().stream().map(Key::of).toList());
      after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
    } while (!after.isEmpty());
  }

  // Writes.

  /** Writes items, in any order and not at once. */
  void put(Collection<Item> items) {
    var requests =
        items.stream()
            .map(
                item ->
                    new Sized(
                        item.size(),
                        WriteRequest.builder().putRequest(put -> put.item(item.all())).build()))
            .toList();
    write(requests);
  }

  /** Deletes items, in any order and not at once. */
  void delete(Collection<Key> keys) {
    write(
        keys.stream()
            .map(
                key ->
                    new Sized(
                        0,
                        WriteRequest.builder()
                            .deleteRequest(delete -> delete.key(key.values()))
                            .build()))
            .toList());
  }

  private record Sized(int bytes, WriteRequest request) {}

  private void write(List<Sized> requests) {
    var batches = new ArrayList<List<WriteRequest>>();
    var batch = new ArrayList<WriteRequest>();
    long bytes = 0;
    for (Sized each : requests) {
      if (batch.size() == WRITE_AT_ONCE || (!batch.isEmpty() && bytes + each.bytes > WRITE_BYTES)) {
        batches.add(List.copyOf(batch));
        batch.clear();
        bytes = 0;
      }
      batch.add(each.request);
      bytes += each.bytes;
    }
    if (!batch.isEmpty()) {
      batches.add(List.copyOf(batch));
    }
    each(
        batches,
        part -> {
          writeAtOnce(part);
          return part.size();
        });
  }

  private void writeAtOnce(List<WriteRequest> requests) {
    List<WriteRequest> left = requests;
    for (int tries = 1; !left.isEmpty(); tries++) {
      if (tries > 1) {
        patience.pause(tries - 1);
      }
      var asked = Map.of(config.table(), left);
      var answer = patience.ask(() -> client.batchWriteItem(write -> write.requestItems(asked)));
      List<WriteRequest> still = answer.unprocessedItems().getOrDefault(config.table(), List.of());
      tries = still.size() < left.size() ? 1 : tries;
      left = still;
      failIfOver(tries);
    }
  }

  void put(Item item) {
    patience.ask(() -> client.putItem(put -> put.tableName(config.table()).item(item.all())));
  }

  /** Carries out an update, any number of times; false if its condition does not hold. */
  boolean update(Update update) {
    return patience.ask(
        () -> {
          try {
            client.updateItem(
                request ->
                    request
                        .tableName(update.tableName())
                        .key(update.key())
                        .updateExpression(update.updateExpression())
                        .conditionExpression(update.conditionExpression())
                        .expressionAttributeNames(update.expressionAttributeNames())
                        .expressionAttributeValues(update.expressionAttributeValues()));
            return true;
          } catch (ConditionalCheckFailedException e) {
            return false;
          }
        });
  }

  private static <T> List<List<T>> parts(List<T> all, int size) {
    var parts = new ArrayList<List<T>>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return parts;
  }

  @Override
  public void close() {
    parallel.close();
  }
}
