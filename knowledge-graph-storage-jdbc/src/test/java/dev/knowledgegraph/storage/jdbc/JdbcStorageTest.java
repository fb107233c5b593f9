package dev.knowledgegraph.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JdbcStorageTest {
  private static final long LATEST = GraphReader.LATEST;
  @TempDir Path home;
  private final Commits commits = new Commits(1, "ada");
  private final GraphRef graph = commits.graph;

  private JdbcStorage open() {
    return JdbcStorage.openSqlite(home);
  }

  @Test
  void an_appended_node_is_read_before_and_after_the_store_is_opened_again() {
    Node node;
    try (var storage = open()) {
      storage.append(List.of(commits.create()));
      node = commits.newNode(NodeData.node("Ada").key("ada").label("Person").tag("Math"));
      storage.append(List.of(commits.add(node)));
      assertThat(storage.nodes(graph, List.of(node.id()), LATEST)).containsEntry(node.id(), node);
    }
    try (var storage = open()) {
      assertThat(storage.nodes(graph, List.of(node.id()), LATEST)).containsEntry(node.id(), node);
      assertThat(storage.nodesByKey(graph, List.of(NodeKey.of("ada")), LATEST)).hasSize(1);
      assertThat(storage.head(graph).sequence()).isEqualTo(2);
      assertThat(storage.read(graph, 0, 10)).hasSize(2);
      assertThat(storage.findGraph(graph.owner(), "graph")).isPresent();
      assertThat(storage.check(graph.owner())).allMatch(JdbcStorage.Check::ok);
    }
  }

  @Test
  void a_second_writer_is_told_who_holds_the_store() {
    try (var storage = open()) {
      assertThat(storage.isReadOnly()).isFalse();
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              StorageException.class,
              e -> {
                assertThat(e.code()).isEqualTo("STORE_LOCKED");
                assertThat(e.retryable()).isTrue();
                assertThat(e).hasMessageContaining("pid " + ProcessHandle.current().pid());
              });
    }
    open().close();
  }

  @Test
  void a_reader_sees_what_the_writer_commits_meanwhile_and_cannot_write() {
    try (var writer = open();
        var reader = JdbcStorage.openReadOnly(home)) {
      writer.append(List.of(commits.create()));
      assertThat(reader.head(graph).sequence()).isEqualTo(1);
      writer.append(List.of(commits.add(commits.newNode(NodeData.node("a")))));
      assertThat(reader.head(graph).sequence()).isEqualTo(2);
      assertThatThrownBy(() -> reader.append(List.of(commits.next())))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.code()).isEqualTo("STORE_READ_ONLY"));
    }
  }

  @Test
  void a_store_of_a_newer_schema_is_refused() throws Exception {
    open().close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("events.db"));
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO schema_version VALUES (99, 'later', 'x')");
    }
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            IntegrityException.class, e -> assertThat(e.code()).isEqualTo("STORE_NEWER"));
  }

  @Test
  void a_damaged_header_is_reported_as_such() throws IOException {
    open().close();
    byte[] bytes = Files.readAllBytes(home.resolve("events.db"));
    bytes[3] ^= 0x55;
    Files.write(home.resolve("events.db"), bytes);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            IntegrityException.class, e -> assertThat(e.code()).isEqualTo("STORE_DAMAGED"));
  }

  @Test
  void a_changed_log_entry_is_found_by_the_check_and_by_the_read() throws Exception {
    try (var storage = open()) {
      storage.append(List.of(commits.create()));
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("events.db"));
        var statement = connection.createStatement()) {
      statement.execute("UPDATE log SET payload = x'5b5d'");
    }
    try (var storage = open()) {
      assertThat(storage.check(graph.owner()))
          .filteredOn(check -> !check.ok())
          .extracting(JdbcStorage.Check::name)
          .containsExactly("checksums", "chain");
      assertThatThrownBy(() -> storage.read(graph, 0, 1)).isInstanceOf(IntegrityException.class);
    }
  }

  @Test
  void the_schema_goes_up_down_and_up_again() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("x.db"))) {
      assertThat(Migrations.plan(connection)).isNotEmpty();
      assertThat(Migrations.status(connection)).noneMatch(Migrations.Step::applied);
      assertThat(Migrations.up(connection)).isEqualTo(4);
      assertThat(Migrations.up(connection)).isZero();
      assertThat(Migrations.plan(connection)).isEmpty();
      assertThat(Migrations.down(connection, 2)).isEqualTo(2);
      assertThat(Migrations.down(connection, 1)).isEqualTo(1);
      assertThat(Migrations.down(connection, 0)).isEqualTo(1);
      try (var rows =
          connection
              .createStatement()
              .executeQuery("SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'")) {
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
      assertThat(Migrations.up(connection)).isEqualTo(4);
    }
  }

  @Test
  void a_backup_is_a_store() {
    Path copy = home.resolve("copy");
    try (var storage = JdbcStorage.openSqlite(home.resolve("first"))) {
      storage.append(List.of(commits.create()));
      storage.backup(copy);
    }
    try (var storage = JdbcStorage.openReadOnly(copy)) {
      assertThat(storage.head(graph).sequence()).isEqualTo(1);
    }
  }

  @Test
  void no_important_read_scans_a_table() {
    try (var storage = open()) {
      QueryPlans.of(storage)
          .forEach(
              (name, plan) ->
                  assertThat(plan)
                      .as(name)
                      .noneMatch(
                          step ->
                              step.startsWith("SCAN")
                                  && !step.contains("VIRTUAL TABLE")
                                  // The rows of a recursion.
                                  && !step.equals("SCAN half")
                                  && !step.matches("SCAN (CONSTANT ROW|\\(.*)")));
    }
  }

  @Test
  void edges_of_a_shape_are_found_without_going_through_the_edges_of_a_node() {
    try (var storage = open()) {
      var plans = QueryPlans.of(storage);
      assertThat(plans.get("edges of a shape"))
          .contains("SEARCH e USING PRIMARY KEY (gid=? AND src=? AND type=? AND dst=?)");
      assertThat(plans.get("edges of a shape as of"))
          .contains("SEARCH e USING INDEX edge_hist_out (gid=? AND src=? AND type=? AND dst=?)");
    }
  }

  @Test
  void edges_of_nodes_are_found_by_their_ends_whenever_that_was() {
    try (var storage = open()) {
      var plans = QueryPlans.of(storage);
      for (String out : List.of("edges out", "edges out as of", "degree out")) {
        assertThat(plans.get(out)).anyMatch(step -> step.contains("(gid=? AND src=?"));
      }
      for (String in : List.of("edges in", "edges in as of", "edges in by type", "degree in")) {
        assertThat(plans.get(in))
            .anyMatch(step -> step.matches("SEARCH e USING.* INDEX edge_in \\(gid=. AND dst=.*"));
      }
      assertThat(plans.values())
          .allSatisfy(
              plan ->
                  assertThat(plan)
                      .noneMatch(step -> step.matches("SEARCH e USING [A-Z ]+ .gid=..")));
    }
  }

  @Test
  void the_factory_takes_directories_only() {
    var factory = new SqliteStorageFactory();
    assertThat(factory.open("jdbc:postgresql://host/kg", false)).isEmpty();
    assertThat(factory.open("https://host/kg", false)).isEmpty();
    try (Storage storage = factory.open(home.resolve("a").toString(), false).orElseThrow()) {
      assertThat(storage).isInstanceOf(JdbcStorage.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void every_read_answers_as_the_store_in_memory_does(long seed) {
    System.out.println("seed " + seed);
    var random = new Commits(seed, "ada");
    try (var expected = new InMemoryStorage();
        var storage = open()) {
      var batch = new ArrayList<Commit>();
      batch.add(random.create());
      for (int i = 0; i < 60; i++) {
        batch.add(random.next());
        if (random.random.nextBoolean()) {
          expected.append(batch);
          storage.append(batch);
          batch.clear();
        }
      }
      expected.append(batch);
      storage.append(batch);
      for (long at : new long[] {0, 1, 7, 30, 59, random.sequence, LATEST}) {
        compare(random, expected, storage, at);
      }
      assertThat(storage.check(graph.owner())).allMatch(JdbcStorage.Check::ok);
    }
  }

  private static void compare(Commits made, Storage expected, Storage found, long at) {
    GraphRef graph = made.graph;
    same(expected, found, s -> s.graphAt(graph, at));
    same(expected, found, s -> s.head(graph));
    same(expected, found, s -> s.read(graph, Math.min(at, 50), 5));
    same(expected, found, s -> s.sequenceAt(graph, made.time(Math.min(at, 50))));
    same(expected, found, s -> s.findReceipt(graph, "key-3", Commits.START));
    same(expected, found, s -> s.nodes(graph, made.everyNode, at));
    same(expected, found, s -> s.nodesByTitle(graph, "title 1", 7, at));
    same(expected, found, s -> s.edges(graph, made.everyEdge, at));
    same(expected, found, s -> s.categories(graph, at));
    same(expected, found, s -> s.counts(graph, at));
    same(expected, found, s -> s.usedNodeIds(graph, made.everyNode));
    same(expected, found, s -> s.usedEdgeIds(graph, made.everyEdge));
    same(expected, found, s -> allNodes(s, graph, at));
    same(expected, found, s -> allEdges(s, graph, at));
    for (int i = 0; i < made.everyNode.size(); i += 5) {
      var id = made.everyNode.get(i);
      var other = made.everyNode.get(made.random.nextInt(made.everyNode.size()));
      same(expected, found, s -> s.degree(graph, id, at));
      same(expected, found, s -> s.nodeHistory(graph, id));
      var shapes = List.of(new EdgeShape(id, EdgeType.RELATED, other));
      same(expected, found, s -> s.edgesOfShape(graph, shapes, at));
      for (Direction direction : Direction.values()) {
        same(expected, found, s -> s.edgesOf(graph, List.of(id, other), direction, Set.of(), at));
        same(
            expected,
            found,
            s -> s.edgesOf(graph, Set.of(id), direction, Set.of(EdgeType.RELATED), at));
        same(
            expected,
            found,
            s -> pagesOfEdges(s, graph, new EdgeFilter(id, direction, List.of()), at));
      }
    }
    for (int i = 0; i < made.everyEdge.size(); i += 5) {
      var id = made.everyEdge.get(i);
      same(expected, found, s -> s.edgeHistory(graph, id));
    }
    same(expected, found, s -> pagesOfEdges(s, graph, EdgeFilter.all(), at));
    same(
        expected,
        found,
        s ->
            pagesOfEdges(
                s, graph, new EdgeFilter(null, Direction.BOTH, List.of(EdgeType.of("T"))), at));
    var filters =
        new ArrayList<>(
            List.of(
                NodeFilter.all(),
                NodeFilter.all().withLabels(List.of("L1")),
                NodeFilter.all().withTags(List.of("TAG \"1\\", "tag \"2\\"), true),
                NodeFilter.all().withTags(List.of("tag \"1\\"), false),
                NodeFilter.all().withStatus(List.of(NodeStatus.PUBLISHED)),
                NodeFilter.all().withCreated(made.time(5), made.time(40)),
                NodeFilter.all().withUpdated(made.time(5).plusNanos(1), made.time(40)),
                NodeFilter.all()
                    .withProperties(
                        List.of(
                            new NodeFilter.PropertyCondition(
                                "n", PropertyValue.of(3), PropertyValue.of(6.5))))));
    if (!made.categories.isEmpty()) {
      filters.add(NodeFilter.all().withCategory(made.categories.getFirst().id()));
    }
    for (NodeFilter filter : filters) {
      for (NodeSort.By by : NodeSort.By.values()) {
        for (boolean descending : new boolean[] {false, true}) {
          same(
              expected,
              found,
              s -> pagesOfNodes(s, graph, filter, new NodeSort(by, descending), at));
        }
      }
    }
  }

  private static <T> void same(Storage expected, Storage found, Function<Storage, T> read) {
    assertThat(read.apply(found)).isEqualTo(read.apply(expected));
  }

  private static Set<Node> allNodes(Storage storage, GraphRef graph, long at) {
    var all = new HashSet<Node>();
    storage.forEachNode(graph, at, all::add);
    return all;
  }

  private static Set<Edge> allEdges(Storage storage, GraphRef graph, long at) {
    var all = new HashSet<Edge>();
    storage.forEachEdge(graph, at, all::add);
    return all;
  }

  private static List<Object> pagesOfNodes(
      Storage storage, GraphRef graph, NodeFilter filter, NodeSort sort, long at) {
    var all = new ArrayList<Object>();
    String after = null;
    do {
      var page = storage.listNodes(graph, filter, sort, new Page.Request(7, after), at);
      all.addAll(page.items());
      all.add(page.total());
      after = page.next();
    } while (after != null);
    return all;
  }

  private static List<Object> pagesOfEdges(
      Storage storage, GraphRef graph, EdgeFilter filter, long at) {
    var all = new ArrayList<Object>();
    String after = null;
    do {
      var page = storage.listEdges(graph, filter, new Page.Request(7, after), at);
      all.addAll(page.items());
      all.add(page.total());
      after = page.next();
    } while (after != null);
    return all;
  }

  /** Not a benchmark: a bound that only a missing batch or index breaks. */
  @Test
  void many_edges_are_appended_in_one_go() {
    try (var storage = open()) {
      var nodes = new ArrayList<Node>();
      for (int i = 0; i < 5_000; i++) {
        nodes.add(commits.newNode(NodeData.node("node " + i)));
      }
      storage.append(List.of(commits.create(), commits.add(nodes.toArray(Node[]::new))));
      var changes = new ArrayList<Change>();
      for (int i = 0; i < 100_000; i++) {
        changes.add(
            new Change.EdgeChange(
                null,
                commits.newEdge(
                    EdgeData.edge(
                        nodes.get(i % 5_000).id(),
                        EdgeType.RELATED,
                        nodes.get((i % 5_000 + 1 + i / 5_000) % 5_000).id()))));
      }
      var commit = commits.commit(changes);
      long start = System.nanoTime();
      storage.append(List.of(commit));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("%,.0f edges a second%n", changes.size() / seconds);
      assertThat(seconds).isLessThan(20);
      assertThat(storage.degree(graph, nodes.getFirst().id(), LATEST)).isEqualTo(40);
    }
  }
}
