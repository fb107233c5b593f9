package dev.knowledgegraph.cli;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.Publish;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import dev.knowledgegraph.webhook.WebhookSecret;
import dev.knowledgegraph.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kg dlq} shows of dead letters, and does with them. */
class DlqTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir Path temp;
  private Shell shell = new Shell(Path.of(""));
  private final HttpServer server;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile Function<String, Integer> status = id -> 204;
  private NodeId bad = NodeId.of(new UUID(0, 0));

  DlqTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          try (exchange) {
            var headers = exchange.getRequestHeaders();
            String id = headers.getFirst(WebhookSignature.ID);
            boolean isGenuine =
                WebhookSignature.verify(
                    WebhookSecret.parse(SECRET),
                    id,
                    headers.getFirst(WebhookSignature.TIMESTAMP),
                    headers.getFirst(WebhookSignature.SIGNATURE),
                    exchange.getRequestBody().readAllBytes(),
                    Clock.systemUTC().instant(),
                    WebhookSignature.TOLERANCE);
            int answer = isGenuine ? status.apply(id) : 401;
            if (answer < 300) {
              received.add(id.substring(id.indexOf('/') + 1));
            }
            exchange.sendResponseHeaders(answer, -1);
          }
        });
    server.start();
  }

  @BeforeEach
  void park() {
    shell = new Shell(temp.resolve("store"), Map.of("HOOK", SECRET));
    try (var store =
        KnowledgeGraph.builder()
            .storage(JdbcStorage.openSqlite(temp.resolve("store")))
            .publisher(
                "mail",
                ElementPublisher.each(
                    event -> {
                      if (event.stream().element().equals(bad.toString())) {
                        throw new UndeliverableException("REFUSED_404", "never", null);
                      }
                    }))
            .build()) {
      GraphView notes = store.as(UserId.of("local")).graph("main");
      store.drainPublishers();
      bad = notes.newNodeId();
      notes.send(new AddNode(notes.id(), bad, node("Bad"))).orThrow();
      notes.add(node("Good"));
      notes.send(new Publish(notes.id(), bad)).orThrow();
      store.drainPublishers();
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private JsonNode json(String... words) throws IOException {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--format", "json"));
    var result = shell.kg(all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return Json.MAPPER.readTree(result.out());
  }

  private Shell.Result replay() {
    String url = "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
    return shell.kg("dlq", "replay", "--webhook", url, "--secret-env", "HOOK");
  }

  @Test
  void they_are_listed_in_the_order_of_the_log() throws IOException {
    JsonNode letters = json("dlq", "list");

    assertThat(letters.findValuesAsText("place")).containsExactly("2/0", "4/0");
    assertThat(letters.findValuesAsText("reason")).containsExactly("REFUSED_404", "BEHIND");
    assertThat(letters.findValuesAsText("element")).containsOnly("node/" + bad);
    assertThat(letters.path(0).path("subscriber").asText()).isEqualTo("mail");
    assertThat(letters.path(0).path("attempts").asInt()).isEqualTo(1);
    assertThat(shell.kg("dlq", "list").out()).contains("REFUSED_404", "2/0");
    assertThat(json("dlq", "list", "--limit", "1")).hasSize(1);
    assertThat(json("dlq", "list", "--subscriber", "nobody")).isEmpty();
  }

  @Test
  void one_is_shown_with_the_event_as_it_would_be_sent() throws IOException {
    JsonNode letter = json("dlq", "show", "2/0");

    assertThat(letter.path("reason").asText()).isEqualTo("REFUSED_404");
    assertThat(letter.path("events").path(0).path("type").asText())
        .isEqualTo("dev.knowledgegraph.node.added.v1");
    assertThat(shell.kg("dlq", "show", "3/0").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(shell.kg("dlq", "show", "x").exitCode()).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void a_replay_delivers_them_in_order() throws IOException {
    var done = replay();

    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.out()).contains("delivered 2 dead letters");
    assertThat(received).containsExactly("2/0", "4/0");
    assertThat(json("dlq", "list")).isEmpty();
    assertThat(replay().exitCode()).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void what_is_refused_again_stays() throws IOException {
    status = id -> id.endsWith("/4/0") ? 410 : 204;
    var done = replay();

    assertThat(done.exitCode()).isEqualTo(ExitCode.IN_PART);
    assertThat(done.out()).contains("delivered 1 dead letter, 1 stayed");
    assertThat(json("dlq", "list").findValuesAsText("reason")).containsExactly("REFUSED_410");
  }

  @Test
  void a_replay_needs_a_secret_and_a_safe_address() {
    for (String[] words :
        new String[][] {
          {"dlq", "replay"},
          {"dlq", "replay", "--webhook", "https://example.org/"},
          {"dlq", "replay", "--webhook", "https://example.org/", "--secret-env", "NONE"},
          {"dlq", "replay", "--webhook", "http://example.org/", "--secret-env", "HOOK"},
        }) {
      var refused = shell.kg(words);
      assertThat(refused.exitCode()).as(String.join(" ", words)).isEqualTo(ExitCode.USAGE);
      assertThat(refused.err()).doesNotContain("MfKQ", "Exception");
    }
  }

  @Test
  void what_is_given_up_is_not_delivered_and_can_be_looked_at() throws IOException {
    assertThat(json("dlq", "discard", "2/0", "--reason", "gone").path("discarded").asInt())
        .isEqualTo(1);
    assertThat(shell.kg("dlq", "discard", "2/0", "--reason", "again").exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(shell.kg("dlq", "discard", "4/0", "--reason", " ").exitCode())
        .isEqualTo(ExitCode.INVALID);

    assertThat(json("dlq", "list").findValuesAsText("place")).containsExactly("4/0");
    assertThat(json("dlq", "list", "--all").path(0).path("discarded").asText()).isEqualTo("gone");
    assertThat(replay().exitCode()).isZero();
    assertThat(received).containsExactly("4/0");
  }

  @Test
  void those_of_a_removed_graph_are_found_by_its_id() throws IOException {
    String id = json("graph", "get", "main").path("id").asText();
    try (var store = KnowledgeGraph.open(temp.resolve("store"))) {
      GraphView notes = store.as(UserId.of("local")).graph("main");
      notes.send(new RemoveGraph(notes.id())).orThrow();
    }

    assertThat(json("dlq", "list", "--graph", id)).hasSize(2);
    assertThat(shell.kg("dlq", "list", "--graph", id, "--user", "eve").exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void those_of_a_graph_that_all_may_read_are_its_owners() {
    shell.kg("graph", "set", "main", "--visibility", "public-read");
    String id = shell.kg("graph", "get", "main", "--format", "jsonl").out();
    String graph = id.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");

    var refused = shell.kg("dlq", "list", "--graph", graph, "--user", "eve");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.INVALID);
    assertThat(refused.out()).isEmpty();
  }
}
