package dev.knowledgegraph.tck.storage;

import static dev.knowledgegraph.tck.Scribe.edgeId;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.MergeNodes;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.command.NodeCommand.UnmergeNode;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Counts;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.Revision;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.tck.Answers;
import dev.knowledgegraph.tck.GraphSamples;
import dev.knowledgegraph.tck.RandomCommands;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Laws 1 to 4, 7, 9 and 10 of {@link dev.knowledgegraph.spi.GraphReader}. */
public abstract class ReadContract extends StorageContract {
  private static final List<NodeId> NODES =
      LongStream.rangeClosed(1, RandomCommands.NODES).mapToObj(Scribe::nodeId).toList();

  /** A suite for stores of such a fixture. */
  protected ReadContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void a_read_sees_what_was_appended_before_it() {
    for (Commit commit : GraphSamples.triangle(scribe)) {
      append(commit);
      assertThat(storage.head(ref).sequence()).isEqualTo(commit.entry().position().sequence());
      assertThat(storage.counts(ref, NOW).nodes()).isEqualTo(commit.head().nodes());
      assertThat(storage.counts(ref, NOW).edges()).isEqualTo(commit.head().edges());
    }
  }

  @Test
  void every_earlier_state_can_be_read_as_it_was() {
    var then = new ArrayList<Answers>();
    then.add(answers(NOW));
    for (Commit commit : GraphSamples.life(scribe)) {
      append(commit);
      then.add(answers(NOW));
    }

    for (int at = 0; at < then.size(); at++) {
      assertThat(answers(at).differenceFrom(then.get(at))).as("as of %s", at).isEmpty();
    }
    assertThat(answers(then.size() + 7L).differenceFrom(then.getLast())).isEmpty();
    assertThat(then.get(6).differenceFrom(then.getLast())).isPresent();
  }

  @Test
  void commits_of_one_call_have_their_own_states() {
    var commits = GraphSamples.life(scribe);
    storage.append(commits);
    var other = fixture.create();
    commits.forEach(commit -> other.append(List.of(commit)));

    for (int at = 0; at <= commits.size(); at++) {
      assertThat(answers(at).differenceFrom(Answers.of(other, ref, at)))
          .as("as of %s", at)
          .isEmpty();
    }
    assertThat(storage.counts(ref, 6).nodes()).isEqualTo(3);
  }

  @Test
  void no_edge_is_without_an_end_at_any_moment() {
    storage.append(GraphSamples.life(scribe));

    for (long at = 0; at <= scribe.head(); at++) {
      var live = new HashSet<NodeId>();
      storage.forEachNode(ref, at, node -> live.add(node.id()));
      for (Edge edge : edgesEveryWay(at)) {
        assertThat(live)
            .as("ends of %s as of %s", edge.id(), at)
            .contains(edge.source(), edge.target());
      }
    }
    assertThat(edgesEveryWay(7)).isNotEmpty();
  }

  private List<Edge> edgesEveryWay(long at) {
    var edges = new ArrayList<Edge>();
    storage.forEachEdge(ref, at, edges::add);
    edges.addAll(storage.edgesOf(ref, NODES, Direction.BOTH, List.of(), at));
    edges.addAll(
        storage
            .edges(ref, LongStream.rangeClosed(1, 9).mapToObj(Scribe::edgeId).toList(), at)
            .values());
    edges.addAll(storage.listEdges(ref, EdgeFilter.all(), Page.Request.first(), at).items());
    edges.addAll(
        storage.edgesOfShape(ref, NODES.stream().map(node -> shape(nodeId(2), node)).toList(), at));
    return edges;
  }

  @Test
  void another_owner_sees_nothing_of_a_graph() {
    storage.append(GraphSamples.life(scribe));
    var foreign = new GraphRef(UserId.of("eve"), ref.id());
    var nobody = new GraphRef(UserId.of("eve"), Scribe.graphId(99));

    for (long at : new long[] {5, NOW}) {
      assertThat(Answers.of(storage, foreign, at).differenceFrom(Answers.of(storage, nobody, at)))
          .isEmpty();
      assertThat(answers(at).differenceFrom(Answers.of(storage, nobody, at))).isPresent();
    }
    assertThat(storage.head(foreign)).isEqualTo(GraphHead.EMPTY);
    assertThat(storage.read(foreign, 0, ALL)).isEmpty();
    assertThat(storage.graphs(foreign.owner())).isEmpty();
    assertThat(storage.findGraph(foreign.owner(), "life")).isEmpty();
    assertThat(storage.usedNodeIds(foreign, NODES)).isEmpty();
    assertThat(storage.usedEdgeIds(foreign, List.of(edgeId(1)))).isEmpty();
    assertThat(storage.nodeHistory(foreign, nodeId(1))).isEmpty();
    assertThat(storage.edgeHistory(foreign, edgeId(1))).isEmpty();
    assertThat(storage.sequenceAt(foreign, Scribe.day(99))).isZero();
  }

