package dev.knowledgegraph.lambda;

/**
 * {@value dev.knowledgegraph.functions.FunctionNames#CLEANUP} on Lambda: {@link
 * dev.knowledgegraph.functions.Cleanup}.
 */
public final class CleanupHandler extends EventHandler {
  /**
   * Opens what the environment variables of {@link LambdaNames} say, once per process.
   *
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public CleanupHandler() {
    this(FunctionEnvironment.ofProcess());
  }

  CleanupHandler(FunctionEnvironment environment) {
    super(environment.cleanup());
  }
}
