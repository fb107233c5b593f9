package dev.knowledgegraph.internal;

import static dev.knowledgegraph.memory.Scribe.edgeId;
import static dev.knowledgegraph.memory.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.EdgeCommand.RemoveEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.MergeNodes;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.command.NodeCommand.UnmergeNode;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.command.SettingsCommand.DescribeGraph;
import dev.knowledgegraph.command.SettingsCommand.MakeDefault;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.command.SettingsCommand.RenameGraph;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** That commands are committed together is seen by nobody. */
class GroupTest {
  private static final UserId ADA = UserId.of("ada");
  private static final GraphId ONE = GraphId.of(new UUID(0, 1));
  private static final GraphId TWO = GraphId.of(new UUID(0, 2));
  private static final CreateGraph CREATE = new CreateGraph(ONE, GraphData.named("one"));
  private static final AddNode ADD = new AddNode(ONE, nodeId(1), NodeData.node("Ada"));
  private static final AddEdge LINK =
      new AddEdge(ONE, edgeId(1), EdgeData.edge(nodeId(1), EdgeType.RELATED, nodeId(1)));

  @Test
  void ids_are_not_used_again_within_a_group() {
    assertSameInAGroup(
        CREATE,
        ADD,
        LINK,
        new RemoveEdge(ONE, edgeId(1)),
        LINK,
        new RemoveNode(ONE, nodeId(1)),
        ADD);
  }

  @Test
  void a_merge_can_be_taken_back_in_its_group() {
    assertSameInAGroup(
        CREATE,
        ADD,
        LINK,
        new AddNode(ONE, nodeId(2), NodeData.node("Countess")),
        new MergeNodes(ONE, nodeId(2), nodeId(1)),
        new UnmergeNode(ONE, nodeId(2), nodeId(1)));
  }

  @Test
  void a_merge_can_be_taken_back_in_its_batch() {
    var merge = new MergeNodes(ONE, nodeId(2), nodeId(1));
    var unmerge = new UnmergeNode(ONE, nodeId(2), nodeId(1));
    assertSameInAGroup(
        CREATE,
        ADD,
        LINK,
        new AddNode(ONE, nodeId(2), NodeData.node("Countess")),
        new Batch(ONE, List.of(merge, unmerge), true),
        new Batch(ONE, List.of(merge, unmerge, merge), true),
        new Batch(ONE, List.of(unmerge, merge, unmerge, new RemoveNode(ONE, nodeId(7))), true),
        new Batch(ONE, List.of(unmerge, merge), true),
        unmerge,
        merge,
        new Batch(ONE, List.of(unmerge, new RemoveNode(ONE, nodeId(7))), true),
        unmerge);
  }

  @Test
  void what_one_batch_adds_and_merges_is_gone() {
    assertSameInAGroup(
        CREATE,
        new AddNode(ONE, nodeId(2), NodeData.node("Countess")),
        new Batch(ONE, List.of(ADD, LINK, new MergeNodes(ONE, nodeId(2), nodeId(1))), true),
        new UnmergeNode(ONE, nodeId(2), nodeId(1)),
        ADD);
  }

  @Test
  void a_name_is_free_as_soon_as_its_graph_has_another() {
    assertSameInAGroup(
        CREATE, new RenameGraph(ONE, "other"), new CreateGraph(TWO, GraphData.named("one")));
  }

  @Test
  void a_name_is_taken_as_soon_as_a_graph_has_it() {
    assertSameInAGroup(
        CREATE, new RenameGraph(ONE, "other"), new CreateGraph(TWO, GraphData.named("other")));
  }

  @Test
  void only_the_last_default_graph_is_it() {
    assertSameInAGroup(
        CREATE,
        new CreateGraph(TWO, GraphData.named("two")),
        new MakeDefault(ONE),
        new MakeDefault(TWO),
        new DescribeGraph(ONE, "not the default any more"));
  }

  @Test
  void one_that_loses_for_ever_does_not_take_the_others_along() {
    var graph = engine();
    var bob = UserId.of("bob");
    send(graph, bob, new CreateGraph(TWO, GraphData.named("gone")));
    send(graph, bob, new RemoveGraph(TWO));
    try {
      graph
          .commands()
          .sendAll(ADA, List.of(CREATE, new CreateGraph(TWO, GraphData.named("two")), ADD));
    } catch (KnowledgeGraphException e) {
      assertThat(e.code()).isEqualTo("CONFLICT");
    }

    assertThat(graph.as(ADA).graphs()).extracting(Graph::name).containsExactly("one");
    assertThat(graph.as(ADA).graph(ONE).find(nodeId(1))).isPresent();
  }

  /** The first command is sent alone. */
  private static void assertSameInAGroup(GraphCommand first, GraphCommand... commands) {
    var single = engine();
    send(single, ADA, first);
    var results = new ArrayList<CommandResult>();
    for (GraphCommand command : commands) {
      results.add(send(single, ADA, command));
    }
    var grouped = engine();
    send(grouped, ADA, first);

    assertThat(grouped.commands().sendAll(ADA, List.of(commands))).isEqualTo(results);
    assertThat(grouped.as(ADA).graphs()).isEqualTo(single.as(ADA).graphs());
    var ref = single.as(ADA).graph(ONE).ref();
    assertThat(grouped.storage().read(ref, 0, 99)).isEqualTo(single.storage().read(ref, 0, 99));
    assertThat(grouped.storage().head(ref)).isEqualTo(single.storage().head(ref));
    assertThat(grouped.storage().nodeHistory(ref, nodeId(1)))
        .isEqualTo(single.storage().nodeHistory(ref, nodeId(1)));
  }

  private static CommandResult send(KnowledgeGraph graph, UserId caller, GraphCommand command) {
    return graph.commands().send(caller, command, CommandOptions.none());
  }

  private static KnowledgeGraph engine() {
    return KnowledgeGraph.builder()
        .storage(new dev.knowledgegraph.memory.InMemoryStorage())
        .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
        .build();
  }
}
