package dev.knowledgegraph.tck.storage;

import static dev.knowledgegraph.tck.Scribe.edgeId;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.SetKey;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Lease;
import dev.knowledgegraph.tck.GraphSamples;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Laws 1, 4 and 9 of {@link dev.knowledgegraph.spi.EventStore}: appending and reading. */
public abstract class AppendContract extends StorageContract {
  /** A suite for stores of such a fixture. */
  protected AppendContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void what_was_appended_stands_in_the_log_and_in_the_state() {
    append(scribe.create("notes"), scribe.node(1, "Ada"));

    assertThat(storage.findGraph(ref.id())).map(Graph::name).contains("notes");
    assertThat(storage.findGraph(ref.owner(), "notes")).map(Graph::ref).contains(ref);
    assertThat(storage.graphs(ref.owner())).extracting(Graph::id).containsExactly(ref.id());
    assertThat(storage.nodes(ref, List.of(nodeId(1)), NOW).values())
        .extracting(Node::title)
        .containsExactly("Ada");
    assertThat(log()).hasSize(2);
  }

  @Test
  void a_log_entry_comes_back_as_it_was_written() {
    var options = new CommandOptions("key", null, "correlation", "causation");
    var created = scribe.create("notes");
    var added = scribe.write(new AddNode(ref.id(), nodeId(1), NodeData.node("Ada")), options);
    append(created, added);

    assertThat(log()).containsExactly(created.entry(), added.entry());
  }

  @Test
  void the_head_is_that_of_the_last_commit() {
    var commits = GraphSamples.life(scribe);
    assertThat(storage.head(ref)).isEqualTo(GraphHead.EMPTY);
    for (Commit commit : commits) {
      append(commit);
      assertThat(storage.head(ref)).isEqualTo(commit.head());
    }
  }

  @Test
  void commits_of_one_call_follow_each_other() {
    storage.append(GraphSamples.life(scribe));
    var together = answers(NOW);
    var other = fixture.create();
    GraphSamples.life(new Scribe("ada", 1)).forEach(commit -> other.append(List.of(commit)));

    assertThat(log()).hasSize((int) scribe.head());
    assertThat(together.differenceFrom(dev.knowledgegraph.tck.Answers.of(other, ref, NOW)))
        .isEmpty();
  }

  @Test
  void one_call_may_write_to_many_graphs() {
    var bob = new Scribe("bob", 2);
    append(scribe.create("notes"), bob.create("notes"), scribe.node(1, "Ada"), bob.node(1, "Bob"));

    assertThat(storage.nodesByTitle(ref, "Ada", 5, NOW)).hasSize(1);
    assertThat(storage.nodesByTitle(bob.ref(), "Bob", 5, NOW)).hasSize(1);
    assertThat(storage.nodesByTitle(bob.ref(), "Ada", 5, NOW)).isEmpty();
  }

  @Test
  void two_nodes_can_change_keys_with_each_other_in_one_commit() {
    append(
        scribe.create("notes"),
        scribe.node(1, NodeData.node("Ada").key("a")),
        scribe.node(2, NodeData.node("Bob").key("b")),
        scribe.write(
            new Batch(
                ref.id(),
                List.of(
                    new SetKey(ref.id(), nodeId(1), null),
                    new SetKey(ref.id(), nodeId(2), NodeKey.of("a")),
                    new SetKey(ref.id(), nodeId(1), NodeKey.of("b"))),
                true)));

    assertThat(storage.nodesByKey(ref, List.of(NodeKey.of("a"), NodeKey.of("b")), NOW).values())
        .extracting(Node::title)
        .containsExactlyInAnyOrder("Ada", "Bob");
    assertThat(storage.nodesByKey(ref, List.of(NodeKey.of("a")), NOW).get(NodeKey.of("a")))
        .extracting(node -> node.id())
        .isEqualTo(nodeId(2));
  }

  /** Stores may write many at once in another way than few. */
  @Test
  void many_elements_of_one_commit_come_back_as_they_were() {
    var texts = List.of("", "a\tb\nc\rd", "\\N", "\\.", "\\x41", "\u0000", "\"'", "\ud83d\ude80");
    var nodes = new ArrayList<GraphCommand>();
    var edges = new ArrayList<GraphCommand>();
    for (int i = 0; i < 200; i++) {
      String text = texts.get(i % texts.size());
      NodeData node =
          NodeData.node("n" + text).withProperties(Properties.of("p", text, "n", (long) i));
      if (i % 7 == 0) {
        node = node.withPosition(new Coordinates(-0.1 * i, 1e300, Double.MIN_VALUE));
      }
      if (i % 50 == 0) {
        node =
            node.withContent(new Content("long", (text + "x").repeat(70_000), ContentFormat.TEXT));
      }
      nodes.add(new AddNode(ref.id(), nodeId(i), node));
      edges.add(
          new AddEdge(
              ref.id(),
              edgeId(i),
              EdgeData.edge(nodeId(i), EdgeType.of("T"), nodeId(i / 2))
                  .withWeight(i / 1_000.0)
                  .withLabel(text)));
    }
    append(scribe.create("notes"));
    append(
        scribe.write(new Batch(ref.id(), nodes, true)),
        scribe.write(new Batch(ref.id(), edges, true)));

    for (GraphCommand command : nodes) {
      var added = (AddNode) command;
      assertThat(storage.nodes(ref, List.of(added.node()), NOW).get(added.node()))
          .extracting(Node::data)
          .isEqualTo(added.data());
    }
    for (GraphCommand command : edges) {
      var added = (AddEdge) command;
      assertThat(storage.edges(ref, List.of(added.edge()), NOW).get(added.edge()))
          .extracting(Edge::data)
          .isEqualTo(added.data());
    }
  }

