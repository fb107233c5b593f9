package dev.knowledgegraph.storage.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client over another one that sees every request on its way. */
abstract class ClientDecorator implements InvocationHandler {
  private final DynamoDbClient below;

  ClientDecorator(DynamoDbClient below) {
    this.below = below;
  }

  final DynamoDbClient below() {
    return below;
  }

  final DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            ClientDecorator.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, this);
  }

  @Override
  public final Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (args != null && args[0] instanceof SdkRequest request) {
      return answer(method, request);
    }
    // The forms that take a builder make a request, and come back with it.
    return method.isDefault() && args != null
        ? InvocationHandler.invokeDefault(proxy, method, args)
        : method.invoke(below, args);
  }

  /** What a request is answered. */
  abstract Object answer(Method method, SdkRequest request) throws Throwable;

  /** Sends a request on. */
  final Object call(Method method, Object request) throws Throwable {
    try {
      return method.invoke(below, request);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
