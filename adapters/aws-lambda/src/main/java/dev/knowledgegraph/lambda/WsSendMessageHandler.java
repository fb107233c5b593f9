package dev.knowledgegraph.lambda;

/**
 * {@value dev.knowledgegraph.functions.FunctionNames#WS_SEND_MESSAGE} on Lambda: {@link
 * dev.knowledgegraph.functions.WsSendMessage}.
 */
public final class WsSendMessageHandler extends EventHandler {
  /**
   * Opens what the environment variables of {@link LambdaNames} say, once per process.
   *
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public WsSendMessageHandler() {
    this(FunctionEnvironment.ofProcess());
  }

  WsSendMessageHandler(FunctionEnvironment environment) {
    super(environment.wsSendMessage());
  }
}
