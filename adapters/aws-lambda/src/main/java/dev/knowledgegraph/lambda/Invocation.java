package dev.knowledgegraph.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.functions.Attempt;
import dev.knowledgegraph.functions.EventFunction;
import dev.knowledgegraph.functions.FunctionResult;
import dev.knowledgegraph.spi.Delivery;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a function made of an input.
 *
 * @param isBatch whether the answer says which messages failed
 * @param attempts one for each event
 * @param answer to a batch, which of its messages failed; to an event by itself, what was done.
 *     JSON
 */
record Invocation(boolean isBatch, List<? extends Attempt<?>> attempts, String answer) {
  private static final Logger LOG = LoggerFactory.getLogger(Invocation.class);

  static <R extends FunctionResult> Invocation of(EventFunction<R> function, byte[] input) {
    Arrivals arrivals = Arrivals.read(input);
    var attempts = new ArrayList<Attempt<R>>();
    var failures = InputJson.object();
    var failed = failures.putArray("batchItemFailures");
    for (Arrival arrival : arrivals.all()) {
      Attempt<R> attempt = Attempt.of(function, arrival.event());
      attempts.add(attempt);
      log(attempt);
      if (attempt instanceof Attempt.Failed<R>) {
        failed.addObject().put("itemIdentifier", arrival.messageId());
      }
    }
    ObjectNode answer = arrivals.isBatch() ? failures : shown(attempts.getFirst());
    return new Invocation(arrivals.isBatch(), List.copyOf(attempts), answer.toString());
  }

  private static void log(Attempt<?> attempt) {
    switch (attempt) {
      case Attempt.Done<?> done -> {}
      case Attempt.Ignored<?> ignored -> {}
      case Attempt.Refused<?> refused ->
          LOG.error("an event is refused for ever: {}: {}", refused.code(), refused.message());
      case Attempt.Failed<?> failed ->
          LOG.warn("an event failed and is to come again", failed.cause());
    }
  }

  private static ObjectNode shown(Attempt<? extends FunctionResult> attempt) {
    return switch (attempt) {
      case Attempt.Done<? extends FunctionResult> done -> shown(done.result());
      case Attempt.Ignored<? extends FunctionResult> i ->
          InputJson.object().put("outcome", "ignored");
      case Attempt.Refused<? extends FunctionResult> refused ->
          InputJson.object()
              .put("outcome", "refused")
              .put("code", refused.code())
              .put("message", refused.message());
      case Attempt.Failed<? extends FunctionResult> failed ->
          InputJson.object().put("outcome", "failed").put("code", code(failed));
    };
  }

  private static String code(Attempt.Failed<?> failed) {
    return failed.delivery() instanceof Delivery.Failed(String code, Throwable cause) ? code : "";
  }

  private static ObjectNode shown(FunctionResult result) {
    ObjectNode done = InputJson.object().put("outcome", "done");
    return switch (result) {
      case FunctionResult.Connected connected ->
          done.put("nodes", connected.nodes())
              .put("linked", connected.linked())
              .put("refused", connected.refused())
              .put("repeated", connected.repeated());
      case FunctionResult.Cleaned cleaned ->
          done.put("edges", cleaned.edges())
              .put("sequence", cleaned.sequence())
              .put("indexed", cleaned.indexed())
              .put("agrees", cleaned.agrees());
      case FunctionResult.Sent sent ->
          done.put("sent", sent.sent()).put("already", sent.already()).put("gone", sent.gone());
    };
  }

  /** The answer, unless an event by itself failed: then Lambda is told by what is thrown. */
  String answerOrThrow() {
    if (!isBatch && attempts.getFirst() instanceof Attempt.Failed<?> failed) {
      throw failed.cause();
    }
    return answer;
  }
}
