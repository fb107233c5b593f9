package dev.knowledgegraph.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What is so of a store on a server, and of no other. */
class PostgresStorageTest {
  private static final UserId ADA = UserId.of("ada");

  /** How long writers fight and wires are cut. */
  private static final Duration LONG =
      Duration.ofSeconds(Integer.getInteger("kg.postgres.seconds", 2));

  private final String schema = PostgresServer.newSchema();
  private final PostgresSettings settings =
      PostgresSettings.standard().withSchema(schema).withConnections(8);

  private JdbcStorage open() {
    return JdbcStorage.openPostgres(PostgresServer.url(), settings);
  }

  @AfterEach
  void drop() {
    PostgresServer.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
  }

  @Test
  void what_one_process_writes_another_reads_at_once() {
    try (var here = KnowledgeGraph.builder().storage(open()).build();
        var there = KnowledgeGraph.builder().storage(open()).build()) {
      GraphView mine = here.as(ADA).create(GraphData.named("notes"));
      GraphView same = there.as(ADA).graph("notes");
      NodeId id = mine.add(NodeData.node("one"));
      assertThat(same.find(id).orElseThrow().title()).isEqualTo("one");
      same.add(NodeData.node("two"));
      assertThat(mine.head().nodes()).isEqualTo(2);
      assertThat(mine.head()).isEqualTo(same.head());
    }
  }

