package dev.knowledgegraph.lambda;

/**
 * {@value dev.knowledgegraph.functions.FunctionNames#CONNECT_NODE} on Lambda: {@link
 * dev.knowledgegraph.functions.ConnectNode}.
 */
public final class ConnectNodeHandler extends EventHandler {
  /**
   * Opens what the environment variables of {@link LambdaNames} say, once per process.
   *
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public ConnectNodeHandler() {
    this(FunctionEnvironment.ofProcess());
  }

  ConnectNodeHandler(FunctionEnvironment environment) {
    super(environment.connectNode());
  }
}
