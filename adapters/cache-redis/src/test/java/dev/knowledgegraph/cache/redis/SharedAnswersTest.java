package dev.knowledgegraph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.tck.Seeds;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes on one PostgreSQL and one Redis. {@code -Dkg.cache.operations=1000000} has them do
 * as many together.
 */
class SharedAnswersTest {
  private static final long OPERATIONS = Long.getLong("kg.cache.operations", 8_000);

  @TempDir Path folder;

  private record Ended(int status, List<String> lines) {}

  @Test
  void no_answer_is_older_than_its_token_and_none_fails_though_the_server_dies() throws Exception {
    try (var redis = RedisProcess.open()) {
      List<Ended> ended =
          run(
              redis,
              OPERATIONS,
              line -> {
                if (line.equals("at 30")) {
                  redis.stop();
                } else if (line.equals("at 60")) {
                  redis.start();
                }
              });

      assertThat(ended)
          .allSatisfy(
              process -> {
                assertThat(process.status).as(String.join("\n", process.lines)).isZero();
                assertThat(process.lines.getLast())
                    .startsWith("done: ")
                    .doesNotContain(" 0 hits", " 0 misses");
              });
      assertThat(ended.getFirst().lines.getLast()).doesNotContain(" 0 calls");
    }
  }

  @Test
  void a_cache_that_ignores_positions_is_caught() throws Exception {
    try (var redis = RedisProcess.open()) {
      assertThat(run(redis, 2_000, line -> {}, "faulty"))
          .allSatisfy(
              process -> {
                assertThat(process.status).isEqualTo(1);
                assertThat(process.lines).anyMatch(line -> line.contains("older than its token"));
              });
    }
  }

  /** Both processes; what the first says is told to a listener. */
  private List<Ended> run(
      RedisProcess redis, long operations, Consumer<String> listener, String... more)
      throws Exception {
    long seed = Seeds.seed("shared answers");
    try (var server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      String database = server.getJdbcUrl("postgres", "postgres");
      Path tokens = folder.resolve("tokens");
      Asker.fill(database, Tokens.of(tokens, 2 * Asker.GRAPHS));
      var processes = new ArrayList<Process>();
      for (int i = 0; i < 2; i++) {
        var command =
            new ArrayList<>(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Asker.class.getName(),
                    database,
                    redis.address().toString(),
                    tokens.toString(),
                    Long.toString(operations / 2),
                    Long.toString(seed + i)));
        command.addAll(List.of(more));
        processes.add(new ProcessBuilder(command).redirectErrorStream(true).start());
      }
      var second = new ArrayList<String>();
      var reader = Thread.ofVirtual().start(() -> read(processes.get(1), second::add));
      var first = new ArrayList<String>();
      read(
          processes.get(0),
          line -> {
            first.add(line);
            listener.accept(line);
          });
      reader.join();
      return List.of(
          new Ended(processes.get(0).waitFor(), first),
          new Ended(processes.get(1).waitFor(), second));
    }
  }

  @SuppressWarnings("SystemOut") // the figures, for who runs the long one
  private static void read(Process process, Consumer<String> lines) {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
        if (line.startsWith("done: ")) {
          System.out.println(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