  @Test
  void two_graphs_of_the_same_ids_keep_apart() {
    var other = new Scribe("ada", 2);
    append(scribe.create("notes"), other.create("other"));
    append(scribe.node(1, NodeData.node("here").key("k")), scribe.edge(1, 1, 1));
    append(other.node(1, NodeData.node("there").key("k")), other.node(2, "alone"));
    append(other.removeNode(1));

    assertThat(storage.nodes(ref, NODES, NOW).values())
        .extracting(Node::title)
        .containsExactly("here");
    assertThat(storage.nodes(other.ref(), NODES, NOW).values())
        .extracting(Node::title)
        .containsExactly("alone");
    assertThat(storage.degree(ref, nodeId(1), NOW)).isEqualTo(2);
    assertThat(storage.usedEdgeIds(other.ref(), List.of(edgeId(1)))).isEmpty();
  }

  @Test
  void totals_counts_and_lists_agree_after_every_commit() {
    for (Commit commit : GraphSamples.life(scribe)) {
      append(commit);
      var head = storage.head(ref);
      var nodes = new ArrayList<Node>();
      storage.forEachNode(ref, NOW, nodes::add);
      var edges = new ArrayList<Edge>();
      storage.forEachEdge(ref, NOW, edges::add);
      Counts counts = storage.counts(ref, NOW);

      assertThat(head.fingerprint()).isEqualTo(commit.head().fingerprint());
      assertThat(nodes).hasSize((int) head.nodes()).hasSize((int) counts.nodes());
      assertThat(edges).hasSize((int) head.edges()).hasSize((int) counts.edges());
      assertThat(list(NodeSort.created(), Page.Request.first()).total()).isEqualTo(head.nodes());
      assertThat(storage.listEdges(ref, EdgeFilter.all(), Page.Request.first(), NOW).total())
          .isEqualTo(head.edges());
      assertThat(NODES.stream().mapToInt(node -> storage.degree(ref, node, NOW)).sum())
          .isEqualTo(2 * edges.size());
    }
    assertThat(storage.head(ref).nodes()).isEqualTo(2);
  }

  @Test
  void counts_are_by_label_folded_tag_and_type() {
    append(
        scribe.create("notes"),
        scribe.node(1, NodeData.node("A").label("Person").tag("Old")),
        scribe.node(2, NodeData.node("B").label("Person").tag("old")),
        scribe.edge(1, 1, 2));

    assertThat(storage.counts(ref, NOW))
        .isEqualTo(
            new Counts(2, 1, Map.of("Person", 2L), Map.of("old", 2L), Map.of("RELATED", 1L)));
  }

  @Test
  void edges_of_nodes_are_found_by_side_and_type_each_once() {
    storage.append(GraphSamples.triangle(scribe));
    append(
        scribe.edge(4, EdgeData.edge(nodeId(2), EdgeType.CAUSAL, nodeId(1))), scribe.edge(5, 1, 1));
    var one = List.of(nodeId(1));

    assertThat(edges(one, Direction.OUTGOING)).containsExactlyInAnyOrder(1L, 3L, 5L);
    assertThat(edges(one, Direction.INCOMING)).containsExactlyInAnyOrder(4L, 5L);
    assertThat(edges(List.of(nodeId(1), nodeId(2)), Direction.BOTH))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
    assertThat(edges(List.of(nodeId(4)), Direction.BOTH)).isEmpty();
    assertThat(storage.edgesOf(ref, one, Direction.BOTH, List.of(EdgeType.CAUSAL), NOW))
        .extracting(Edge::id)
        .containsExactly(edgeId(4));
    assertThat(storage.degree(ref, nodeId(1), NOW)).isEqualTo(5);
  }

  @Test
  void a_bidirectional_edge_counts_in_every_direction_from_both_ends() {
    append(
        scribe.create("notes"),
        scribe.node(1, "A"),
        scribe.node(2, "B"),
        scribe.edge(1, EdgeData.edge(nodeId(1), EdgeType.RELATED, nodeId(2)).withDirected(false)),
        scribe.edge(2, EdgeData.edge(nodeId(1), EdgeType.CAUSAL, nodeId(2))));

    assertThat(edges(List.of(nodeId(1)), Direction.OUTGOING)).containsExactlyInAnyOrder(1L, 2L);
    assertThat(edges(List.of(nodeId(1)), Direction.INCOMING)).containsExactly(1L);
    assertThat(edges(List.of(nodeId(2)), Direction.OUTGOING)).containsExactly(1L);
    assertThat(edges(List.of(nodeId(2)), Direction.INCOMING)).containsExactlyInAnyOrder(1L, 2L);
    for (var node : List.of(nodeId(1), nodeId(2))) {
      for (var direction : Direction.values()) {
        var types = List.of(EdgeType.RELATED);
        assertThat(storage.edgesOf(ref, List.of(node), direction, types, NOW)).hasSize(1);
        assertThat(
                storage
                    .listEdges(
                        ref, new EdgeFilter(node, direction, types), Page.Request.first(), NOW)
                    .items())
            .hasSize(1);
      }
    }
  }

