package dev.knowledgegraph.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.BulkCommand.ImportEdges;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedEdge;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemorySearchIndex;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.QueryOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store says to its database. */
class StatementsTest {
  private static final List<UserId> CALLERS = List.of(UserId.of("ada"), UserId.of("eve"));

  @TempDir Path folder;
  private final Statements statements = new Statements();
  private final List<Connection> connections = new ArrayList<>();
  private final List<KnowledgeGraph> stores = new ArrayList<>();

  private KnowledgeGraph open(String name) {
    var storage =
        JdbcStorage.openSqlite(
            folder.resolve(name),
            connection -> {
              Connection watched = statements.watch(connection);
              connections.add(watched);
              return watched;
            });
    var store =
        KnowledgeGraph.builder()
            .storage(storage)
            .search(opened -> new InMemorySearchIndex(opened, new HashingEmbedder(256)))
            .build();
    stores.add(store);
    return store;
  }

  @AfterEach
  void close() {
    stores.forEach(KnowledgeGraph::close);
  }

  @Nested
  class Every_statement {
    @Test
    void of_every_command_and_query_binds_the_graph_and_its_owner() {
      var random = new Random(17);
      KnowledgeGraph store = open("store");
      for (int round = 0; round < 20; round++) {
        for (UserId caller : CALLERS) {
          statements.expect(caller.value());
          GraphView graph = store.as(caller).create(GraphData.named("graph " + round));
          everything(store, graph, random);
        }
      }

      assertThat(statements.faults()).isEmpty();
      assertThat(statements.counted()).containsKeys("SELECT", "INSERT", "UPDATE", "DELETE");
    }

    private void everything(KnowledgeGraph store, GraphView graph, Random random) {
      var ids = EveryMessage.Ids.unknown(random);
      var every = new EveryMessage(graph.id(), ids, null, random);
      for (int again = 0; again < 3; again++) {
        for (GraphCommand command : every.commands()) {
          if (again == 2 || !(command instanceof RemoveGraph)) {
            var options = CommandOptions.none().withIdempotencyKey("key " + random.nextLong());
            quietly(() -> graph.send(command, options));
          }
        }
        for (GraphQuery<?> query : every.queries()) {
          quietly(() -> graph.ask(query));
          for (Moment moment : List.of(new Moment.AtSequence(5), new Moment.AtTime(graphTime()))) {
            quietly(() -> store.queries().ask(graph.caller(), query, QueryOptions.at(moment)));
          }
        }
      }
    }

    private java.time.Instant graphTime() {
      return java.time.Instant.EPOCH;
    }

    private static void quietly(Runnable message) {
      try {
        message.run();
      } catch (KnowledgeGraphException | IllegalArgumentException refused) {
        // Its statements count.
      }
    }

    @Test
    void that_does_not_is_found() throws SQLException {
      KnowledgeGraph store = open("store");
      statements.expect("ada");
      GraphView graph = store.as(CALLERS.get(0)).create(GraphData.named("graph"));
      graph.add(NodeData.node("a"));
      assertThat(statements.faults()).isEmpty();

      execute("SELECT title FROM node WHERE nid = ?", 1);
      execute("SELECT title FROM node n JOIN ident i ON i.nid = n.nid WHERE n.gid = ?1", 1);
      execute("SELECT title FROM node WHERE gid = ?", 99);
      execute("SELECT id FROM graph WHERE name = ?", 1);
      statements.expect("eve");
      execute("SELECT title FROM node WHERE gid = ?", 1);

      assertThat(statements.faults())
          .extracting(fault -> fault.substring(0, 16))
          .contains("node is not held", "ident is not hel", "graphs of everyb")
          .filteredOn("the graph's numb"::equals)
          .hasSizeGreaterThanOrEqualTo(2);
    }

    private void execute(String sql, long value) throws SQLException {
      try (var statement = connections.get(0).prepareStatement(sql)) {
        statement.setLong(1, value);
        statement.executeQuery().close();
      }
    }
  }