  /** Eight writers on one graph, or each on one of its own, and one that follows each log. */
  @Test
  void writers_of_two_processes_lose_skip_and_double_nothing() throws Exception {
    for (int graphs : new int[] {1, 8}) {
      try (var here = KnowledgeGraph.builder().storage(open()).build();
          var there = KnowledgeGraph.builder().storage(open()).build();
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var written = new AtomicBoolean();
        var writers = new ArrayList<Future<List<NodeId>>>();
        var pollers = new ArrayList<Future<List<Long>>>();
        long end = System.nanoTime() + LONG.toNanos() / 2;
        for (int i = 0; i < graphs; i++) {
          GraphView graph = here.as(ADA).create(GraphData.named("g" + graphs + "-" + i));
          GraphRef ref = new GraphRef(ADA, graph.id());
          pollers.add(threads.submit(() -> follow(there, ref, written)));
        }
        for (int i = 0; i < 8; i++) {
          String name = "g" + graphs + "-" + i % graphs;
          KnowledgeGraph process = i % 2 == 0 ? here : there;
          writers.add(threads.submit(() -> write(process.as(ADA).graph(name), end)));
        }
        var acknowledged = new HashSet<NodeId>();
        int acknowledgements = 0;
        try {
          for (var writer : writers) {
            acknowledged.addAll(writer.get());
            acknowledgements += writer.get().size();
          }
        } finally {
          written.set(true);
        }
        long followed = 0;
        for (var poller : pollers) {
          List<Long> seen = poller.get();
          followed += seen.size();
          for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i)).isEqualTo(i + 1L);
          }
        }
        System.out.println(
            graphs + " graphs, 8 writers of two processes: " + acknowledgements + " commands");
        assertThat(acknowledged).hasSize(acknowledgements).isNotEmpty();
        // Each graph has one commit more, that made it.
        assertThat(followed).isEqualTo(acknowledgements + graphs);
        assertThat(nodes(here, graphs)).isEqualTo(acknowledged);
        assertThat(((JdbcStorage) here.storage()).check(ADA)).allMatch(JdbcStorage.Check::ok);
        assertThat(((JdbcStorage) here.storage()).checkState().ok()).isTrue();
      }
    }
  }

  /** Before each of its appends another process appends, unless that has to wait. */
  @Test
  void a_command_that_loses_every_race_has_the_others_wait() throws Exception {
    try (var there = KnowledgeGraph.builder().storage(open()).build();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      GraphView theirs = there.as(ADA).create(GraphData.named("notes"));
      var inTheWay = new ArrayList<Future<NodeId>>();
      var late = new LateStorage(open(), () -> inTheWay(theirs, threads, inTheWay));
      try (var here = KnowledgeGraph.builder().storage(late).build()) {
        NodeId mine = here.as(ADA).graph("notes").add(NodeData.node("mine"));

        assertThat(inTheWay).hasSizeBetween(2, 10);
        var all = new HashSet<NodeId>(Set.of(mine));
        for (var other : inTheWay) {
          all.add(other.get());
        }
        assertThat(all).hasSize(inTheWay.size() + 1);
        assertThat(here.as(ADA).graph("notes").head().nodes()).isEqualTo(all.size());
      }
    }
  }

  private static void inTheWay(
      GraphView graph, ExecutorService threads, List<Future<NodeId>> inTheWay) {
    Future<NodeId> other = threads.submit(() -> graph.add(NodeData.node("in the way")));
    inTheWay.add(other);
    try {
      other.get(2, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // It waits for the one that lost so often.
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Something happens before each append. */
  private static final class LateStorage extends StorageDecorator {
    private final Runnable before;

    LateStorage(Storage storage, Runnable before) {
      super(storage);
      this.before = before;
    }

    @Override
    public void append(List<Commit> commits) {
      before.run();
      super.append(commits);
    }
  }

  private static List<NodeId> write(GraphView graph, long end) {
    var made = new ArrayList<NodeId>();
    while (System.nanoTime() < end) {
      made.add(graph.add(NodeData.node("n")));
    }
    return made;
  }

  /** The sequence numbers that one sees who asks for what comes after the last. */
  private static List<Long> follow(KnowledgeGraph store, GraphRef graph, AtomicBoolean written) {
    var seen = new ArrayList<Long>();
    while (true) {
      boolean last = written.get();
      List<Committed> page = store.storage().read(graph, seen.size(), 100);
      page.forEach(commit -> seen.add(commit.position().sequence()));
      if (page.isEmpty() && last) {
        return seen;
      }
    }
  }

  private static Set<NodeId> nodes(KnowledgeGraph store, int graphs) {
    var nodes = new HashSet<NodeId>();
    for (int i = 0; i < graphs; i++) {
      store.as(ADA).graph("g" + graphs + "-" + i).forEachNode(node -> nodes.add(node.id()));
    }
    return nodes;
  }

  @Test
  void a_wire_that_is_cut_at_any_moment_loses_and_doubles_nothing() {
    long seed = Long.getLong("kg.seed", System.nanoTime());
    System.out.println("seed " + seed);
    try (var wire = new CutWire(PostgresServer.port(), seed)) {
      String url = PostgresServer.url().replace(":" + PostgresServer.port(), ":" + wire.port());
      try (var cut =
              KnowledgeGraph.builder().storage(JdbcStorage.openPostgres(url, settings)).build();
          var whole = KnowledgeGraph.builder().storage(open()).build()) {
        GraphView graph = cut.as(ADA).create(GraphData.named("notes"));
        wire.cutAfter(12_000);
        var acknowledged = new HashSet<NodeId>();
        var failed = new HashSet<NodeId>();
        long end = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < end) {
          NodeId id = NodeId.of(UUID.randomUUID());
          var add = new AddNode(graph.id(), id, NodeData.node("n"));
          try {
            CommandResult result = cut.commands().send(ADA, add, CommandOptions.none());
            assertThat(result).isInstanceOf(CommandResult.Accepted.class);
            acknowledged.add(id);
          } catch (KnowledgeGraphException e) {
            // Refused because the store could not be read, before anything was written.
            assertThat(e.retryable()).as(e.code()).isTrue();
            failed.add(id);
          }
        }
        System.out.println(acknowledged.size() + " commands, " + failed.size() + " failed");
        var found = new HashSet<NodeId>();
        GraphView same = whole.as(ADA).graph("notes");
        same.forEachNode(node -> found.add(node.id()));
        assertThat(found).isEqualTo(acknowledged).isNotEmpty();
        GraphHead head = same.head();
        assertThat(head.sequence()).isEqualTo(acknowledged.size() + 1L);
        assertThat(((JdbcStorage) whole.storage()).check(ADA)).allMatch(JdbcStorage.Check::ok);
      }
    }
  }

  @Test
  void a_call_waits_for_a_connection_as_long_as_it_may() throws Exception {
    var one = settings.withConnections(1).withConnectionWait(Duration.ofMillis(300));
    try (var store =
            KnowledgeGraph.builder()
                .storage(JdbcStorage.openPostgres(PostgresServer.url(), one))
                .build();
        var threads = Executors.newSingleThreadExecutor()) {
      GraphView graph = store.as(ADA).create(GraphData.named("notes"));
      graph.add(NodeData.node("one"));
      var taken = new CountDownLatch(1);
      var asked = new CountDownLatch(1);
      Future<?> busy =
          threads.submit(
              () ->
                  graph.forEachNode(
                      node -> {
                        taken.countDown();
                        await(asked);
                      }));
      await(taken);
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> store.storage().head(new GraphRef(ADA, graph.id())))
          .withMessage("all 1 connections were in use for 300 ms")
          .matches(e -> e.code().equals("STORE_BUSY") && e.retryable());
      asked.countDown();
      busy.get();
      assertThat(graph.head().nodes()).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void connections_are_used_again_and_broken_ones_replaced() {
    var opened = new HashSet<Integer>();
    try (var storage =
            JdbcStorage.openPostgres(
                PostgresServer.url(),
                settings.withConnections(2),
                connection -> {
                  int pid = backend(connection);
                  if (pid != 0) {
                    opened.add(pid);
                  }
                  return connection;
                });
        var store = KnowledgeGraph.builder().storage(storage).build()) {
      GraphView graph = store.as(ADA).create(GraphData.named("notes"));
      for (int i = 0; i < 50; i++) {
        graph.add(NodeData.node("n" + i));
      }
      assertThat(opened).hasSizeLessThanOrEqualTo(2);
      Set.copyOf(opened)
          .forEach(pid -> PostgresServer.execute("SELECT pg_terminate_backend(" + pid + ")"));
      assertThat(untilItAnswers(graph)).isEqualTo(50);
    }
  }

  /** A call may get a connection of which nobody has noticed yet that it broke. */
  private static long untilItAnswers(GraphView graph) {
    for (int tries = 0; ; tries++) {
      try {
        return graph.head().nodes();
      } catch (StorageException e) {
        assertThat(e.retryable()).isTrue();
        assertThat(tries).isLessThan(4);
      }
    }
  }

  private static int backend(Connection connection) {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      // It broke: whoever uses it is told.
      return 0;
    }
  }

  @Test
  void a_statement_that_takes_too_long_is_stopped() throws Exception {
    var impatient = settings.withStatementLimit(Duration.ofSeconds(1));
    try (var storage = JdbcStorage.openPostgres(PostgresServer.url(), impatient);
        var store = KnowledgeGraph.builder().storage(storage).build();
        Connection other = DriverManager.getConnection(PostgresServer.url())) {
      GraphView graph = store.as(ADA).create(GraphData.named("notes"));
      other.setAutoCommit(false);
      try (var statement = other.createStatement()) {
        statement.execute("LOCK TABLE " + schema + ".log");
      }
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> graph.add(NodeData.node("late")))
          .matches(e -> e.code().equals("STORE_TIMEOUT") && e.retryable());
      other.rollback();
      graph.add(NodeData.node("in time"));
      assertThat(graph.head().sequence()).isEqualTo(2);
    }
  }

  @Test
  void nothing_of_the_address_is_in_an_error() {
    for (String address :
        List.of(
            "jdbc:postgresql://localhost:1/kg?user=ada&password=secret",
            "jdbc:postgresql://localhost:notaport/kg?user=ada&password=secret",
            "jdbc:postgresql://localhost:1/kg?user=ada&password=secret&connections=no",
            PostgresServer.url().replaceAll("user=\\w+", "user=nobody") + "&password=secret")) {
      assertThatThrownBy(() -> new PostgresStorageFactory().open(address, false))
          .isInstanceOfAny(StorageException.class, IllegalArgumentException.class)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void the_address_says_the_settings_of_the_store() {
    var at =
        PostgresAddress.parse(
            "jdbc:postgresql://h/kg?user=ada&schema=s&connections=3&connectionWait=0.5"
                + "&statementLimit=2&patience=7&ssl=true");
    assertThat(at.url()).isEqualTo("jdbc:postgresql://h/kg?user=ada&ssl=true");
    assertThat(at.settings())
        .isEqualTo(
            new PostgresSettings(
                "s", 3, Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(7)));
    assertThat(PostgresAddress.parse("jdbc:postgresql://h/kg").settings())
        .isEqualTo(PostgresSettings.standard());
    assertThatThrownBy(() -> PostgresSettings.standard().withSchema("x; DROP"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_reader_reads_and_does_not_write() {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> JdbcStorage.openPostgresReadOnly(PostgresServer.url(), settings))
        .matches(e -> e.code().equals("STORE_ABSENT"));
    try (var store = KnowledgeGraph.builder().storage(open()).build();
        var reader =
            KnowledgeGraph.builder()
                .storage(JdbcStorage.openPostgresReadOnly(PostgresServer.url(), settings))
                .build()) {
      NodeId id = store.as(ADA).create(GraphData.named("notes")).add(NodeData.node("one"));
      GraphView same = reader.as(ADA).graph("notes");
      assertThat(same.find(id)).isPresent();
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> same.add(NodeData.node("two")))
          .matches(e -> e.code().equals("STORE_READ_ONLY"));
    }
  }

  @Test
  void the_schema_goes_down_and_up_again() throws SQLException {
    open().close();
    String url = PostgresServer.url() + "&currentSchema=" + schema;
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(Migrations.status(connection)).allMatch(Migrations.Step::applied);
      int steps = Migrations.status(connection).size();
      assertThat(Migrations.down(connection, 0)).isEqualTo(steps);
      assertThat(Migrations.plan(connection)).isNotEmpty();
      assertThat(Migrations.up(connection)).isEqualTo(steps);
    }
  }

  @RepeatedTest(5)
  void processes_that_start_together_make_one_schema() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var opening = new ArrayList<Future<?>>();
      for (int i = 0; i < 6; i++) {
        opening.add(threads.submit(() -> open().close()));
      }
      for (Future<?> each : opening) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  @Test
  void no_important_read_scans_a_table() {
    try (var storage = open()) {
      fill();
      // There is one graph, which is read as fast without its index.
      QueryPlans.of(storage)
          .forEach(
              (name, plan) ->
                  assertThat(plan)
                      .as(name)
                      .noneMatch(step -> step.matches(".*Seq Scan on (?!graph$).*")));
    }
  }

  /** A graph with as many rows as make a difference, in every table that is looked into. */
  private void fill() {
    String rows = " FROM generate_series(1, 20000) g";
    String id = "decode(lpad(to_hex(g), 32, '0'), 'hex')";
    for (String sql :
        List.of(
            "INSERT INTO {s}.graph (gid, id, owner, seq) VALUES (1, '\\x01', 'ada', 20000)",
            "INSERT INTO {s}.edge_type (name) SELECT 'T' || g" + rows,
            "INSERT INTO {s}.ident SELECT 1, g, " + id + rows,
            "INSERT INTO {s}.log SELECT 1, g, g, '', '', '', '', 1, 0, '', ''" + rows,
            "INSERT INTO {s}.edge_passed SELECT 1, " + id + rows,
            "INSERT INTO {s}.node SELECT 1, g, "
                + id
                + ", 'k' || g, 't' || g, '', '', null, null, null, null, null, null, '', null,"
                + " null, g, null, 1, 1"
                + rows,
            "INSERT INTO {s}.node_hist SELECT *, 2 FROM {s}.node",
            "INSERT INTO {s}.edge SELECT 1, g, 1, g, '', "
                + id
                + ", 1, 1, '', null, '', null, null, null, g, null, 1, 1"
                + rows,
            "INSERT INTO {s}.edge_hist SELECT *, 2 FROM {s}.edge",
            "ANALYZE")) {
      PostgresServer.execute(sql.replace("{s}", schema));
    }
  }
}
