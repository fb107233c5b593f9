package dev.knowledgegraph.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportEdges;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedEdge;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.GraphReader;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How PostgreSQL carries out reads. */
class PostgresPlansTest {
  private static final int MANY = 2 * PostgresDialect.INSTANCE.valuesAtOnce() + 1;

  private static JdbcStorage open() {
    return JdbcStorage.openPostgres(
        PostgresServer.url(), PostgresSettings.standard().withSchema(PostgresServer.newSchema()));
  }

  @Test
  void no_important_read_goes_through_a_whole_table_not_even_an_empty_one() {
    try (var storage = open()) {
      PostgresServer.execute("ANALYZE");
      Sql.important()
          .forEach(
              (name, sql) ->
                  assertThat(storage.explain(sql))
                      .as(name)
                      .noneMatch(step -> step.contains("Seq Scan on")));
    }
  }

  @Test
  void more_values_than_one_read_takes_are_all_looked_up() {
    try (var store = KnowledgeGraph.builder().storage(open()).build()) {
      var graph = store.as(UserId.of("ada")).graph("notes");
      var nodes = IntStream.range(0, MANY).mapToObj(PostgresPlansTest::node).toList();
      var edges =
          IntStream.range(1, MANY)
              .mapToObj(
                  i ->
                      new ImportedEdge(
                          graph.newEdgeId(), EdgeData.edge(id(0), EdgeType.RELATED, id(i))))
              .toList();
      graph.send(new ImportNodes(graph.id(), nodes)).orThrow();
      graph.send(new ImportEdges(graph.id(), edges)).orThrow();

      GraphReader reader = store.storage();
      GraphRef ref = graph.ref();
      long now = GraphReader.LATEST;
      List<NodeId> ids = nodes.stream().map(ImportedNode::id).toList();
      var keys = IntStream.range(0, MANY).mapToObj(i -> NodeKey.of("k" + i)).toList();
      var edgeIds = edges.stream().map(ImportedEdge::id).toList();
      var shapes =
          edges.stream()
              .map(e -> new EdgeShape(e.data().source(), e.data().type(), e.data().target()))
              .toList();
      assertThat(reader.nodes(ref, ids, now)).hasSize(MANY);
      assertThat(reader.nodesByKey(ref, keys, now)).hasSize(MANY);
      assertThat(reader.usedNodeIds(ref, ids)).hasSize(MANY);
      assertThat(reader.edges(ref, edgeIds, now)).hasSize(MANY - 1);
      assertThat(reader.usedEdgeIds(ref, edgeIds)).hasSize(MANY - 1);
      assertThat(reader.edgesOfShape(ref, shapes, now)).hasSize(MANY - 1);
      assertThat(reader.edgesOf(ref, ids, Direction.INCOMING, Set.of(), now)).hasSize(MANY - 1);
    }
  }

  private static ImportedNode node(int number) {
    return new ImportedNode(id(number), NodeData.node("n" + number).key("k" + number));
  }

  private static NodeId id(int number) {
    return NodeId.of(new UUID(0x7000, (1L << 63) | number));
  }
}
