package dev.knowledgegraph.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.functions.FunctionNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFunctionTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void write() {
    try (var store = KnowledgeGraph.open(folder.resolve("store"))) {
      Recorded.write(store);
    }
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    return RunFunction.run(
        List.of(args),
        Map.of(LambdaNames.STORE, folder.resolve("store").toString()),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private String printed() {
    return out.toString(UTF_8);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("event.json"), text).toString();
  }

  @Test
  void the_command_of_the_guide_works_in_a_process_of_its_own() throws Exception {
    var builder =
        Children.java(
            Map.of(LambdaNames.CLEAN_ARCHIVED, "true"),
            RunFunction.class.getName(),
            List.of(
                FunctionNames.CLEANUP,
                Recorded.file("cleanup", "eventbridge").toString(),
                "--store",
                folder.resolve("store").toString()));

    Process process = builder.redirectError(folder.resolve("err").toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
    assertThat(printed)
        .isEqualTo(
            "{\"outcome\":\"done\",\"edges\":2,\"sequence\":11,\"indexed\":true,"
                + "\"agrees\":true}\n");
  }

  @Test
  void each_function_of_events_runs_on_a_store() {
    String event = Recorded.file("connect-node", "sqs").toString();

    assertThat(run(FunctionNames.CONNECT_NODE, event)).isZero();
    assertThat(printed()).isEqualTo("{\"batchItemFailures\":[]}\n");
    assertThat(run(FunctionNames.CLEANUP, event)).isZero();
  }

  @Test
  void functions_of_connections_run_on_a_table() {
    String table = LocalTables.address("run-function") + "&create=true";
    System.setProperty("aws.region", "eu-central-1");
    try (var gateway = new StandIn()) {
      String[] more = {"--connections", table, "--endpoint", gateway.endpoint().toString()};

      assertThat(runs("ws-connect", "laptop", more)).isZero();
      assertThat(printed()).isEqualTo("{\"statusCode\":200}\n");
      assertThat(runs("ws-connect", "nobody", more)).isEqualTo(4);
      assertThat(printed()).isEqualTo("{\"statusCode\":401}\n");
      assertThat(runs("ws-disconnect", "phone", more)).isZero();
      assertThat(runs("ws-connect", "phone", more)).as("it has ended").isEqualTo(3);
      assertThat(runs("ws-send-message", "sqs", more)).isZero();
      assertThat(
              run("ws-connect", Recorded.file("ws-disconnect", "phone").toString(), more[0], table))
          .as("of another route")
          .isEqualTo(4);
    }
  }

  private int runs(String function, String name, String... more) {
    return run(
        function, Recorded.file(function, name).toString(), more[0], more[1], more[2], more[3]);
  }

  @Test
  void errors_are_exit_codes_as_those_of_kg() throws IOException {
    String event = Recorded.file("cleanup", "eventbridge").toString();

    assertThat(run("no-such-function", event)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("usage: RunFunction", "ws-send-message");
    assertThat(run(FunctionNames.CLEANUP)).isEqualTo(2);
    assertThat(run(FunctionNames.CLEANUP, event, "--color", "red")).isEqualTo(2);
    assertThat(run(FunctionNames.CLEANUP, event, "--store")).isEqualTo(2);
    assertThat(run(FunctionNames.WS_CONNECT, event)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("KG_CONNECTIONS: expected a value");
    assertThat(run(FunctionNames.WS_CONNECT, event, "--connections", "table")).isEqualTo(2);
    assertThat(run(FunctionNames.CLEANUP, folder.resolve("no such file").toString())).isEqualTo(7);
    assertThat(run(FunctionNames.CLEANUP, file("secret"))).isEqualTo(4);
    assertThat(printed()).contains("\"refused\"", "EVENT_MALFORMED").doesNotContain("secret");
    assertThat(run(FunctionNames.CLEANUP, event, "--store", LocalTables.address("not-there")))
        .isEqualTo(7);
    assertThat(err.toString(UTF_8)).contains("STORE_ABSENT");
  }

  @Test
  void a_batch_that_is_done_in_part_ends_with_six() throws IOException {
    String batch =
        Files.readString(Recorded.file("cleanup", "sqs"))
            .replaceFirst("\\\\\"specversion\\\\\"", "\\\\\"specversionless\\\\\"");

    assertThat(run(FunctionNames.CLEANUP, file(batch))).isEqualTo(6);
  }

  @Test
  void an_event_that_fails_for_now_ends_with_the_code_of_its_error() {
    String table = LocalTables.address(LocalTables.newTable());
    System.setProperty("aws.region", "eu-central-1");
    try (var gateway = new StandIn()) {
      String[] more = {"--connections", table, "--endpoint", gateway.endpoint().toString()};
      gateway.answers("L0SM9cOFvHcCIhw=", 503);
      try (var environment =
          new FunctionEnvironment(Map.of(LambdaNames.CONNECTIONS, table), Clock.systemUTC())) {
        String text = new String(Recorded.event("ws-connect", "laptop"), UTF_8);
        byte[] late = text.replace("1704067200000,", "4102444800000,").getBytes(UTF_8);
        assertThat(new WsConnectHandler(environment).status(late)).isEqualTo(200);
      }

      assertThat(runs("ws-send-message", "cloudevent", more)).isEqualTo(7);
      assertThat(printed()).isEqualTo("{\"outcome\":\"failed\",\"code\":\"CONNECTIONS_FAILED\"}\n");
      assertThat(runs("ws-send-message", "cloudevent", more)).isZero();
      assertThat(gateway.texts("L0SM9cOFvHcCIhw=")).hasSize(1);
    }
  }
}
