package dev.knowledgegraph.eventbridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.knowledgegraph.resilience.ResilienceSettings;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.tck.publishing.HttpReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * An event bus on this machine, which misbehaves as it is told. The client and its signing are
 * real.
 */
final class StandIn extends HttpReceiver {
  static final ResilienceSettings SHORT =
      ResilienceSettings.defaults()
          .withTries(3, Duration.ofMillis(1), Duration.ofMillis(4))
          .withBreaker(50, 6, Duration.ofMillis(20), 1)
          .withTimeout(Duration.ofSeconds(2));

  private static final JsonMapper JSON = new JsonMapper();

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final EventBridgeClient client;
  private final EventBridgePublisher publisher;

  /** The calls there were. */
  final List<Call> calls = new CopyOnWriteArrayList<>();

  record Call(Map<String, List<String>> headers, JsonNode body) {
    List<String> ids() {
      return body.path("Entries").findValuesAsText("Detail").stream().map(StandIn::id).toList();
    }

    String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  /** A status and a body. */
  record Answer(int status, String json) {}

  StandIn() {
    this(EventBridgeConfig.defaults().withResilience(SHORT));
  }

  StandIn(EventBridgeConfig config) {
    super("/");
    client =
        EventBridgeClient.builder()
            .endpointOverride(address())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIDEXAMPLE", "very-secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    publisher = EventBridgePublisher.create(client, config);
    warmUp();
  }

  /** The first call of a process loads hundreds of classes, and no test is about that. */
  private void warmUp() {
    var entry = PutEventsRequestEntry.builder().detail("{\"id\":\"none\"}").build();
    client.putEvents(PutEventsRequest.builder().entries(entry).build());
    calls.clear();
    taken().clear();
  }

  @Override
  public ElementPublisher publisher() {
    return publisher;
  }

  EventBridgePublisher bridge() {
    return publisher;
  }

  /** The next calls are answered like this. */
  void answers(Answer... more) {
    answers.addAll(List.of(more));
  }

  static String id(String detail) {
    try {
      return JSON.readTree(detail).path("id").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void answer(HttpExchange exchange) throws IOException {
    var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    var call = new Call(Map.copyOf(exchange.getRequestHeaders()), body);
    calls.add(call);
    Answer answer = answers.poll();
    Trouble trouble = nextTrouble();
    if (answer != null) {
      send(exchange, answer.status, answer.json);
    } else if (trouble != null) {
      meet(exchange, call, trouble);
    } else {
      take(exchange, call, false);
    }
  }

  private void meet(HttpExchange exchange, Call call, Trouble trouble) throws IOException {
    switch (trouble) {
      case FAIL -> send(exchange, 500, "{\"__type\":\"InternalException\"}");
      case HANG -> hang();
      case LOSE_THE_ANSWER -> taken().addAll(call.ids());
      case TAKE_A_PART -> take(exchange, call, true);
    }
  }

  private void take(HttpExchange exchange, Call call, boolean isPart) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    var entries = answer.putArray("Entries");
    int failed = 0;
    for (String id : call.ids()) {
      boolean fails = isPart && entries.size() % 2 == 0;
      if (fails || isRefused(id)) {
        String error = fails ? "ThrottlingException" : "MalformedDetail";
        entries.addObject().put("ErrorCode", error).put("ErrorMessage", "no");
        failed++;
      } else {
        taken().add(id);
        entries.addObject().put("EventId", "aws-" + taken().size());
      }
    }
    send(exchange, 200, answer.put("FailedEntryCount", failed).toString());
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    client.close();
    super.close();
  }
}
