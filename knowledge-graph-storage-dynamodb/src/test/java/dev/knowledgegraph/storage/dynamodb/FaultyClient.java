package dev.knowledgegraph.storage.dynamodb;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A client whose requests fail at random, of a seed, as those to the service may: refused for now,
 * lost on the way there, carried out and the answer lost, carried out late, or only in part. And it
 * can die: from one request on nothing arrives any more.
 */
final class FaultyClient extends ClientDecorator {
  /** What can happen to a request. */
  enum Fault {
    THROTTLED,
    CONFLICT,
    LOST_BEFORE,
    LOST_AFTER,
    LATE,
    PARTIAL
  }

  /** That the process is gone: an error, for nobody may go on after it. */
  static final class Dead extends Error {
    private static final long serialVersionUID = 1;
  }

  private final Random random;
  private final int percent;
  private final Map<Fault, Integer> seen = new EnumMap<>(Fault.class);
  private int requestsToLive = Integer.MAX_VALUE;
  private @Nullable Runnable late;

  FaultyClient(DynamoDbClient below, Random random, int percent) {
    super(below);
    this.random = random;
    this.percent = percent;
  }

  /** Lets only so many requests through. */
  synchronized void dieAfter(int requests) {
    requestsToLive = requests;
  }

  /** How often each fault has happened. */
  synchronized Map<Fault, Integer> seen() {
    return Map.copyOf(seen);
  }

  // One at a time, so that a seed says all that happens.
  @Override
  synchronized Object answer(Method method, SdkRequest request) throws Throwable {
    if (requestsToLive-- <= 0) {
      throw new Dead();
    }
    deliverLate();
    boolean isTransaction = request instanceof TransactWriteItemsRequest;
    Object sent =
        isTransaction && random.nextBoolean()
            ? withoutToken((TransactWriteItemsRequest) request)
            : request;
    Fault fault = fault(isTransaction, request);
    if (fault == null) {
      return call(method, sent);
    }
    seen.merge(fault, 1, Integer::sum);
    return switch (fault) {
      case THROTTLED -> throw throttled(isTransaction);
      case CONFLICT -> throw conflict();
      case LOST_BEFORE -> throw lost();
      case LOST_AFTER -> {
        callAndForget(method, sent);
        throw lost();
      }
      case LATE -> {
        late = () -> callAndForget(method, sent);
        throw lost();
      }
      case PARTIAL -> partly(method, sent);
    };
  }

  private @Nullable Fault fault(boolean isTransaction, Object request) {
    if (random.nextInt(100) >= percent) {
      return null;
    }
    boolean isBatch =
        request instanceof BatchGetItemRequest || request instanceof BatchWriteItemRequest;
    var possible =
        isTransaction
            ? List.of(
                Fault.THROTTLED, Fault.CONFLICT, Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.LATE)
            : isBatch
                ? List.of(
                    Fault.THROTTLED,
                    Fault.LOST_BEFORE,
                    Fault.LOST_AFTER,
                    Fault.PARTIAL,
                    Fault.PARTIAL)
                : List.of(Fault.THROTTLED, Fault.LOST_BEFORE, Fault.LOST_AFTER);
    return possible.get(random.nextInt(possible.size()));
  }

  // The service forgets a token after some minutes.
  private static TransactWriteItemsRequest withoutToken(TransactWriteItemsRequest request) {
    return request.toBuilder().clientRequestToken(null).build();
  }

  private void deliverLate() {
    Runnable waiting = late;
    if (waiting != null && random.nextInt(3) == 0) {
      late = null;
      waiting.run();
    }
  }

  private void callAndForget(Method method, Object request) {
    try {
      call(method, request);
    } catch (Throwable e) {
      // The answer is lost, whatever it was.
    }
  }

  private Object partly(Method method, Object request) throws Throwable {
    if (request instanceof BatchGetItemRequest get) {
      return getPartly(method, get);
    }
    return writePartly(method, (BatchWriteItemRequest) request);
  }

  private Object getPartly(Method method, BatchGetItemRequest request) throws Throwable {
    String table = request.requestItems().keySet().iterator().next();
    KeysAndAttributes asked = request.requestItems().values().iterator().next();
    List<Map<String, AttributeValue>> keys = shuffled(asked.keys());
    int done = random.nextInt(keys.size());
    var left = Map.of(table, asked.toBuilder().keys(keys.subList(done, keys.size())).build());
    if (done == 0) {
      return BatchGetItemResponse.builder().responses(Map.of()).unprocessedKeys(left).build();
    }
    var part =
        request.toBuilder()
            .requestItems(Map.of(table, asked.toBuilder().keys(keys.subList(0, done)).build()))
            .build();
    var answer = (BatchGetItemResponse) call(method, part);
    return answer.toBuilder().unprocessedKeys(left).build();
  }

  private Object writePartly(Method method, BatchWriteItemRequest request) throws Throwable {
    String table = request.requestItems().keySet().iterator().next();
    List<WriteRequest> writes = shuffled(request.requestItems().values().iterator().next());
    int done = random.nextInt(writes.size());
    var left = Map.of(table, writes.subList(done, writes.size()));
    if (done > 0) {
      call(
          method, request.toBuilder().requestItems(Map.of(table, writes.subList(0, done))).build());
    }
    return BatchWriteItemResponse.builder().unprocessedItems(left).build();
  }

  private <T> List<T> shuffled(List<T> all) {
    var shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private RuntimeException throttled(boolean isTransaction) {
    return !isTransaction
        ? ProvisionedThroughputExceededException.builder().message("too much").build()
        : random.nextBoolean()
            ? cancelled("ThrottlingError")
            : TransactionInProgressException.builder().message("wait").build();
  }

  private static RuntimeException conflict() {
    return cancelled("TransactionConflict");
  }

  private static RuntimeException cancelled(String code) {
    return TransactionCanceledException.builder()
        .message("cancelled")
        .cancellationReasons(
            CancellationReason.builder().code("None").build(),
            CancellationReason.builder().code(code).build())
        .build();
  }

  private static RuntimeException lost() {
    return SdkClientException.create("lost", new IOException("connection reset"));
  }
}
