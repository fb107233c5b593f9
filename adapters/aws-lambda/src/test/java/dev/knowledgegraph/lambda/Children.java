package dev.knowledgegraph.lambda;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs in processes of their own, with the class path of this one. */
final class Children {
  private Children() {}

  static ProcessBuilder java(Map<String, String> variables, String main, List<String> args) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(args);
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("KG_"));
    builder.environment().putAll(variables);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_REGION", "eu-central-1"));
    return builder;
  }

  /** The real runtime client of Lambda with one handler; to be destroyed. */
  static Process lambda(RuntimeApi api, String function, Map<String, String> variables, Path log)
      throws IOException {
    String handler = LambdaNames.handler(function);
    var builder =
        java(
            variables,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            List.of(handler));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API", api.address(),
                "_HANDLER", handler,
                "AWS_LAMBDA_FUNCTION_NAME", function,
                "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "AWS_LAMBDA_LOG_GROUP_NAME", "group",
                "AWS_LAMBDA_LOG_STREAM_NAME", "stream"));
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }
}