  @Test
  void edges_from_nodes_are_those_stored_so() {
    append(
        scribe.create("notes"),
        scribe.node(1, "A"),
        scribe.node(2, "B"),
        scribe.edge(1, EdgeData.edge(nodeId(1), EdgeType.RELATED, nodeId(2)).withDirected(false)),
        scribe.edge(2, 2, 1),
        scribe.edge(3, 1, 1));

    assertThat(storage.edgesFrom(ref, List.of(nodeId(1)), NOW))
        .extracting(Edge::id)
        .containsExactly(edgeId(3), edgeId(1));
    assertThat(storage.edgesFrom(ref, List.of(nodeId(1)), 4))
        .extracting(Edge::id)
        .containsExactly(edgeId(1));
    assertThat(storage.edgesFrom(ref, NODES, NOW)).hasSize(3);
    assertThat(storage.edgesFrom(ref, List.of(), NOW)).isEmpty();
  }

  @Test
  void edges_of_a_shape_have_its_ends_as_stored_and_its_type() {
    append(
        scribe.create("notes"),
        scribe.node(1, "A"),
        scribe.node(2, "B"),
        scribe.edge(1, EdgeData.edge(nodeId(1), EdgeType.RELATED, nodeId(2)).withDirected(false)),
        scribe.edge(2, 2, 1),
        scribe.edge(3, EdgeData.edge(nodeId(1), EdgeType.CAUSAL, nodeId(2))),
        scribe.edge(4, 1, 1));
    var there = shape(nodeId(1), nodeId(2));
    var back = shape(nodeId(2), nodeId(1));
    var causal = new EdgeShape(nodeId(1), EdgeType.CAUSAL, nodeId(2));
    var unknown = new EdgeShape(nodeId(1), EdgeType.of("never heard of"), nodeId(9));

    assertThat(storage.edgesOfShape(ref, List.of(there), NOW))
        .extracting(Edge::id)
        .containsExactly(edgeId(1));
    assertThat(storage.edgesOfShape(ref, List.of(back, unknown, causal, back, there), NOW))
        .extracting(Edge::id)
        .containsExactly(edgeId(3), edgeId(1), edgeId(2));
    assertThat(storage.edgesOfShape(ref, List.of(back, there), 4))
        .extracting(Edge::id)
        .containsExactly(edgeId(1));
    assertThat(storage.edgesOfShape(ref, List.of(unknown), NOW)).isEmpty();
    assertThat(storage.edgesOfShape(ref, List.of(), NOW)).isEmpty();
  }

  private static EdgeShape shape(NodeId source, NodeId target) {
    return new EdgeShape(source, EdgeType.RELATED, target);
  }

  private List<Long> edges(List<NodeId> nodes, Direction direction) {
    return storage.edgesOf(ref, nodes, direction, List.of(), NOW).stream()
        .map(edge -> edge.id().value().getLeastSignificantBits())
        .toList();
  }

  @Test
  void a_history_has_every_state_once_and_ids_stay_known() {
    append(
        scribe.create("notes"),
        scribe.node(1, "A"),
        scribe.set(1, NodeData.node("B")),
        scribe.edge(1, 1, 1),
        scribe.removeNode(1));

    assertThat(storage.nodeHistory(ref, nodeId(1)))
        .extracting(revision -> revision.state().title(), Revision::from, Revision::until)
        .containsExactly(tuple("A", 2L, 3L), tuple("B", 3L, 5L));
    assertThat(storage.edgeHistory(ref, edgeId(1)))
        .extracting(Revision::from, Revision::until)
        .containsExactly(tuple(4L, 5L));
    assertThat(storage.usedNodeIds(ref, NODES)).containsExactly(nodeId(1));
    assertThat(storage.usedEdgeIds(ref, List.of(edgeId(1), edgeId(2)))).containsExactly(edgeId(1));
  }

