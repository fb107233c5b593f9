package dev.knowledgegraph.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knowledgegraph.functions.Connection;
import dev.knowledgegraph.model.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a WebSocket API of API Gateway says of a connection, of all of it the {@code
 * requestContext}: that is the gateway's, while headers and parameters are the caller's.
 *
 * @param caller by the authorizer; empty if there was none or it named nobody
 */
record SocketRequest(String connection, Optional<UserId> caller, Instant since) {
  /** Such as {@code CONNECT}. */
  enum Kind {
    CONNECT,
    DISCONNECT
  }

  /**
   * Reads one.
   *
   * @throws dev.knowledgegraph.error.UndeliverableException if it is none of this kind; the message
   *     names the field and what was expected
   */
  static SocketRequest read(byte[] input, Kind kind) {
    JsonNode context = InputJson.parse(input).path("requestContext");
    if (!context.path("eventType").asText().equals(kind.name())) {
      throw InputJson.malformed("requestContext.eventType: expected " + kind + ", found another");
    }
    try {
      return new SocketRequest(
          Connection.requireId(context.path("connectionId").asText()),
          caller(context),
          Instant.ofEpochMilli(connectedAt(context)));
    } catch (IllegalArgumentException e) {
      throw InputJson.malformed("requestContext: " + e.getMessage());
    }
  }

  private static long connectedAt(JsonNode context) {
    JsonNode since = context.path("connectedAt");
    if (!since.canConvertToLong() || !since.isIntegralNumber()) {
      throw new IllegalArgumentException("connectedAt: expected milliseconds since 1970");
    }
    return since.longValue();
  }

  private static Optional<UserId> caller(JsonNode context) {
    JsonNode principal = context.path("authorizer").path(LambdaNames.PRINCIPAL);
    return principal.isTextual() && !principal.textValue().isEmpty()
        ? Optional.of(UserId.of(principal.textValue()))
        : Optional.empty();
  }
}
