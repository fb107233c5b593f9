package dev.knowledgegraph.memory;

import static dev.knowledgegraph.memory.Scribe.day;
import static dev.knowledgegraph.memory.Scribe.edgeId;
import static dev.knowledgegraph.memory.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.NodeSort.By;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.Revision;
import dev.knowledgegraph.spi.Change.GraphChange;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryStorageTest {
  private static final long NOW = GraphReader.LATEST;

  private final InMemoryStorage storage = new InMemoryStorage();
  private final Scribe scribe = new Scribe(storage, "ada", 1).create("notes");
  private final GraphRef ref = scribe.ref();

  @Test
  void what_was_appended_is_found_and_stands_in_the_log() {
    var id = scribe.node(1, "A");

    assertThat(storage.findGraph(ref.id())).map(Graph::name).contains("notes");
    assertThat(storage.findGraph(ref.owner(), "notes")).isPresent();
    assertThat(storage.nodes(ref, List.of(id), NOW).values())
        .extracting(Node::title)
        .containsExactly("A");
    assertThat(storage.head(ref).sequence()).isEqualTo(2);
    assertThat(storage.read(ref, 1, 10)).hasSize(1);
    assertThat(storage.read(ref, 0, 1).getFirst().position().sequence()).isEqualTo(1);
  }

  @Test
  void a_commit_at_another_head_is_a_conflict_and_nothing_of_the_call_is_written() {
    var good = scribe.commit(1, List.of());
    var stale = scribe.commit(1, List.of());

    assertThatThrownBy(() -> storage.append(List.of(good, stale)))
        .isInstanceOf(ConflictException.class);
    assertThat(storage.head(ref).sequence()).isEqualTo(1);
    assertThat(storage.read(ref, 1, 10)).isEmpty();
  }

  @Test
  void commits_of_one_call_follow_each_other() {
    storage.append(List.of(scribe.commit(1, List.of()), scribe.commit(2, List.of())));

    assertThat(storage.head(ref).sequence()).isEqualTo(3);
  }

  @Test
  void a_second_graph_of_the_same_owner_and_name_is_a_conflict() {
    assertThatThrownBy(() -> new Scribe(storage, "ada", 2).create("notes"))
        .isInstanceOf(ConflictException.class);
    new Scribe(storage, "bob", 3).create("notes");

    assertThat(storage.graphs(UserId.of("ada"))).hasSize(1);
  }

  @Test
  void two_graphs_of_one_name_in_one_call_are_a_conflict() {
    var a = new Scribe(storage, "ada", 2);
    var b = new Scribe(storage, "ada", 3);
    var data = GraphData.named("twins");

    assertThatThrownBy(
            () ->
                storage.append(
                    List.of(
                        a.commit(0, List.of(), new GraphChange(null, a.graph(data, false))),
                        b.commit(0, List.of(), new GraphChange(null, b.graph(data, false))))))
        .isInstanceOf(ConflictException.class);
    assertThat(storage.graphs(UserId.of("ada"))).hasSize(1);
  }

  @Test
  void the_name_of_a_removed_graph_is_free_again() {
    scribe.removeGraph();
    new Scribe(storage, "ada", 2).create("notes");

    assertThat(storage.graphs(UserId.of("ada"))).extracting(Graph::id).doesNotContain(ref.id());
  }

  @Test
  void a_removed_graph_is_not_found_but_its_log_and_its_past_are() {
    scribe.node(1, "A");
    scribe.removeGraph();

    assertThat(storage.findGraph(ref.id())).isEmpty();
    assertThat(storage.graphAt(ref, NOW)).isEmpty();
    assertThat(storage.counts(ref, NOW).nodes()).isZero();
    assertThat(storage.counts(ref, 2).nodes()).isEqualTo(1);
    assertThat(storage.read(ref, 0, 10)).hasSize(3);
  }

  @Test
  void a_new_default_graph_takes_the_flag_from_the_other_one() {
    var first = new Scribe(storage, "ada", 2).create(GraphData.named("first"), true);
    new Scribe(storage, "ada", 3).create(GraphData.named("second"), true);

    assertThat(storage.graphs(UserId.of("ada")))
        .filteredOn(Graph::isDefault)
        .extracting(Graph::name)
        .containsExactly("second");
    assertThat(storage.graphAt(first.ref(), NOW)).map(Graph::isDefault).contains(false);
  }

  @Test
  void the_owner_of_another_graph_sees_nothing() {
    scribe.node(1, "A");
    scribe.edge(1, 1, 1);
    var foreign = new GraphRef(UserId.of("eve"), ref.id());

    assertThat(storage.nodes(foreign, List.of(nodeId(1)), NOW)).isEmpty();
    assertThat(storage.edges(foreign, List.of(edgeId(1)), NOW)).isEmpty();
    assertThat(storage.read(foreign, 0, 10)).isEmpty();
    assertThat(storage.head(foreign)).isEqualTo(GraphHead.EMPTY);
    assertThat(storage.usedNodeIds(foreign, List.of(nodeId(1)))).isEmpty();
  }

  @Test
  void an_id_of_another_owner_is_not_given_away() {
    assertThatThrownBy(() -> new Scribe(storage, "eve", 1).create("mine"))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void every_earlier_state_can_be_read() {
    scribe.node(1, NodeData.node("A").key("k"));
    scribe.set(1, NodeData.node("B"));
    scribe.removeNode(1);

    assertThat(storage.nodes(ref, List.of(nodeId(1)), 1)).isEmpty();
    assertThat(storage.nodesByTitle(ref, "A", 5, 2)).hasSize(1);
    assertThat(storage.nodesByTitle(ref, "A", 5, 3)).isEmpty();
    assertThat(storage.nodesByTitle(ref, "B", 5, 3)).hasSize(1);
    assertThat(storage.nodesByKey(ref, List.of(NodeKey.of("k")), 2)).hasSize(1);
    assertThat(storage.nodesByKey(ref, List.of(NodeKey.of("k")), 3)).isEmpty();
    assertThat(storage.nodes(ref, List.of(nodeId(1)), NOW)).isEmpty();
    assertThat(storage.nodeHistory(ref, nodeId(1)))
        .extracting(Revision::from, Revision::until)
        .containsExactly(tuple(2L, 3L), tuple(3L, 4L));
    assertThat(storage.usedNodeIds(ref, List.of(nodeId(1), nodeId(2)))).containsExactly(nodeId(1));
  }

  @Test
  void edges_of_nodes_are_found_by_side_and_type_each_once() {
    scribe.node(1, "A");
    scribe.node(2, "B");
    scribe.edge(1, 1, 2);
    scribe.edge(2, EdgeData.edge(nodeId(2), EdgeType.CAUSAL, nodeId(1)));
    scribe.edge(3, 1, 1);
    var one = List.of(nodeId(1));

    assertThat(storage.edgesOf(ref, one, Direction.OUTGOING, List.of(), NOW)).hasSize(2);
    assertThat(storage.edgesOf(ref, one, Direction.INCOMING, List.of(), NOW)).hasSize(2);
    assertThat(storage.edgesOf(ref, List.of(nodeId(1), nodeId(2)), Direction.BOTH, List.of(), NOW))
        .hasSize(3);
    assertThat(storage.edgesOf(ref, one, Direction.BOTH, List.of(EdgeType.CAUSAL), NOW))
        .extracting(edge -> edge.id())
        .containsExactly(edgeId(2));
    assertThat(storage.edgesBetween(ref, nodeId(1), nodeId(2), NOW)).hasSize(1);
    assertThat(storage.degree(ref, nodeId(1), NOW)).isEqualTo(4);
  }

  @Test
  void pages_show_all_that_was_there_exactly_once_whatever_comes_in_between() {
    for (int i = 1; i <= 5; i++) {
      scribe.node(i * 10L, "t" + i);
    }
    for (var sort : List.of(new NodeSort(By.TITLE, false), new NodeSort(By.TITLE, true))) {
      var seen = new ArrayList<String>();
      var page = list(sort, new Page.Request(2, null));
      page.items().forEach(node -> seen.add(node.title()));
      scribe.node(sort.descending() ? 99 : 98, sort.descending() ? "t9" : "t0");
      while (page.next() != null) {
        page = list(sort, new Page.Request(2, page.next()));
        page.items().forEach(node -> seen.add(node.title()));
      }
      assertThat(seen).contains("t1", "t2", "t3", "t4", "t5").doesNotHaveDuplicates();
      assertThat(page.total()).isEqualTo(storage.counts(ref, NOW).nodes());
    }
  }

  @Test
  void nodes_can_be_ordered_by_each_criterion() {
    scribe.node(1, "\uFF5E");
    scribe.node(2, "\uD83D\uDE00");
    scribe.node(3, "a");
    scribe.edge(1, 2, 3);
    scribe.edge(2, 2, 2);
    scribe.set(1, NodeData.node("\uFF5E").body("new"));
    var first = Page.Request.first();

    assertThat(list(NodeSort.created(), first).items())
        .extracting(Node::id)
        .containsExactly(nodeId(1), nodeId(2), nodeId(3));
    assertThat(list(new NodeSort(By.UPDATED, true), first).items().getFirst().id())
        .isEqualTo(nodeId(1));
    assertThat(list(new NodeSort(By.TITLE, false), first).items())
        .extracting(Node::id)
        .containsExactly(nodeId(3), nodeId(1), nodeId(2));
    assertThat(list(new NodeSort(By.DEGREE, true), first).items())
        .extracting(Node::id)
        .containsExactly(nodeId(2), nodeId(3), nodeId(1));
  }

  @Test
  void a_page_start_that_no_page_gave_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> list(NodeSort.created(), new Page.Request(2, "x")));
  }

  @Test
  void counts_are_by_label_folded_tag_and_type() {
    scribe.node(1, NodeData.node("A").label("Person").tag("Old"));
    scribe.node(2, NodeData.node("B").label("Person").tag("old"));
    scribe.edge(1, 1, 2);

    var counts = storage.counts(ref, NOW);
    assertThat(counts.labels()).isEqualTo(Map.of("Person", 2L));
    assertThat(counts.tags()).isEqualTo(Map.of("old", 2L));
    assertThat(counts.types()).isEqualTo(Map.of("RELATED", 1L));
    assertThat(storage.listEdges(ref, EdgeFilter.all(), Page.Request.first(), NOW).total())
        .isEqualTo(1);
  }

  @Test
  void a_time_names_the_last_commit_that_is_not_later() {
    scribe.node(1, "A");

    assertThat(storage.sequenceAt(ref, day(0))).isZero();
    assertThat(storage.sequenceAt(ref, day(1))).isEqualTo(1);
    assertThat(storage.sequenceAt(ref, day(2).minusMillis(1))).isEqualTo(1);
    assertThat(storage.sequenceAt(ref, day(9))).isEqualTo(2);
  }

  @Test
  void a_receipt_is_found_while_it_is_young_enough() {
    assertThat(storage.findReceipt(ref, "key-1", day(1))).isPresent();
    assertThat(storage.findReceipt(ref, "key-1", day(2))).isEmpty();
    assertThat(storage.findReceipt(ref, "other", day(0))).isEmpty();
  }

  @Test
  void checkpoints_are_kept_by_subscriber() {
    storage.saveCheckpoint("mail", ref, 7);

    assertThat(storage.checkpoint("mail", ref)).isEqualTo(7);
    assertThat(storage.checkpoint("search", ref)).isZero();
  }

  @Test
  void an_action_may_write_while_it_is_shown_the_nodes() {
    scribe.node(1, "A");
    storage.forEachNode(ref, NOW, node -> scribe.set(1, NodeData.node(node.title() + "!")));

    assertThat(storage.nodesByTitle(ref, "A!", 1, NOW)).hasSize(1);
  }

  @Test
  void a_closed_storage_says_so() {
    storage.close();

    assertThatIllegalStateException().isThrownBy(() -> storage.head(ref));
    assertThatIllegalStateException().isThrownBy(() -> storage.append(List.of()));
    assertThatIllegalStateException().isThrownBy(() -> storage.saveCheckpoint("s", ref, 1));
  }

  private Page<Node> list(NodeSort sort, Page.Request page) {
    return storage.listNodes(ref, NodeFilter.all(), sort, page, NOW);
  }
}