  @Nested
  class The_number_of_statements {
    /** For few and for many elements. */
    private void is_the_same(BiConsumer<KnowledgeGraph, GraphView> work) {
      Map<String, Integer> few = statements(10, work);
      assertThat(few).isNotEmpty();
      assertThat(statements(1_000, work)).isEqualTo(few);
    }

    private Map<String, Integer> statements(int size, BiConsumer<KnowledgeGraph, GraphView> work) {
      try (KnowledgeGraph store = open("filled" + size)) {
        GraphView graph = store.as(CALLERS.get(0)).graph("graph");
        graph.send(nodes(graph, size)).orThrow();
        graph.send(edges(graph, size)).orThrow();
      }
      try (KnowledgeGraph store = open("filled" + size)) {
        statements.counted();
        GraphView graph = store.as(CALLERS.get(0)).graph("graph");
        work.accept(store, graph);
        return statements.counted();
      }
    }

    private static ImportNodes nodes(GraphView graph, int size) {
      var nodes = new ArrayList<ImportedNode>();
      for (int i = 0; i < size; i++) {
        nodes.add(new ImportedNode(id(i), NodeData.node("n" + i).key("k" + i)));
      }
      return new ImportNodes(graph.id(), nodes);
    }

    private static ImportEdges edges(GraphView graph, int size) {
      var edges = new ArrayList<ImportedEdge>();
      for (int i = 1; i < size; i++) {
        edges.add(
            new ImportedEdge(
                graph.newEdgeId(),
                EdgeData.edge(id(i / 2), EdgeType.RELATED, id(i)).withLabel("e" + i)));
      }
      return new ImportEdges(graph.id(), edges);
    }

    private static NodeId id(int number) {
      return NodeId.of(new java.util.UUID(0x7000, (1L << 63) | number));
    }

    @Test
    void to_open_a_store_and_a_graph_is_the_same() {
      is_the_same((store, graph) -> graph.head());
    }

    @Test
    void to_go_through_all_nodes_and_edges_is_the_same() {
      is_the_same(
          (store, graph) -> {
            graph.forEachNode(node -> {});
            graph.forEachEdge(edge -> {});
          });
    }

    @Test
    void to_ask_for_a_page_is_the_same() {
      is_the_same(
          (store, graph) ->
              graph.ask(
                  new GraphQuery.ListNodes(
                      graph.id(),
                      NodeFilter.all(),
                      NodeSort.created(),
                      new Page.Request(1_000, null))));
    }

    @Test
    void to_ask_for_a_neighborhood_is_the_same() {
      is_the_same(
          (store, graph) ->
              graph.ask(
                  new GraphQuery.FindNeighbors(
                      graph.id(), id(1), 2, Direction.BOTH, Set.of(), 1_000)));
    }

    @Test
    void to_import_again_what_is_there_is_the_same() {
      is_the_same(
          (store, graph) -> {
            int size = (int) graph.head().nodes();
            graph.send(nodes(graph, size)).orThrow();
            graph.send(edges(graph, size)).orThrow();
          });
    }

    @Test
    void to_read_for_an_import_is_the_same() {
      is_the_same(
          (store, graph) -> {
            GraphView other = store.as(CALLERS.get(0)).graph("other");
            int size = (int) graph.head().nodes();
            statements.counted();
            other.send(nodes(other, size)).orThrow();
            other.send(edges(other, size)).orThrow();
            onlyReads();
          });
    }

    @Test
    void to_read_for_a_batch_of_commands_is_the_same() {
      is_the_same(
          (store, graph) -> {
            GraphView other = store.as(CALLERS.get(0)).graph("other");
            int size = (int) graph.head().nodes();
            var commands = new ArrayList<GraphCommand>();
            for (int i = 0; i < size; i++) {
              commands.add(new AddNode(other.id(), id(i), NodeData.node("n").key("k" + i)));
            }
            statements.counted();
            other.send(new Batch(other.id(), commands, true)).orThrow();
            onlyReads();
          });
    }

    /** Rows are written one by one. */
    private void onlyReads() {
      Map<String, Integer> counted = statements.counted();
      statements.count("SELECT", counted.getOrDefault("SELECT", 0));
    }
  }
}