  @Test
  void what_one_commit_adds_and_removes_was_never_there_but_its_id_is_used() {
    append(scribe.create("notes"), scribe.node(1, "A"));
    append(
        scribe.write(
            new Batch(
                ref.id(),
                List.of(
                    new AddNode(ref.id(), nodeId(2), NodeData.node("B")),
                    new AddEdge(
                        ref.id(), edgeId(1), EdgeData.edge(nodeId(1), EdgeType.RELATED, nodeId(2))),
                    new RemoveNode(ref.id(), nodeId(2))),
                true)));

    assertThat(storage.usedNodeIds(ref, NODES)).containsExactlyInAnyOrder(nodeId(1), nodeId(2));
    assertThat(storage.usedEdgeIds(ref, List.of(edgeId(1), edgeId(2)))).containsExactly(edgeId(1));
    assertThat(storage.nodes(ref, NODES, 3)).containsOnlyKeys(nodeId(1));
    assertThat(storage.edges(ref, List.of(edgeId(1)), 3)).isEmpty();
    assertThat(storage.nodeHistory(ref, nodeId(2))).isEmpty();
    assertThat(storage.edgeHistory(ref, edgeId(1))).isEmpty();
  }

  @Test
  void a_node_that_comes_back_has_a_gap_in_its_history() {
    append(scribe.create("notes"), scribe.node(1, "A"), scribe.node(2, "B"));
    append(scribe.write(new MergeNodes(ref.id(), nodeId(1), nodeId(2))));
    append(scribe.write(new UnmergeNode(ref.id(), nodeId(1), nodeId(2))));

    assertThat(storage.nodeHistory(ref, nodeId(2)))
        .extracting(Revision::from, Revision::until)
        .containsExactly(tuple(3L, 4L), tuple(5L, Revision.NOW));
    assertThat(storage.nodes(ref, List.of(nodeId(2)), 4)).isEmpty();
    assertThat(storage.nodes(ref, List.of(nodeId(2)), 5)).hasSize(1);
  }

  @Test
  void pages_show_what_was_there_exactly_once_whatever_comes_in_between() {
    append(scribe.create("notes"));
    for (int i = 1; i <= 5; i++) {
      append(scribe.node(i * 10L, "t" + i));
    }
    long number = 100;
    for (NodeSort.By by : NodeSort.By.values()) {
      for (boolean descending : new boolean[] {false, true}) {
        var sort = new NodeSort(by, descending);
        var seen = new ArrayList<String>();
        var page = list(sort, new Page.Request(2, null));
        page.items().forEach(node -> seen.add(node.title()));
        number++;
        append(scribe.node(number, (descending ? "t9" : "t0") + number));
        while (page.next() != null) {
          page = list(sort, new Page.Request(2, page.next()));
          page.items().forEach(node -> seen.add(node.title()));
        }
        assertThat(seen)
            .as("%s", sort)
            .contains("t1", "t2", "t3", "t4", "t5")
            .doesNotHaveDuplicates();
        assertThat(page.total()).isEqualTo(storage.counts(ref, NOW).nodes());
      }
    }
  }

  @Test
  void nodes_can_be_ordered_by_each_criterion() {
    append(
        scribe.create("notes"),
        scribe.node(1, "b"),
        scribe.node(2, "c"),
        scribe.node(3, "a"),
        scribe.edge(1, 2, 3),
        scribe.edge(2, 2, 2),
        scribe.set(1, NodeData.node("b").body("new")));

    assertThat(order(NodeSort.By.CREATED, false)).containsExactly(1L, 2L, 3L);
    assertThat(order(NodeSort.By.CREATED, true)).containsExactly(3L, 2L, 1L);
    assertThat(order(NodeSort.By.UPDATED, true)).containsExactly(1L, 3L, 2L);
    assertThat(order(NodeSort.By.TITLE, false)).containsExactly(3L, 1L, 2L);
    assertThat(order(NodeSort.By.DEGREE, true)).containsExactly(2L, 3L, 1L);
  }

  private List<Long> order(NodeSort.By by, boolean descending) {
    return list(new NodeSort(by, descending), Page.Request.first()).items().stream()
        .map(node -> node.id().value().getLeastSignificantBits())
        .toList();
  }

  @Test
  void a_page_start_that_no_page_gave_is_refused() {
    append(scribe.create("notes"), scribe.node(1, "A"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> list(NodeSort.created(), new Page.Request(2, "x")));
  }

  @Test
  void an_action_may_write_while_it_is_shown_the_nodes() {
    append(scribe.create("notes"), scribe.node(1, "A"), scribe.node(2, "B"));
    storage.forEachNode(
        ref,
        NOW,
        node ->
            append(
                scribe.set(
                    node.id().value().getLeastSignificantBits(),
                    NodeData.node(node.title() + "!"))));

    assertThat(storage.nodesByTitle(ref, "A!", 1, NOW)).hasSize(1);
    assertThat(storage.nodesByTitle(ref, "B!", 1, NOW)).hasSize(1);
  }

  private Page<Node> list(NodeSort sort, Page.Request page) {
    return storage.listNodes(ref, NodeFilter.all(), sort, page, NOW);
  }
}
