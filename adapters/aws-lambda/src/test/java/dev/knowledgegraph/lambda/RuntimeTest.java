package dev.knowledgegraph.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.functions.Connection;
import dev.knowledgegraph.functions.FunctionNames;
import dev.knowledgegraph.tck.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions in processes of their own, under the real runtime client of Lambda. */
class RuntimeTest {
  @TempDir private Path folder;

  /** What a function answers to inputs, in one process. */
  private List<String> answers(String function, Map<String, String> variables, byte[]... inputs)
      throws IOException, InterruptedException {
    Path log = folder.resolve(function + ".log");
    var answers = new ArrayList<String>();
    try (var api = new RuntimeApi()) {
      Process process = Children.lambda(api, function, variables, log);
      try {
        for (byte[] input : inputs) {
          answers.add(api.invoke(input));
        }
      } catch (AssertionError e) {
        throw new AssertionError(Files.readString(log), e);
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
    return answers;
  }

  @Test
  void a_function_of_events_runs_under_the_runtime_of_lambda() throws Exception {
    Path home = folder.resolve("store");
    try (var store = KnowledgeGraph.open(home)) {
      Recorded.write(store);
    }

    var answers =
        answers(
            FunctionNames.CONNECT_NODE,
            Map.of(LambdaNames.STORE, home.toString(), LambdaNames.AUTO_LINK, "mention"),
            Recorded.event("connect-node", "eventbridge"),
            Recorded.event("connect-node", "sqs"),
            Recorded.event("connect-node", "summary"),
            "{\"Records\":7}".getBytes(UTF_8));

    assertThat(answers)
        .containsExactly(
            "response {\"outcome\":\"done\",\"nodes\":1,\"linked\":1,\"refused\":0,\"repeated\":0}",
            "response {\"batchItemFailures\":[]}",
            "response {\"outcome\":\"done\",\"nodes\":2,\"linked\":2,\"refused\":0,\"repeated\":0}",
            "response {\"outcome\":\"refused\",\"code\":\"EVENT_MALFORMED\","
                + "\"message\":\"type: expected a value, found none\"}");
    try (var store = KnowledgeGraph.open(home)) {
      assertThat(store.as(Recorded.ADA).graph(Recorded.GRAPH).statistics().edges())
          .isGreaterThan(4);
    }
  }

  @Test
  void functions_of_connections_run_under_the_runtime_of_lambda() throws Exception {
    String table = LocalTables.newTable();
    try (var gateway = new StandIn();
        var connections =
            DynamoDbConnectionStore.open(LocalTables.client(), table, new ManualClock())) {
      var variables =
          Map.of(
              LambdaNames.CONNECTIONS, LocalTables.address(table),
              LambdaNames.ENDPOINT, gateway.endpoint().toString());

      assertThat(
              answers(
                  FunctionNames.WS_CONNECT,
                  variables,
                  recent("ws-connect", "laptop"),
                  recent("ws-connect", "phone"),
                  recent("ws-connect", "other-owner"),
                  recent("ws-connect", "nobody")))
          .containsExactly(
              "response {\"statusCode\":200}",
              "response {\"statusCode\":200}",
              "response {\"statusCode\":200}",
              "response {\"statusCode\":401}");
      assertThat(answers(FunctionNames.WS_DISCONNECT, variables, recent("ws-disconnect", "phone")))
          .containsExactly("response {\"statusCode\":200}");
      assertThat(connections.of(Recorded.ADA, null, 10))
          .extracting(Connection::id)
          .containsExactly("L0SM9cOFvHcCIhw=");
      gateway.answers("L0SM9cOFvHcCIhw=", 503);
      byte[] event = Recorded.event("ws-send-message", "eventbridge");
      var answers = answers(FunctionNames.WS_SEND_MESSAGE, variables, event, event, event);

      assertThat(answers.getFirst()).startsWith("error ").contains("deliver it again");
      assertThat(answers.subList(1, 3))
          .containsExactly(
              "response {\"outcome\":\"done\",\"sent\":1,\"already\":0,\"gone\":0}",
              "response {\"outcome\":\"done\",\"sent\":0,\"already\":1,\"gone\":0}");
      assertThat(gateway.texts("L0SM9cOFvHcCIhw=")).hasSize(1);
      assertThat(gateway.texts("L0SNAdOjvHcCIkg=")).as("of another owner").isEmpty();
    }
  }

  /** The connection begins far in the future, for these processes go by the machine's clock. */
  private static byte[] recent(String function, String name) {
    String text = new String(Recorded.event(function, name), UTF_8);
    return text.replace("\"connectedAt\": 1704067200000", "\"connectedAt\": 4102444800000")
        .getBytes(UTF_8);
  }

  @Test
  void a_function_without_its_variables_does_not_start_and_says_which_is_missing()
      throws Exception {
    try (var api = new RuntimeApi()) {
      Path log = folder.resolve("missing.log");
      Process process = Children.lambda(api, FunctionNames.CLEANUP, Map.of(), log);
      try {
        assertThat(api.invoke(new byte[0]))
            .startsWith("error ")
            .contains("KG_STORE: expected a value in this environment variable, found none");
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }
}
