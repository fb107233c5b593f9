package dev.knowledgegraph.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.storage.dynamodb.CountingClient.Cost;
import dev.knowledgegraph.tck.Scribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the main operations ask of the service; the guide has the same numbers. */
class CostTest {
  private static final UserId ADA = UserId.of("ada");
  private static final GraphId NOTES = Scribe.graphId(1);
  private static final long NOW = GraphReader.LATEST;
  private static final GraphRef REF = new GraphRef(ADA, NOTES);

  private final CountingClient counting = new CountingClient(LocalDynamoDb.client());
  private final DynamoDbStorage storage =
      DynamoDbStorage.open(counting.client(), DynamoDbStorageConfig.of(LocalDynamoDb.newTable()));
  private final KnowledgeGraph graph = KnowledgeGraph.builder().storage(storage).build();

  @BeforeEach
  void create() {
    counting.take();
    send(new CreateGraph(NOTES, GraphData.named("notes")));
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void creating_a_graph() {
    assertCost("create a graph", 8, 4, 13);
  }

  @Test
  void adding_a_node_with_a_title_to_a_small_graph() {
    addNode(1);
    counting.take();
    addNode(2);

    assertCost("add a node", 8, 5, 11);
  }

  @Test
  void adding_an_edge() {
    addNode(1);
    addNode(2);
    counting.take();
    send(new AddEdge(NOTES, Scribe.edgeId(1), edge(1, 2)));

    assertCost("add an edge", 11, 8, 11);
  }

  @Test
  void importing_a_thousand_nodes() {
    counting.take();
    importNodes(1_000);

    var cost = assertCost("import 1,000 nodes", 140, 5, 3_109);
    assertThat(cost.requests()).containsEntry("batchWriteItem", 124);
  }

  @Test
  void reading_a_hundred_nodes_of_few() {
    importNodes(1_000);
    counting.take();
    var ids = LongStream.rangeClosed(1, 100).mapToObj(Scribe::nodeId).toList();

    assertThat(storage.nodes(REF, ids, NOW)).hasSize(100);
    assertCost("read 100 of 1,000 nodes", 9, 17, 0);
  }

  @Test
  void reading_a_hundred_nodes_of_many() {
    importNodes(5_000);
    counting.take();
    var ids = LongStream.rangeClosed(1, 100).mapToObj(Scribe::nodeId).toList();

    assertThat(storage.nodes(REF, ids, NOW)).hasSize(100);
    assertCost("read 100 of 5,000 nodes", 101, 101, 0);
  }

  @Test
  void the_neighbors_of_a_node() {
    importNodes(100);
    for (long n = 2; n <= 21; n++) {
      send(new AddEdge(NOTES, Scribe.edgeId(n), n % 2 == 0 ? edge(1, n) : edge(n, 1)));
    }
    counting.take();

    assertThat(storage.edgesOf(REF, Set.of(Scribe.nodeId(1)), Direction.BOTH, Set.of(), NOW))
        .hasSize(20);
    assertCost("edges of a node", 4, 13, 0);
    GraphView view = graph.as(ADA).graph(NOTES);
    assertThat(view.neighbors(Scribe.nodeId(1))).hasSize(20);
    assertCost("neighborhood of a node", 25, 34, 0);
  }

  @Test
  void the_first_page_of_all_nodes() {
    importNodes(1_000);
    counting.take();
    var page =
        storage.listNodes(
            REF, NodeFilter.all(), NodeSort.created(), new Page.Request(20, null), NOW);

    assertThat(page.items()).hasSize(20);
    assertCost("first 20 of 1,000 nodes", 30, 46, 0);
  }

  @Test
  void a_hundred_entries_of_a_log() {
    for (long n = 1; n <= 100; n++) {
      addNode(n);
    }
    counting.take();

    assertThat(storage.read(REF, 0, 100)).hasSize(100);
    assertCost("read 100 entries of the log", 2, 13, 0);
  }

  private void addNode(long number) {
    send(new AddNode(NOTES, Scribe.nodeId(number), NodeData.node("Node " + number)));
  }

  private void importNodes(int count) {
    var nodes = new ArrayList<ImportedNode>();
    for (long n = 1; n <= count; n++) {
      nodes.add(
          new ImportedNode(
              Scribe.nodeId(n), NodeData.node("Node " + n).body("Some text. ".repeat(20))));
    }
    send(new ImportNodes(NOTES, List.copyOf(nodes)));
  }

  private static EdgeData edge(long source, long target) {
    return EdgeData.edge(Scribe.nodeId(source), EdgeType.RELATED, Scribe.nodeId(target));
  }

  private void send(dev.knowledgegraph.command.GraphCommand command) {
    graph.commands().send(ADA, command, CommandOptions.none()).orThrow();
  }

  @SuppressWarnings("SystemOut") // these are the numbers of the guide
  private Cost assertCost(String what, int requests, int readUnits, int writeUnits) {
    Cost cost = counting.take();
    System.out.printf(
        "%-28s %4d requests, %6.1f read units, %6.1f write units, %s%n",
        what, cost.total(), cost.readUnits(), cost.writeUnits(), cost.requests());
    assertThat(cost.total()).as(what).isEqualTo(requests);
    assertThat(cost.readUnits()).as(what).isEqualTo(readUnits);
    // Times make what is deflated a little longer or shorter.
    assertThat(cost.writeUnits()).as(what).isCloseTo((double) writeUnits, withinPercentage(1));
    return cost;
  }
}
