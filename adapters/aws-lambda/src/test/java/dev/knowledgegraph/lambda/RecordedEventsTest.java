package dev.knowledgegraph.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.functions.Attempt;
import dev.knowledgegraph.functions.Connection;
import dev.knowledgegraph.functions.FunctionNames;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.json.CloudEvents;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every recorded file through its function: as it came, and thrice in any order. */
class RecordedEventsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int ROUNDS = 3;

  private final ManualClock clock = new ManualClock();

  /** Three times each, shuffled. */
  private static List<byte[]> shuffled(Map<String, byte[]> events, long seed) {
    var inputs = new ArrayList<byte[]>();
    for (int i = 0; i < 3; i++) {
      inputs.addAll(new TreeMap<>(events).values());
    }
    Collections.shuffle(inputs, new Random(seed));
    return inputs;
  }

  private FunctionEnvironment environment(Map<String, String> variables) {
    return new FunctionEnvironment(variables, clock);
  }

  private static JsonNode answer(EventHandler handler, byte[] input) throws IOException {
    var out = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(input), out, new NoContext());
    return JSON.readTree(out.toByteArray());
  }

  private static void giveAll(EventHandler handler, List<byte[]> inputs) {
    for (byte[] input : inputs) {
      assertThat(handler.invoke(input).attempts())
          .noneMatch(attempt -> attempt instanceof Attempt.Failed<?>)
          .noneMatch(attempt -> attempt instanceof Attempt.Refused<?>);
    }
  }

  // The files themselves

  @Test
  void the_recorded_events_are_those_that_the_graph_publishes(@TempDir Path folder)
      throws IOException {
    try (var store = KnowledgeGraph.open(folder)) {
      GraphView graph = Recorded.write(store);
      var published = new HashMap<String, JsonNode>();
      for (var commit : store.storage().read(graph.ref(), 0, 100)) {
        byte[] json = CloudEvents.encode(new EventEnvelope(graph.ref(), commit, 0));
        published.put(commit.eventId(0), JSON.readTree(json));
      }
      for (String function :
          List.of(
              FunctionNames.CONNECT_NODE, FunctionNames.CLEANUP, FunctionNames.WS_SEND_MESSAGE)) {
        for (byte[] input : Recorded.of(function).values()) {
          for (Arrival arrival : Arrivals.read(input).all()) {
            CloudEvent event = arrival.event().get().orElseThrow();
            assertThat(published).containsKey(event.id());
            JsonNode real = published.getOrDefault(event.id(), JSON.nullNode());
            JsonNode recorded = JSON.readTree(event.json());
            assertThat(recorded.fieldNames()).toIterable().containsAll(fields(real));
            for (String same : List.of("type", "source", "subject", "partitionkey", "sequence")) {
              assertThat(recorded.get(same)).as(same).isEqualTo(real.get(same));
            }
          }
        }
      }
    }
  }

  private static List<String> fields(JsonNode json) {
    var names = new ArrayList<String>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  // connect-node

  private Fingerprint connected(Path folder, List<byte[]> inputs) {
    var variables = Map.of(LambdaNames.STORE, folder.toString(), LambdaNames.AUTO_LINK, "all");
    try (var store = KnowledgeGraph.open(folder)) {
      Recorded.write(store);
    }
    try (var environment = environment(variables)) {
      giveAll(new ConnectNodeHandler(environment), inputs);
    }
    try (var store = KnowledgeGraph.open(folder)) {
      GraphView graph = store.as(Recorded.ADA).graph(Recorded.GRAPH);
      assertThat(graph.statistics().edges()).isGreaterThan(4);
      return graph.head().fingerprint();
    }
  }

  @Test
  void connect_node_links_once_whatever_way_events_come(@TempDir Path folder) {
    long seed = Seeds.seed("connect-node");
    var events = Recorded.of(FunctionNames.CONNECT_NODE);
    Fingerprint once = connected(folder.resolve("once"), List.copyOf(events.values()));

    for (int round = 0; round < ROUNDS; round++) {
      assertThat(connected(folder.resolve("thrice" + round), shuffled(events, seed + round)))
          .isEqualTo(once);
    }
  }

  // cleanup

  private Fingerprint cleaned(Path folder, List<byte[]> inputs) {
    try (var store = KnowledgeGraph.open(folder)) {
      Recorded.write(store);
    }
    var variables =
        Map.of(
            LambdaNames.STORE,
            folder.toString(),
            LambdaNames.CLEAN_ARCHIVED,
            "true",
            LambdaNames.RECOUNT,
            "true");
    try (var environment = environment(variables)) {
      giveAll(new CleanupHandler(environment), inputs);
    }
    try (var store = KnowledgeGraph.open(folder)) {
      GraphView graph = store.as(Recorded.ADA).graph(Recorded.GRAPH);
      assertThat(graph.statistics().edges()).isZero();
      return graph.head().fingerprint();
    }
  }

  @Test
  void cleanup_clears_once_whatever_way_events_come(@TempDir Path folder) {
    long seed = Seeds.seed("cleanup");
    var events = Recorded.of(FunctionNames.CLEANUP);
    Fingerprint once = cleaned(folder.resolve("once"), List.copyOf(events.values()));

    for (int round = 0; round < ROUNDS; round++) {
      assertThat(cleaned(folder.resolve("thrice" + round), shuffled(events, seed + round)))
          .isEqualTo(once);
    }
  }

  // ws-connect and ws-disconnect

  /** What is in the table of connections in the end, but for the times of ends. */
  private List<String> connections(List<byte[]> connects, List<byte[]> disconnects, Random order) {
    String table = LocalTables.newTable();
    var variables = Map.of(LambdaNames.CONNECTIONS, LocalTables.address(table));
    try (var environment = environment(variables)) {
      var connect = new WsConnectHandler(environment);
      var disconnect = new WsDisconnectHandler(environment);
      var calls = new ArrayList<Runnable>();
      connects.forEach(input -> calls.add(() -> connect.status(input)));
      disconnects.forEach(input -> calls.add(() -> disconnect.status(input)));
      Collections.shuffle(calls, order);
      calls.forEach(Runnable::run);
    }
    var lines = new ArrayList<String>();
    LocalTables.client()
        .scan(scan -> scan.tableName(table))
        .items()
        .forEach(
            item -> {
              var known = new TreeMap<>(item);
              if (item.containsKey(ConnectionKeys.ENDED)) {
                // Whose it was is known only if it came first.
                known.keySet().removeAll(List.of(ConnectionKeys.OWNER, "since"));
              }
              lines.add(known.toString());
            });
    Collections.sort(lines);
    return lines;
  }

  @Test
  void connections_are_noted_once_whatever_way_they_come_and_go() {
    long seed = Seeds.seed("ws-connect");
    var connects = Recorded.of(FunctionNames.WS_CONNECT);
    var disconnects = Recorded.of(FunctionNames.WS_DISCONNECT);
    List<String> once =
        connections(
            List.copyOf(connects.values()), List.copyOf(disconnects.values()), new Random(seed));
    assertThat(once).hasSize(2 + 2 + 2);

    for (int round = 0; round < ROUNDS; round++) {
      assertThat(
              connections(
                  shuffled(connects, seed), shuffled(disconnects, seed), new Random(seed + round)))
          .isEqualTo(once);
    }
  }

  @Test
  void answers_to_the_gateway_are_statuses() throws IOException {
    var variables = Map.of(LambdaNames.CONNECTIONS, LocalTables.address(LocalTables.newTable()));
    try (var environment = environment(variables)) {
      var connect = new WsConnectHandler(environment);
      var disconnect = new WsDisconnectHandler(environment);
      byte[] laptop = Recorded.event("ws-connect", "laptop");

      assertThat(connect.status(laptop)).isEqualTo(200);
      assertThat(connect.status(Recorded.event("ws-connect", "nobody"))).isEqualTo(401);
      assertThat(connect.status(replaced(laptop, "\"ada\"", "\"bob\""))).isEqualTo(403);
      assertThat(connect.status(replaced(laptop, "\"ada\"", "\"\""))).isEqualTo(401);
      assertThat(connect.status(replaced(laptop, "\"ada\"", "null"))).isEqualTo(401);
      assertThat(disconnect.status(Recorded.event("ws-disconnect", "phone"))).isEqualTo(200);
      assertThat(connect.status(Recorded.event("ws-connect", "phone"))).isEqualTo(410);
      assertThat(disconnect.status(laptop)).as("of the other route").isEqualTo(400);
      assertThat(connect.status("secret".getBytes(UTF_8))).isEqualTo(400);
      assertThat(connect.status(replaced(laptop, "L0SM9cOFvHcCIhw=", "a#b"))).isEqualTo(400);
      assertThat(connect.status(replaced(laptop, "1704067200000,", "\"now\","))).isEqualTo(400);
      var out = new ByteArrayOutputStream();
      connect.handleRequest(new ByteArrayInputStream(laptop), out, new NoContext());
      assertThat(out.toString(UTF_8)).isEqualTo("{\"statusCode\":200}");
      try (var store = store(variables)) {
        assertThat(store.of(Recorded.ADA, null, 10))
            .extracting(Connection::id)
            .containsExactly("L0SM9cOFvHcCIhw=");
        assertThat(store.count(Recorded.BOB)).isZero();
      }
    }
  }

  @Test
  void a_table_that_fails_is_told_the_gateway_as_unavailable() {
    var variables = Map.of(LambdaNames.CONNECTIONS, LocalTables.address("not-there"));
    try (var environment = environment(variables)) {
      assertThat(new WsConnectHandler(environment).status(Recorded.event("ws-connect", "laptop")))
          .isEqualTo(503);
    }
  }

  private static byte[] replaced(byte[] input, String old, String other) {
    String text = new String(input, UTF_8);
    assertThat(text).contains(old);
    return text.replace(old, other).getBytes(UTF_8);
  }

  private DynamoDbConnectionStore store(Map<String, String> variables) {
    String address = String.valueOf(variables.get(LambdaNames.CONNECTIONS));
    String table = address.substring("dynamodb:".length(), address.indexOf('?'));
    return DynamoDbConnectionStore.open(LocalTables.client(), table, clock);
  }

  // ws-send-message

  private Map<String, List<String>> sent(List<byte[]> inputs) {
    try (var gateway = new StandIn()) {
      var variables =
          Map.of(
              LambdaNames.CONNECTIONS, LocalTables.address(LocalTables.newTable()),
              LambdaNames.ENDPOINT, gateway.endpoint().toString());
      try (var environment = environment(variables)) {
        Recorded.of(FunctionNames.WS_CONNECT).values().stream()
            .sorted(Arrays::compare)
            .forEach(new WsConnectHandler(environment)::status);
        giveAll(new WsSendMessageHandler(environment), inputs);
      }
      assertThat(gateway.texts("L0SNAdOjvHcCIkg=")).as("of another owner").isEmpty();
      var texts = new TreeMap<String, List<String>>();
      for (String connection : List.of("L0SM9cOFvHcCIhw=", "L0SM9eHrvHcCJHQ=")) {
        texts.put(connection, gateway.texts(connection).stream().sorted().toList());
      }
      return texts;
    }
  }

  @Test
  void messages_are_had_once_whatever_way_events_come() {
    long seed = Seeds.seed("ws-send-message");
    System.setProperty("aws.region", "eu-central-1");
    var events = Recorded.of(FunctionNames.WS_SEND_MESSAGE);
    var once = sent(List.copyOf(events.values()));
    assertThat(once.values()).allSatisfy(texts -> assertThat(texts).hasSize(6));

    for (int round = 0; round < ROUNDS; round++) {
      assertThat(sent(shuffled(events, seed + round))).isEqualTo(once);
    }
  }

  @Test
  void of_a_batch_only_what_failed_is_named() throws IOException {
    System.setProperty("aws.region", "eu-central-1");
    try (var gateway = new StandIn()) {
      var variables =
          Map.of(
              LambdaNames.CONNECTIONS, LocalTables.address(LocalTables.newTable()),
              LambdaNames.ENDPOINT, gateway.endpoint().toString());
      try (var environment = environment(variables)) {
        new WsConnectHandler(environment).status(Recorded.event("ws-connect", "laptop"));
        var send = new WsSendMessageHandler(environment);
        byte[] batch = Recorded.event("ws-send-message", "sqs");
        gateway.answers("L0SM9cOFvHcCIhw=", 503);

        assertThat(answer(send, batch))
            .isEqualTo(
                JSON.readTree(
                    "{\"batchItemFailures\":"
                        + "[{\"itemIdentifier\":\"059f36b4-87a3-44ab-83d2-661975400000\"}]}"));
        assertThat(answer(send, batch)).isEqualTo(JSON.readTree("{\"batchItemFailures\":[]}"));
        assertThat(gateway.texts("L0SM9cOFvHcCIhw=")).hasSize(4);
      }
    }
  }

  @Test
  void a_malformed_message_of_a_batch_is_refused_and_does_not_come_again(@TempDir Path folder)
      throws IOException {
    try (var store = KnowledgeGraph.open(folder)) {
      Recorded.write(store);
    }
    try (var environment = environment(Map.of(LambdaNames.STORE, folder.toString()))) {
      var cleanup = new CleanupHandler(environment);
      byte[] batch =
          replaced(
              Recorded.event("cleanup", "sqs"),
              "\\\"specversion\\\":\\\"1.0\\\"",
              "\\\"specversion\\\":\\\"secret\\\"");

      assertThat(answer(cleanup, batch)).isEqualTo(JSON.readTree("{\"batchItemFailures\":[]}"));
      assertThat(cleanup.invoke(batch).attempts())
          .allSatisfy(
              attempt ->
                  assertThat(attempt.toString())
                      .contains(CloudEvent.MALFORMED, ".body.detail: specversion: expected 1.0")
                      .doesNotContain("secret"));
    }
  }

  @Test
  void an_event_by_itself_is_answered_with_what_was_done(@TempDir Path folder) throws IOException {
    try (var store = KnowledgeGraph.open(folder)) {
      Recorded.write(store);
    }
    var variables =
        Map.of(LambdaNames.STORE, folder.toString(), LambdaNames.CLEAN_ARCHIVED, "true");
    try (var environment = environment(variables)) {
      var cleanup = new CleanupHandler(environment);

      assertThat(answer(cleanup, Recorded.event("cleanup", "eventbridge")))
          .isEqualTo(
              JSON.readTree(
                  "{\"outcome\":\"done\",\"edges\":2,\"sequence\":11,\"indexed\":true,"
                      + "\"agrees\":true}"));
      assertThat(answer(cleanup, Recorded.event("connect-node", "eventbridge")))
          .isEqualTo(JSON.readTree("{\"outcome\":\"ignored\"}"));
      for (String foreign :
          List.of(
              "{\"type\":\"com.example.other\"}",
              "{\"detail-type\":\"EC2 Instance State-change Notification\",\"detail\":{}}")) {
        assertThat(answer(cleanup, foreign.getBytes(UTF_8)))
            .isEqualTo(JSON.readTree("{\"outcome\":\"ignored\"}"));
      }
      for (String malformed :
          List.of(
              "secret",
              "[]",
              "{\"detail-type\":\"x\"}",
              "{\"Records\":[{\"body\":\"secret\"}]}",
              "{\"a\":1,\"a\":2}")) {
        JsonNode refused = answer(cleanup, malformed.getBytes(UTF_8));
        assertThat(refused.path("outcome").asText()).as(malformed).isEqualTo("refused");
        assertThat(refused.path("code").asText()).isEqualTo(CloudEvent.MALFORMED);
        assertThat(refused.path("message").asText()).contains("expected").doesNotContain("secret");
      }
    }
  }
}
