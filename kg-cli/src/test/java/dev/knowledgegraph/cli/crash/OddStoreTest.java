package dev.knowledgegraph.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Stores that are not as they should be: a clear error, or no harm. */
class OddStoreTest {
  private static final int STORAGE = 7;
  private static final int INTEGRITY = 8;
  private static final String[] READ = {"node", "list"};
  private static final String[] WRITE = {"node", "add", "--title", "More"};

  @TempDir Path temp;
  private Path store;

  @BeforeEach
  void make_a_store() {
    store = temp.resolve("store");
    makeStore(store);
  }

  private static void makeStore(Path directory) {
    try (KnowledgeGraph open = KnowledgeGraph.open(directory)) {
      add(open, "Kept");
    }
  }

  private static void add(KnowledgeGraph open, String title) {
    open.as(UserId.of("local")).graph("main").add(NodeData.node(title));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_folder_that_may_not_be_written_can_be_read() throws Exception {
    List<Path> all = files();
    try {
      all.forEach(path -> path.toFile().setWritable(false));

      refused(asSomebody(WRITE), STORAGE, "read-only", "Reading works");
      assertThat(asSomebody(READ).out()).contains("Kept");
      assertThat(asSomebody("doctor").exitCode()).isZero();
    } finally {
      all.forEach(path -> path.toFile().setWritable(true));
    }
    assertThat(kg(WRITE).exitCode()).isZero();
  }

  @Test
  void a_disk_that_is_read_only_can_be_read() throws Exception {
    assumeTrue(SmallDisk.isPossible(), "only root on Linux can mount a small disk");
    try (SmallDisk disk = SmallDisk.mount(temp.resolve("disk"), 8 * 1024)) {
      store = disk.folder().resolve("store");
      makeStore(store);
      disk.makeReadOnly(true);

      refused(kg(WRITE), STORAGE, "read-only", "Reading works");
      assertThat(kg(READ).out()).contains("Kept");

      disk.makeReadOnly(false);
      assertThat(kg(WRITE).exitCode()).isZero();
    }
  }

  @Test
  void a_killed_store_on_a_disk_that_is_read_only_is_read_or_refused_clearly() throws Exception {
    assumeTrue(SmallDisk.isPossible(), "only root on Linux can mount a small disk");
    try (SmallDisk disk = SmallDisk.mount(temp.resolve("disk"), 8 * 1024)) {
      store = disk.folder().resolve("store");
      try (Child child = Child.kg(store, "batch")) {
        var input = child.input();
        input.write("{\"op\":\"node.add\",\"title\":\"Kept\"}\n");
        input.flush();
        child.out().await(line -> line.contains("\"ok\":true"));
        child.kill();
      }
      disk.makeReadOnly(true);

      Child.Result read = kg(READ);

      if (read.exitCode() == 0) {
        assertThat(read.out()).contains("Kept");
      } else {
        refused(read, STORAGE, "store");
      }
      disk.makeReadOnly(false);
      assertThat(kg(READ).out()).contains("Kept");
    }
  }

  @Test
  void a_damaged_header_is_told() throws Exception {
    byte[] file = Files.readAllBytes(store.resolve("events.db"));
    Arrays.fill(file, 0, 100, (byte) 7);
    Files.write(store.resolve("events.db"), file);

    refused(kg(READ), INTEGRITY, "the store is damaged", "doctor --repair", "restore BACKUP");
    refused(kg(WRITE), INTEGRITY, "the store is damaged");
    refused(kg("doctor", "--repair"), INTEGRITY, "the store is damaged");
    assertThat(store.resolve("events.db")).hasBinaryContent(file);
  }

  @Test
  void a_file_that_ends_early_is_told() throws Exception {
    byte[] file = Files.readAllBytes(store.resolve("events.db"));
    Files.write(store.resolve("events.db"), Arrays.copyOf(file, file.length / 2));

    Child.Result doctor = kg("doctor");

    assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isEqualTo(INTEGRITY);
    assertThat(doctor.err()).doesNotContain("\tat ");
  }

  @Test
  void a_newer_format_is_left_alone() throws Exception {
    Files.writeString(store.resolve("kg.json"), "{\"format\": 99}");

    refused(kg(READ), INTEGRITY, "format 99", "newer kg");
    refused(kg(WRITE), INTEGRITY, "format 99", "newer kg");
    assertThat(store.resolve("kg.json")).hasContent("{\"format\": 99}");
  }

  @Test
  void a_newer_schema_is_left_alone() throws Exception {
    execute("INSERT INTO schema_version VALUES (99, 'V99__later', 'x')");

    refused(kg(READ), INTEGRITY, "schema version 99", "newer kg");
    refused(kg(WRITE), INTEGRITY, "schema version 99", "newer kg");
  }

  @Test
  void a_description_that_cannot_be_read_is_told() throws Exception {
    Files.writeString(store.resolve("kg.json"), "\0\0\0");

    refused(kg(READ), INTEGRITY, "kg.json");
    refused(kg(WRITE), INTEGRITY, "kg.json");
  }

  @Test
  void a_description_that_is_gone_is_made_anew() throws Exception {
    Files.delete(store.resolve("kg.json"));

    assertThat(kg(READ).out()).contains("Kept");
    assertThat(kg(WRITE).exitCode()).isZero();
    assertThat(kg(READ).out()).contains("Kept", "More");
    assertThat(store.resolve("kg.json")).content().contains("\"format\": 1");
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_told() throws Exception {
    store = Files.writeString(temp.resolve("file"), "precious");

    refused(kg(READ), STORAGE, "a file is where the directory");
    refused(kg(WRITE), STORAGE, "a file is where the directory");
    assertThat(store).hasContent("precious");
  }

  @Test
  void a_store_whose_making_was_interrupted_counts_as_none_and_is_made_by_the_first_command()
      throws Exception {
    store = Files.createDirectory(temp.resolve("begun"));
    Files.createFile(store.resolve("events.db"));
    Files.createFile(store.resolve("lock"));

    Child.Result read = kg(READ);

    assertThat(read.exitCode()).as(read.err()).isEqualTo(3);
    assertThat(read.err()).contains("there is no store");
    assertThat(kg(WRITE).exitCode()).isZero();
    assertThat(kg(READ).out()).contains("More");
  }

  @Test
  void a_clock_that_goes_back_leaves_the_log_in_order() {
    for (String now : List.of("2040-01-01T00:00:00Z", "2030-01-01T00:00:00Z")) {
      try (KnowledgeGraph open =
          KnowledgeGraph.builder()
              .storage(JdbcStorage.openSqlite(store))
              .clock(Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
              .build()) {
        add(open, now);
        add(open, now);
      }
    }
    List<Committed> log = Proof.log(store);

    assertThat(log).hasSize(6);
    assertThat(log).extracting(Committed::time).doesNotHaveDuplicates().isSorted();
    Proof.followsFromItsLog(store);
    Proof.read(store, graph -> assertThat(titlesAt(graph, log.get(3).time())).hasSize(3));
  }

  private static List<String> titlesAt(GraphView graph, Instant time) {
    var titles = new ArrayList<String>();
    graph.at(time).forEachNode(node -> titles.add(node.title()));
    return titles;
  }

  private static void refused(Child.Result result, int exitCode, String... words) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    assertThat(result.err()).contains(words).doesNotContain("\tat ").doesNotContain("unexpected");
  }

  private Child.Result kg(String... words) {
    return Child.run(store, words);
  }

  /** Root may write anywhere; without its powers it is like anybody. */
  private Child.Result asSomebody(String... words) {
    boolean root = System.getProperty("user.name").equals("root");
    var arguments = new ArrayList<>(List.of("--store", store.toString()));
    arguments.addAll(List.of(words));
    List<String> before =
        root ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all") : List.of();
    try (Child child = Child.java(before, List.of(), dev.knowledgegraph.cli.Kg.class, arguments)) {
      return child.await();
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.walk(store)) {
      return files.toList();
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store.resolve("events.db"));
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
