package dev.knowledgegraph.search.lucene;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.spi.SearchIndex.Check;
import dev.knowledgegraph.spi.StorageDecorator;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that the Lucene of the previous major has written: a real one, by a real process. */
class EarlierLuceneTest {
  private static final int NODES = 300;
  private static final long PATIENCE_SECONDS = 60;
  private static final String MARKED = "title:" + EarlierLuceneChild.MARK;

  @TempDir Path home;

  @BeforeEach
  void write_an_index_with_the_previous_lucene() throws Exception {
    try (var store = KnowledgeGraph.builder().storage(JdbcStorage.openSqlite(home)).build()) {
      var notes = store.as(UserId.of("ada")).graph("notes");
      for (int i = 0; i < NODES; i++) {
        notes.add(node("note " + i).body("a word that all have, and number" + i));
      }
    }
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                EarlierLuceneChild.class.getName(),
                home.toString())
            .inheritIO()
            .start();
    assertThat(child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isZero();
    assertThat(majorOf("gen-1")).isEqualTo(Version.LATEST.major - 1);
  }

  @Test
  void it_answers_until_a_new_one_is_made_beside_it() throws Exception {
    var gate = new CountDownLatch(1);
    try (var store = open(gate)) {
      GraphView notes = store.as(UserId.of("ada")).graph("notes");

      assertThat(found(notes, MARKED)).isEqualTo(NODES);
      assertThat(notes.search("number7"))
          .extracting(hit -> hit.node().title())
          .containsExactly("note 7");
      for (SearchMode mode : SearchMode.values()) {
        var search = Search.of(notes.id(), "note number12 word").withMode(mode);
        assertThat(notes.ask(search).hits().getFirst().node().title()).isEqualTo("note 12");
      }
      notes.add(node("one more").body("added to the old index"));
      assertThat(found(notes, "added")).isEqualTo(1);

      gate.countDown();
      await(() -> "gen-2".equals(current()));
      assertThat(found(notes, MARKED)).isZero();
      assertThat(found(notes, "word")).isEqualTo(NODES);
      assertThat(found(notes, "added")).isEqualTo(1);
      assertThat(store.searchIndex().check()).allMatch(Check::ok);
    }
    assertThat(majorOf("gen-2")).isEqualTo(Version.LATEST.major);
  }

  @Test
  void a_store_that_is_closed_before_it_is_done_goes_on_with_the_old_one() throws Exception {
    var gate = new CountDownLatch(1);
    var store = open(gate);
    assertThat(found(store.as(UserId.of("ada")).graph("notes"), "word")).isEqualTo(NODES);
    Thread closing = Thread.ofPlatform().start(store::close);
    // Closing waits for the one that makes the new index, which notices when it is let on.
    await(() -> closing.getState() == Thread.State.WAITING);
    gate.countDown();
    closing.join();
    assertThat(current()).isEqualTo("gen-1");
    try (var again = open(gate)) {
      var notes = again.as(UserId.of("ada")).graph("notes");
      assertThat(found(notes, "word")).isEqualTo(NODES);
      await(() -> !"gen-1".equals(current()));
      assertThat(found(notes, MARKED)).isZero();
    }
  }

  /**
   * A store in which nobody lists the logs, as making a new index begins, before the gate opens.
   */
  private KnowledgeGraph open(CountDownLatch gate) {
    var storage =
        new StorageDecorator(JdbcStorage.openSqlite(home)) {
          @Override
          public List<GraphRef> logs(@Nullable GraphRef after, int limit) {
            try {
              assertThat(gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.logs(after, limit);
          }
        };
    return KnowledgeGraph.builder()
        .storage(storage)
        .search(LuceneSearch.in(home.resolve("index")))
        .build();
  }

  private static long found(GraphView graph, String text) {
    return graph.ask(Search.of(graph.id(), text)).total();
  }

  private String current() {
    try {
      return Files.readString(home.resolve("index").resolve("current")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int majorOf(String generation) throws IOException {
    try (var directory = FSDirectory.open(home.resolve("index").resolve(generation))) {
      return SegmentInfos.readLatestCommit(directory).getIndexCreatedVersionMajor();
    }
  }

  private static void await(Supplier<Boolean> condition) {
    long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    while (!condition.get()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** This one, with the previous Lucene instead of the present one. */
  private static String classPath() throws IOException {
    Stream<String> others =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("lucene-"));
    try (var previous = Files.list(Path.of("target", "previous-lucene"))) {
      return Stream.concat(previous.map(Path::toString), others)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
