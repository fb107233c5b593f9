package dev.knowledgegraph.webhook;

import com.sun.net.httpserver.HttpExchange;
import dev.knowledgegraph.resilience.ResilienceSettings;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.tck.publishing.HttpReceiver;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver on this machine, which checks signatures and misbehaves as it is told. */
final class StandIn extends HttpReceiver {
  static final WebhookSecret SECRET = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

  /** Waits of milliseconds, and a breaker that opens soon and not for long. */
  static final ResilienceSettings SHORT =
      ResilienceSettings.defaults()
          .withTries(3, Duration.ofMillis(1), Duration.ofMillis(4))
          .withBreaker(50, 6, Duration.ofMillis(20), 1)
          .withTimeout(Duration.ofSeconds(2));

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final WebhookPublisher publisher;

  /** The requests there were, with their bodies. */
  final List<Request> requests = new CopyOnWriteArrayList<>();

  record Request(String id, String timestamp, String contentType, String body, boolean isGenuine) {}

  /** A status, and how long to wait. */
  record Answer(int status, String retryAfter) {}

  StandIn() {
    this(SHORT);
  }

  StandIn(ResilienceSettings settings) {
    super("/hook");
    publisher =
        WebhookPublisher.create(
            WebhookConfig.builder(address(), () -> SECRET).resilience(settings).build());
  }

  @Override
  public ElementPublisher publisher() {
    return publisher;
  }

  WebhookPublisher webhook() {
    return publisher;
  }

  /** The next requests are answered like this. */
  void answers(Answer... more) {
    answers.addAll(List.of(more));
  }

  @Override
  protected void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String id = header(exchange, WebhookSignature.ID);
    requests.add(
        new Request(
            id,
            header(exchange, WebhookSignature.TIMESTAMP),
            header(exchange, "Content-Type"),
            new String(body, java.nio.charset.StandardCharsets.UTF_8),
            isGenuine(exchange, body)));
    Answer answer = answers.poll();
    Trouble trouble = nextTrouble();
    if (answer != null) {
      answer(exchange, answer);
    } else if (trouble != null) {
      meet(exchange, id, trouble);
    } else if (isRefused(id)) {
      exchange.sendResponseHeaders(400, -1);
    } else {
      taken().add(id);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    if (!answer.retryAfter.isEmpty()) {
      exchange.getResponseHeaders().add("Retry-After", answer.retryAfter);
    }
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:9/elsewhere");
    exchange.sendResponseHeaders(answer.status, -1);
  }

  private void meet(HttpExchange exchange, String id, Trouble trouble) throws IOException {
    switch (trouble) {
      case FAIL -> exchange.sendResponseHeaders(503, -1);
      case HANG -> hang();
      case LOSE_THE_ANSWER -> taken().add(id);
      case TAKE_A_PART -> {
        // An answer that ends before it said all.
        taken().add(id);
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write('{');
      }
    }
  }

  private static boolean isGenuine(HttpExchange exchange, byte[] body) {
    return WebhookSignature.verify(
        SECRET,
        header(exchange, WebhookSignature.ID),
        header(exchange, WebhookSignature.TIMESTAMP),
        header(exchange, WebhookSignature.SIGNATURE),
        body,
        Clock.systemUTC().instant(),
        WebhookSignature.TOLERANCE);
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  @Override
  public void close() {
    publisher.close();
    super.close();
  }
}
