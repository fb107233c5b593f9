package dev.knowledgegraph.lambda;

import dev.knowledgegraph.functions.WsDisconnect;

/**
 * {@value dev.knowledgegraph.functions.FunctionNames#WS_DISCONNECT} on Lambda, behind the route
 * {@value LambdaNames#DISCONNECT_ROUTE}: {@link WsDisconnect}. Answers 200.
 */
public final class WsDisconnectHandler extends SocketHandler {
  private final WsDisconnect disconnect;

  /**
   * Opens what the environment variables of {@link LambdaNames} say, once per process.
   *
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public WsDisconnectHandler() {
    this(FunctionEnvironment.ofProcess());
  }

  WsDisconnectHandler(FunctionEnvironment environment) {
    super(SocketRequest.Kind.DISCONNECT);
    this.disconnect = environment.wsDisconnect();
  }

  @Override
  int status(SocketRequest request) {
    disconnect.handle(request.connection());
    return OK;
  }
}
