package dev.knowledgegraph.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a> on
 * this machine: gives out inputs one by one and takes the answers.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String BASE = "/2018-06-01/runtime/";
  private static final int PATIENCE_SECONDS = 120;

  private final BlockingQueue<byte[]> inputs = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private int requests;

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        BASE,
        exchange -> {
          try (exchange) {
            answer(exchange);
          }
        });
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the function answers: {@code response} or {@code error}, and the body. */
  String invoke(byte[] input) throws InterruptedException {
    inputs.add(input);
    String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("the function did not answer in time");
    }
    return answer;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/next")) {
      next(exchange);
      return;
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    answers.add(path.substring(path.lastIndexOf('/') + 1) + " " + body);
    send(exchange, 202, "{\"status\":\"OK\"}".getBytes(UTF_8));
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      byte[] input = null;
      while (input == null) {
        input = inputs.poll(100, TimeUnit.MILLISECONDS);
        if (end.getCount() == 0) {
          return;
        }
      }
      var headers = exchange.getResponseHeaders();
      headers.add("Lambda-Runtime-Aws-Request-Id", "request-" + ++requests);
      headers.add("Lambda-Runtime-Deadline-Ms", "4102444800000");
      headers.add(
          "Lambda-Runtime-Invoked-Function-Arn",
          "arn:aws:lambda:eu-central-1:123456789012:function:under-test");
      send(exchange, 200, input);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    // The client, which is native, dies without it.
    exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.close();
  }
}
