package dev.knowledgegraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.knowledgegraph.memory.HashingEmbedder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kg reindex} changes, and what it leaves as it was if it cannot. */
class ReindexTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int DIMENSION = 16;

  @TempDir Path temp;
  private Path store;
  private Shell shell;

  @BeforeEach
  void addNotes() {
    store = temp.resolve("store");
    shell = new Shell(store);
    assertThat(shell.kg("node", "add", "--title", "Ada", "--body", "the first program").exitCode())
        .isZero();
  }

  private Path settings() {
    return store.resolve("search.properties");
  }

  @Test
  void another_dimension_is_kept_and_used() throws IOException {
    assertThat(shell.kg("reindex", "--embedder", "hashing,dimension=64").out())
        .contains("made the search index anew");
    assertThat(Files.readString(settings())).contains("hashing,dimension\\=64");
    assertThat(shell.kg("search", "programs", "--mode", "vector").out()).contains("Ada");
  }

  @Test
  void a_service_that_speaks_the_usual_protocol_makes_the_vectors() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/embeddings",
        exchange -> {
          byte[] answer = embeddings(JSON.readTree(exchange.getRequestBody())).getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://localhost:" + server.getAddress().getPort();
      var done =
          shell.kg("reindex", "--embedder", "http,url=" + url + ",model=m,dimension=" + DIMENSION);
      assertThat(done.exitCode()).as(done.err()).isZero();
      assertThat(shell.kg("search", "program", "--mode", "vector").out()).contains("Ada");
    } finally {
      server.stop(0);
    }
  }

  private static String embeddings(JsonNode request) {
    var answer = JSON.createObjectNode();
    var data = answer.putArray("data");
    int index = 0;
    for (JsonNode text : request.path("input")) {
      var vector = data.addObject().put("index", index++).putArray("embedding");
      for (float component : new HashingEmbedder(DIMENSION).embedQuery(text.asText())) {
        vector.add(component);
      }
    }
    return answer.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cosine",
        "hashing,dimension=many",
        "hashing,dimension=5",
        "hashing,size=64",
        "hashing,64",
        "http,url=http://localhost:1",
        "http,url=nowhere,model=m,dimension=3",
        "http,url=http://localhost:1,model=m,dimension=3,secret=x",
      })
  void an_embedder_that_cannot_be_is_refused(String setting) {
    var refused = shell.kg("reindex", "--embedder", setting);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("xpected").doesNotContain("Exception");
    assertThat(settings()).doesNotExist();
  }

  @Test
  void a_service_that_does_not_answer_changes_nothing() {
    var failed =
        shell.kg("reindex", "--embedder", "http,url=http://localhost:1,model=m,dimension=3");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failed.err())
        .contains("the service of embeddings at http://localhost:1 could not be asked");
    assertThat(settings()).doesNotExist();
    assertThat(shell.kg("search", "program").out()).contains("Ada");
  }

  @Test
  void a_language_that_is_not_known_changes_nothing() throws IOException {
    assertThat(shell.kg("reindex", "--analyzer", "en").exitCode()).isZero();
    String before = Files.readString(settings());
    var refused = shell.kg("reindex", "--analyzer", "tlh");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("expected one of standard, en");
    assertThat(Files.readString(settings())).isEqualTo(before);
    assertThat(shell.kg("search", "programs").out()).contains("Ada");
  }

  @Test
  void a_refused_setting_leaves_no_file_where_there_was_none() {
    assertThat(shell.kg("reindex", "--analyzer", "tlh").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(settings()).doesNotExist();
  }

  @Test
  void settings_that_somebody_broke_are_named() throws IOException {
    Files.writeString(settings(), "embedder=hashing,dimension=x");
    var refused = shell.kg("search", "program");
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.err()).contains("search.properties").contains("expected a number, found x");
  }
}
