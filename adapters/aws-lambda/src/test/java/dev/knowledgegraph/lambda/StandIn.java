package dev.knowledgegraph.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.tck.publishing.HttpReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The management API of a gateway on this machine, which misbehaves as it is told. The client and
 * its signing are real.
 */
final class StandIn extends HttpReceiver {
  private static final String PATH = "/production/@connections/";

  private final Map<String, Queue<Integer>> statuses = new ConcurrentHashMap<>();
  private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
  private final ApiGatewaySender sender;

  /** The headers of the calls there were. */
  final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();

  StandIn() {
    super("/");
    sender =
        ApiGatewaySender.create(
            ApiGatewaySender.client(endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIDEXAMPLE", "very-secret")))
                .build());
  }

  URI endpoint() {
    return URI.create(address() + "production");
  }

  ApiGatewaySender sender() {
    return sender;
  }

  /** The next messages to a connection are answered with these, 0 for not at all. */
  void answers(String connection, int... more) {
    for (int status : more) {
      statuses.computeIfAbsent(connection, id -> new ConcurrentLinkedQueue<>()).add(status);
    }
  }

  /** The texts that a connection got, in order. */
  List<String> texts(String connection) {
    return List.copyOf(texts.getOrDefault(connection, List.of()));
  }

  @Override
  public ElementPublisher publisher() {
    throw new UnsupportedOperationException("it receives no events of publishers");
  }

  @Override
  protected void answer(HttpExchange exchange) throws IOException {
    headers.add(Map.copyOf(exchange.getRequestHeaders()));
    String path = exchange.getRequestURI().getRawPath();
    String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (!path.startsWith(PATH) || !exchange.getRequestMethod().equals("POST")) {
      send(exchange, 404);
      return;
    }
    String connection = URLDecoder.decode(path.substring(PATH.length()), UTF_8);
    Integer status = statuses.getOrDefault(connection, new ConcurrentLinkedQueue<>()).poll();
    if (status == null) {
      texts.computeIfAbsent(connection, id -> new CopyOnWriteArrayList<>()).add(text);
      send(exchange, 200);
    } else if (status != 0) {
      send(exchange, status);
    }
  }

  private static void send(HttpExchange exchange, int status) throws IOException {
    byte[] bytes = "{\"message\":\"very-private\"}".getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    if (status == 410) {
      exchange.getResponseHeaders().add("x-amzn-ErrorType", "GoneException");
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    sender.close();
    super.close();
  }
}
