package dev.knowledgegraph.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.knowledgegraph.error.KnowledgeGraphException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a route of a WebSocket API with {@code {"statusCode":…}}, also when it fails. May be
 * shared between threads.
 */
abstract sealed class SocketHandler implements RequestStreamHandler
    permits WsConnectHandler, WsDisconnectHandler {
  static final int OK = 200;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int GONE = 410;
  private static final int UNEXPECTED = 500;
  private static final Logger LOG = LoggerFactory.getLogger(SocketHandler.class);

  private final SocketRequest.Kind kind;

  SocketHandler(SocketRequest.Kind kind) {
    this.kind = kind;
  }

  /** The status for a request. */
  abstract int status(SocketRequest request);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String answer = InputJson.object().put("statusCode", status(input.readAllBytes())).toString();
    output.write(answer.getBytes(UTF_8));
  }

  /** The status for an input, whatever it is. */
  final int status(byte[] input) {
    try {
      return status(SocketRequest.read(input, kind));
    } catch (KnowledgeGraphException e) {
      LOG.warn("a connection could not be handled: {}", e.code(), e);
      return e.category().httpStatus();
    } catch (RuntimeException e) {
      LOG.error("a connection could not be handled", e);
      return UNEXPECTED;
    }
  }
}
