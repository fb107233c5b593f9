package dev.knowledgegraph.embeddings.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.knowledgegraph.memory.HashingEmbedder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A service of embeddings on this machine, which misbehaves as it is told and then answers well.
 */
final class StandIn implements AutoCloseable {
  static final int DIMENSION = 32;

  private static final HashingEmbedder MODEL = new HashingEmbedder(DIMENSION);
  private static final JsonFactory JSON = new JsonFactory();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpServer server;
  private final Queue<Reply> next = new ConcurrentLinkedQueue<>();

  /** The texts of each request there was. */
  final Queue<List<String>> requests = new ConcurrentLinkedQueue<>();

  /** What each request had in its header {@code Authorization}. */
  final Queue<String> keys = new ConcurrentLinkedQueue<>();

  /** What a request is answered. */
  interface Reply {
    void to(HttpExchange exchange, List<String> texts) throws IOException;
  }

  StandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/embeddings", this::answer);
    server.start();
  }

  URI address() {
    return URI.create(
        "http://%s:%d/"
            .formatted(server.getAddress().getHostString(), server.getAddress().getPort()));
  }

  /** The next requests are answered like this, those that follow well. */
  StandIn will(Reply... replies) {
    next.addAll(List.of(replies));
    return this;
  }

  static Reply status(int status, String... header) {
    return (exchange, texts) -> {
      if (header.length == 2) {
        exchange.getResponseHeaders().add(header[0], header[1]);
      }
      send(exchange, status, "you sent " + exchange.getRequestHeaders().getFirst("Authorization"));
    };
  }

  static Reply json(String json) {
    return (exchange, texts) -> send(exchange, 200, json);
  }

  /** Says nothing until the test is over. */
  Reply hang() {
    return (exchange, texts) -> await();
  }

  /** Begins to answer, and says nothing more until the test is over. */
  Reply hangInTheMiddle() {
    return (exchange, texts) -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      await();
    };
  }

  /** Vectors as they should be, the last text's first. */
  static Reply wellBackwards() {
    return (exchange, texts) -> send(exchange, 200, vectors(texts, true));
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> texts = texts(exchange.getRequestBody().readAllBytes());
      requests.add(texts);
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      Reply reply = next.poll();
      if (reply == null) {
        send(exchange, 200, vectors(texts, false));
      } else {
        reply.to(exchange, texts);
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Vectors of length 3, so that whoever reads them has something to do. */
  private static String vectors(List<String> texts, boolean backwards) {
    return IntStream.range(0, texts.size())
        .map(i -> backwards ? texts.size() - 1 - i : i)
        .mapToObj(i -> vector(i, MODEL.embedQuery(texts.get(i))))
        .collect(
            Collectors.joining(
                ",", "{\"object\": \"list\", \"data\": [", "], \"usage\": {\"total_tokens\": 1}}"));
  }

  private static String vector(int index, float[] vector) {
    return IntStream.range(0, vector.length)
        .mapToObj(i -> Float.toString(3 * vector[i]))
        .collect(
            Collectors.joining(
                ",",
                "{\"object\": \"embedding\", \"index\": " + index + ", \"embedding\": [",
                "]}"));
  }

  private static List<String> texts(byte[] request) throws IOException {
    var texts = new ArrayList<String>();
    try (var json = JSON.createParser(request)) {
      while (json.nextToken() != JsonToken.START_ARRAY) {}
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        texts.add(json.getText());
      }
    }
    return texts;
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.close();
  }
}
