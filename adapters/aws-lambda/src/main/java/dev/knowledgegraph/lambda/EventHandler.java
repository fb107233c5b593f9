package dev.knowledgegraph.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.knowledgegraph.functions.EventFunction;
import dev.knowledgegraph.functions.FunctionResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Gives events to a function. The input is a batch of SQS, answered with {@code
 * {"batchItemFailures":[{"itemIdentifier":…}]}}, an event of EventBridge or a CloudEvent, answered
 * with what was done. What fails for now is among the failures, or thrown; what is refused for ever
 * is logged and does not come again. May be shared between threads.
 */
abstract sealed class EventHandler implements RequestStreamHandler
    permits ConnectNodeHandler, CleanupHandler, WsSendMessageHandler {
  private final EventFunction<? extends FunctionResult> function;

  EventHandler(EventFunction<? extends FunctionResult> function) {
    this.function = function;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write(invoke(input.readAllBytes()).answerOrThrow().getBytes(UTF_8));
  }

  /** What becomes of an input. */
  final Invocation invoke(byte[] input) {
    return Invocation.of(function, input);
  }
}
