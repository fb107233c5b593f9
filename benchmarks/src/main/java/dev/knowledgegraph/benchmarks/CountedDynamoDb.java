package dev.knowledgegraph.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Counts what a client of DynamoDB asks for, and the units that this takes. */
final class CountedDynamoDb implements InvocationHandler {
  private final DynamoDbClient below;
  private final LongAdder requests = new LongAdder();
  private final DoubleAdder units = new DoubleAdder();

  CountedDynamoDb(DynamoDbClient below) {
    this.below = below;
  }

  DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            CountedDynamoDb.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, this);
  }

  /** How many requests there were since the last time. */
  long takeRequests() {
    return requests.sumThenReset();
  }

  /** How many units, of reading and of writing, there were since the last time. */
  double takeUnits() {
    return units.sumThenReset();
  }

  @Override
  public Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments == null || !(arguments[0] instanceof SdkRequest request)) {
      return method.isDefault() && arguments != null
          ? InvocationHandler.invokeDefault(proxy, method, arguments)
          : call(method, arguments);
    }
    Object answer = call(method, new Object[] {telling(request)});
    requests.increment();
    if (request instanceof TransactWriteItemsRequest transaction) {
      // The stand-in counts one item of a transaction. The service takes two for each begun
      // kilobyte of each.
      units.add(2.0 * transaction.transactItems().size());
    } else if (answer instanceof SdkResponse response) {
      response.getValueForField("ConsumedCapacity", Object.class).ifPresent(this::add);
    }
    return answer;
  }

  private Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(below, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static SdkRequest telling(SdkRequest request) {
    var builder = request.toBuilder();
    for (SdkField<?> field : request.sdkFields()) {
      if (field.memberName().equals("ReturnConsumedCapacity")) {
        field.set(builder, ReturnConsumedCapacity.TOTAL.toString());
      }
    }
    return builder.build();
  }

  private void add(Object consumed) {
    switch (consumed) {
      case ConsumedCapacity one when one.capacityUnits() != null -> units.add(one.capacityUnits());
      case List<?> many -> many.forEach(this::add);
      default -> {}
    }
  }
}
