package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code kg} on a store in a real PostgreSQL, as on one in a directory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTest {
  /** The documented exit code of a conflict. */
  private static final int CONFLICT = 5;

  private final EmbeddedPostgres server;
  private String store = "";

  @TempDir Path temp;

  ServerTest() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @BeforeEach
  void nameNewStore() {
    store =
        server.getJdbcUrl("postgres", "postgres")
            + "&password=tellnobody&schema=s"
            + UUID.randomUUID().toString().replace("-", "");
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  private Shell.Result kg(String address, String... words) {
    return new Shell(address, Map.of("XDG_CACHE_HOME", temp.resolve("cache").toString())).kg(words);
  }

  private String done(String address, String... words) {
    Shell.Result result = kg(address, words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out() + result.err()).doesNotContain("tellnobody");
    return result.out();
  }

  @Test
  void graphs_are_made_asked_and_kept() {
    done(store, "node", "add", "--title", "Ada Lovelace", "--label", "Person");
    done(store, "node", "add", "--title", "Analytical Engine");
    done(store, "edge", "add", "Ada Lovelace", "KNOWS", "Analytical Engine");

    assertThat(done(store, "neighbors", "Ada Lovelace")).contains("Analytical Engine");
    assertThat(done(store, "node", "list", "--at", "2")).contains("Ada Lovelace");
    assertThat(done(store, "doctor")).contains("all is well");
    assertThat(done(store, "migrate", "status")).contains("V1__tables");
    assertThat(done(store, "migrate", "up")).contains("ran 0 steps");
    assertThat(done(store, "explain", "edges out")).contains("Index Scan");
  }

  @Test
  void what_a_server_does_itself_is_refused_with_the_way_out() {
    done(store, "node", "add", "--title", "Ada");

    Shell.Result backup = kg(store, "backup", temp.resolve("backup").toString());
    assertThat(backup.exitCode()).isNotZero();
    assertThat(backup.err()).contains("the server's own tools").doesNotContain("tellnobody");
    assertThat(kg(store, "restore", temp.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_store_that_is_not_there_is_named_without_its_password() {
    Shell.Result list = kg(store, "node", "list");
    assertThat(list.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(list.err()).contains("jdbc:postgresql://").doesNotContain("tellnobody");
    Shell.Result gone = kg("jdbc:postgresql://localhost:1/x?password=tellnobody", "node", "list");
    assertThat(gone.exitCode()).isNotZero();
    assertThat(gone.err()).contains("does not answer").doesNotContain("tellnobody");
  }

  @Test
  void a_copy_has_the_history_and_goes_on() {
    String here = temp.resolve("here").toString();
    String back = temp.resolve("back").toString();
    done(here, "node", "add", "--title", "one");
    done(here, "node", "add", "--title", "two");

    assertThat(done(here, "copy", "--to", store)).contains("1 graph", "2 nodes", "are equal");
    done(here, "node", "tag", "one", "seen");
    done(here, "copy", "--to", store);
    done(store, "copy", "--everybody", "--to", back);

    String fingerprint = done(here, "fingerprint");
    assertThat(done(store, "fingerprint")).isEqualTo(fingerprint);
    assertThat(done(back, "fingerprint")).isEqualTo(fingerprint);
    assertThat(done(back, "log")).isEqualTo(done(here, "log"));
    assertThat(done(store, "node", "list", "--at", "2"))
        .isEqualTo(done(here, "node", "list", "--at", "2"));
  }

  @Test
  void a_copy_onto_another_history_is_refused_and_changes_nothing() {
    String here = temp.resolve("here").toString();
    done(here, "node", "add", "--title", "one");
    done(store, "node", "add", "--title", "another graph of this name");
    String before = done(store, "fingerprint");

    Shell.Result copy = kg(here, "copy", "--to", store);
    assertThat(copy.exitCode()).isEqualTo(CONFLICT);
    assertThat(copy.err()).doesNotContain("tellnobody");
    assertThat(done(store, "fingerprint")).isEqualTo(before);
    assertThat(kg(here, "--graph", "main", "copy", "--everybody", "--to", store).exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(Files.exists(temp.resolve("cache"))).isFalse();
  }
}
