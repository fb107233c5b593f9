package dev.knowledgegraph.lambda;

import dev.knowledgegraph.functions.WsConnect;

/**
 * {@value dev.knowledgegraph.functions.FunctionNames#WS_CONNECT} on Lambda, behind the route
 * {@value LambdaNames#CONNECT_ROUTE}: {@link WsConnect}. Who it is comes from the authorizer.
 * Answers 200, 401 if nobody is known, 403 if the id is somebody else's, 410 if the connection has
 * ended.
 */
public final class WsConnectHandler extends SocketHandler {
  private final WsConnect connect;

  /**
   * Opens what the environment variables of {@link LambdaNames} say, once per process.
   *
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public WsConnectHandler() {
    this(FunctionEnvironment.ofProcess());
  }

  WsConnectHandler(FunctionEnvironment environment) {
    super(SocketRequest.Kind.CONNECT);
    this.connect = environment.wsConnect();
  }

  @Override
  int status(SocketRequest request) {
    return switch (connect.handle(request.caller(), request.connection(), request.since())) {
      case WELCOME -> OK;
      case UNAUTHENTICATED -> UNAUTHORIZED;
      case FORBIDDEN -> FORBIDDEN;
      case GONE -> GONE;
    };
  }
}