  @Test
  void a_removed_graph_is_gone_but_its_log_and_its_past_stay() {
    append(scribe.create("notes"), scribe.node(1, "Ada"), scribe.edge(1, 1, 1), scribe.remove());

    assertThat(storage.findGraph(ref.id())).isEmpty();
    assertThat(storage.findGraph(ref.owner(), "notes")).isEmpty();
    assertThat(storage.graphs(ref.owner())).isEmpty();
    assertThat(storage.graphAt(ref, NOW)).isEmpty();
    assertThat(storage.counts(ref, NOW).nodes()).isZero();
    assertThat(storage.counts(ref, NOW).edges()).isZero();
    assertThat(storage.counts(ref, 3).edges()).isEqualTo(1);
    assertThat(storage.graphAt(ref, 3)).map(Graph::name).contains("notes");
    assertThat(log()).hasSize(4);
  }

  @Test
  void the_name_of_a_removed_graph_is_free_again() {
    append(scribe.create("notes"), scribe.remove());
    append(new Scribe("ada", 2).create("notes"));

    assertThat(storage.graphs(ref.owner()))
        .extracting(Graph::id)
        .containsExactly(Scribe.graphId(2));
  }

  @Test
  void every_graph_with_a_log_is_named_once_and_new_ones_come_last() {
    assertThat(storage.logs(null, 10)).isEmpty();
    var bob = new Scribe("bob", 3);
    var late = new Scribe("ada", 2);
    append(scribe.create("notes"), bob.create("notes"), scribe.remove());
    assertThat(storage.logs(null, 10)).containsExactlyInAnyOrder(ref, bob.ref());

    var page = storage.logs(null, 1);
    append(late.create("late"), bob.node(1, "Bob"));

    assertThat(page).hasSize(1);
    assertThat(storage.logs(page.getFirst(), 10))
        .hasSize(2)
        .doesNotContainAnyElementsOf(page)
        .endsWith(late.ref());
    assertThat(storage.logs(late.ref(), 10)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> storage.logs(new Scribe("eve", 3).ref(), 10));
  }

  @Test
  void only_the_latest_default_graph_of_an_owner_is_it() {
    append(
        scribe.create("first"),
        scribe.write(new dev.knowledgegraph.command.SettingsCommand.MakeDefault(ref.id())));
    var other = new Scribe("ada", 2);
    append(
        other.create("second"),
        other.write(new dev.knowledgegraph.command.SettingsCommand.MakeDefault(other.ref().id())));

    assertThat(storage.graphs(ref.owner()))
        .filteredOn(Graph::isDefault)
        .extracting(Graph::name)
        .containsExactly("second");
    assertThat(storage.graphAt(ref, NOW)).map(Graph::isDefault).contains(false);
  }

  @Test
  void what_was_acknowledged_outlives_the_process_if_the_fixture_says_so() {
    appendOneByOne(GraphSamples.life(scribe));
    storage.saveCheckpoint("mail", ref, 3);
    Lease lease = Lease.NONE.passedTo("me");
    storage.replaceLease("mail", Lease.NONE, lease);
    var before = answers(NOW);
    var head = storage.head(ref);
    var log = log();
    var again = fixture.reopen(storage);

    assertThat(head.sequence()).isEqualTo(scribe.head());
    if (fixture.isDurable()) {
      assertThat(again.head(ref)).isEqualTo(head);
      assertThat(again.read(ref, 0, ALL)).isEqualTo(log);
      assertThat(again.checkpoint("mail", ref)).isEqualTo(3);
      assertThat(again.lease("mail")).isEqualTo(lease);
      assertThat(dev.knowledgegraph.tck.Answers.of(again, ref, NOW).differenceFrom(before))
          .isEmpty();
    } else {
      assertThat(again.head(ref)).isEqualTo(GraphHead.EMPTY);
      assertThat(again.checkpoint("mail", ref)).isZero();
    }
  }
}
