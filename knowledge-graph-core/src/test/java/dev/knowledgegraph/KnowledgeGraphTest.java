package dev.knowledgegraph;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.CategoryCommand.AddCategory;
import dev.knowledgegraph.command.CategoryCommand.RemoveCategory;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.EdgeCommand.RemoveEdge;
import dev.knowledgegraph.command.EdgeCommand.Retype;
import dev.knowledgegraph.command.EdgeCommand.Reweight;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.Archive;
import dev.knowledgegraph.command.NodeCommand.Categorize;
import dev.knowledgegraph.command.NodeCommand.MergeNodes;
import dev.knowledgegraph.command.NodeCommand.Publish;
import dev.knowledgegraph.command.NodeCommand.Restore;
import dev.knowledgegraph.command.NodeCommand.SetKey;
import dev.knowledgegraph.command.NodeCommand.Tag;
import dev.knowledgegraph.command.NodeCommand.UnmergeNode;
import dev.knowledgegraph.command.NodeCommand.Untag;
import dev.knowledgegraph.command.SettingsCommand.MakeDefault;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.command.SettingsCommand.RenameGraph;
import dev.knowledgegraph.command.SettingsCommand.SetPolicy;
import dev.knowledgegraph.command.SettingsCommand.SetVisibility;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.model.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules, seen through the door. */
class KnowledgeGraphTest {
  private final KnowledgeGraph store = KnowledgeGraph.inMemory();
  private final Session ada = store.as(UserId.of("ada"));
  private final GraphView notes = ada.graph("notes");

  @AfterEach
  void close() {
    store.close();
  }

  private static Rejection refused(CommandResult result) {
    return ((CommandResult.Rejected) result).rejection();
  }

  @Test
  void the_first_lines_of_use_work() {
    var person = notes.add(node("Ada Lovelace").label("Person").body("Wrote the first program."));
    var engine = notes.add(node("Analytical Engine").label("Machine").tag("history"));
    notes.link(person, "DESCRIBED", engine);

    assertThat(notes.neighbors(person).depth(2).toList())
        .extracting(neighbor -> neighbor.node().title())
        .containsExactly("Analytical Engine");
    assertThat(notes.at(2).find(engine)).isEmpty();
    assertThat(notes.path(person, engine)).isPresent();
    assertThat(notes.history(person)).hasSize(1);
  }

  @Test
  void a_graph_belongs_to_its_owner_until_it_is_made_public() {
    var id = notes.add(node("secret"));
    var eve = store.as(UserId.of("eve"));

    assertThatThrownBy(() -> eve.graph(notes.id()))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> assertThat(e.rejection()).isInstanceOf(Rejection.NotFound.class));
    notes.send(new SetVisibility(notes.id(), Visibility.PUBLIC_READ)).orThrow();
    assertThat(eve.graph(notes.id()).find(id)).isPresent();
    assertThat(refused(eve.send(new Publish(notes.id(), id))))
        .isInstanceOf(Rejection.Forbidden.class);
  }

  @Test
  void a_name_is_taken_once_per_owner_and_free_again_after_removal() {
    var other = ada.graph("other");

    assertThat(refused(notes.send(new RenameGraph(notes.id(), "other"))))
        .isInstanceOf(Rejection.NameTaken.class);
    other.send(new RemoveGraph(other.id())).orThrow();
    notes.send(new RenameGraph(notes.id(), "other")).orThrow();
    assertThat(ada.findGraph("notes")).isEmpty();
  }

  @Test
  void only_one_graph_is_the_default() {
    var other = ada.graph("other");
    notes.send(new MakeDefault(notes.id())).orThrow();
    other.send(new MakeDefault(other.id())).orThrow();

    assertThat(ada.graphs())
        .filteredOn(graph -> graph.isDefault())
        .extracting(graph -> graph.name())
        .containsExactly("other");
  }

  @Test
  void removing_a_node_ends_its_edges_and_restores_the_fingerprint() {
    var a = notes.add(node("a").key("a"));
    var before = notes.head();
    var b = notes.add(node("b").key("b"));
    var edge = notes.link(a, "child", b);

    assertThat(notes.find(edge).orElseThrow().source()).isEqualTo(b);
    notes.remove(b);
    assertThat(notes.find(edge)).isEmpty();
    assertThat(notes.head().edges()).isZero();
    assertThat(notes.head().fingerprint()).isEqualTo(before.fingerprint());
    assertThat(refused(notes.send(new AddNode(notes.id(), b, node("again")))))
        .isInstanceOf(Rejection.IdTaken.class);
  }

  @Test
  void unmerge_is_the_exact_inverse_of_merge() {
    var a = notes.add(node("a").key("a").label("A").tag("x"));
    var b = notes.add(node("b").key("b").label("B").tag("y").property("p", 1));
    var c = notes.add(node("c"));
    notes.link(a, "R", b);
    notes.link(b, "R", c);
    notes.link(c, "R", a);
    notes.link(c, "R", b);
    var before = notes.head();

    notes.send(new MergeNodes(notes.id(), a, b)).orThrow();
    assertThat(notes.head().edges()).isEqualTo(2);
    assertThat(notes.find(a).orElseThrow().labels().names()).containsExactly("A", "B");
    notes.send(new UnmergeNode(notes.id(), a, b)).orThrow();

    assertThat(notes.head().nodes()).isEqualTo(before.nodes());
    assertThat(notes.head().edges()).isEqualTo(before.edges());
    assertThat(notes.head().fingerprint()).isEqualTo(before.fingerprint());
  }

  @Test
  void a_batch_can_take_back_its_own_merge() {
    var a = notes.add(node("a").tag("x"));
    var b = notes.add(node("b").key("b"));
    notes.link(b, "R", a);
    var before = notes.head().fingerprint();
    var merge = new MergeNodes(notes.id(), a, b);
    var unmerge = new UnmergeNode(notes.id(), a, b);

    notes.send(new Batch(notes.id(), List.of(merge, unmerge), true)).orThrow();
    assertThat(notes.head().fingerprint()).isEqualTo(before);
    notes.send(new Batch(notes.id(), List.of(merge, unmerge, merge), true)).orThrow();
    notes.send(unmerge).orThrow();
    assertThat(notes.head().fingerprint()).isEqualTo(before);
  }

  @Test
  void what_a_batch_has_merged_comes_back_as_it_was_just_before_that() {
    var a = notes.add(node("a"));
    var b = notes.add(node("b"));
    var tag = new Tag(notes.id(), b, Tags.of("just before"));
    var link = new AddEdge(notes.id(), notes.newEdgeId(), EdgeData.edge(b, EdgeType.of("R"), b));
    notes.send(new Batch(notes.id(), List.of(tag, link), true)).orThrow();
    var expected = notes.head().fingerprint();
    var untag = new Untag(notes.id(), b, Tags.of("just before"));
    var unlink = new RemoveEdge(notes.id(), link.edge());
    notes.send(new Batch(notes.id(), List.of(untag, unlink), true)).orThrow();
    var again = new AddEdge(notes.id(), notes.newEdgeId(), link.data());

    var merge = new MergeNodes(notes.id(), a, b);
    notes.send(new Batch(notes.id(), List.of(tag, again, merge), true)).orThrow();
    notes.send(new UnmergeNode(notes.id(), a, b)).orThrow();

    assertThat(notes.head().fingerprint()).isEqualTo(expected);
  }

  @Test
  void a_merge_is_not_taken_back_if_its_batch_went_on_with_the_survivor() {
    var a = notes.add(node("a"));
    var b = notes.add(node("b"));
    var merge = new MergeNodes(notes.id(), a, b);
    var tag = new Tag(notes.id(), a, Tags.of("later"));
    notes.send(new Batch(notes.id(), List.of(merge, tag), true)).orThrow();

    assertThat(refused(notes.send(new UnmergeNode(notes.id(), a, b))).code())
        .isEqualTo("MERGE_CHANGED");
  }

  @Test
  void a_merge_is_not_taken_back_after_a_change() {
    var a = notes.add(node("a"));
    var b = notes.add(node("b"));
    notes.send(new MergeNodes(notes.id(), a, b)).orThrow();
    notes.send(new Tag(notes.id(), a, Tags.of("later"))).orThrow();

    assertThat(refused(notes.send(new UnmergeNode(notes.id(), a, b))).code())
        .isEqualTo("MERGE_CHANGED");
  }

  @Test
  void an_archived_node_refuses_every_change_except_restore() {
    var a = notes.add(node("a"));
    notes.send(new Publish(notes.id(), a)).orThrow();
    notes.send(new Archive(notes.id(), a)).orThrow();

    assertThat(refused(notes.send(new Tag(notes.id(), a, Tags.of("t")))).code())
        .isEqualTo("NODE_ARCHIVED");
    notes.send(new Restore(notes.id(), a)).orThrow();
    notes.send(new Tag(notes.id(), a, Tags.of("t"))).orThrow();
  }

  @Test
  void a_change_that_changes_nothing_is_no_event() {
    var a = notes.add(node("a").tag("T"));
    var head = notes.head();

    assertThat(notes.send(new Tag(notes.id(), a, Tags.of("t"))).orThrow().events()).isZero();
    assertThat(notes.head()).isEqualTo(head);
  }

  @Test
  void the_strict_policy_names_every_broken_limit_at_once() {
    notes.send(new SetPolicy(notes.id(), Policy.strict())).orThrow();
    var a = notes.add(node("a"));
    var b = notes.add(node("b"));
    notes.link(a, "HIERARCHICAL", b);

    var broken =
        refused(
            notes.send(
                new AddNode(
                    notes.id(), notes.newNodeId(), node(" ").tag("x".repeat(51)).at(20_000, 0))));
    assertThat(((Rejection.Invalid) broken).errors()).hasSize(3);
    assertThatThrownBy(() -> notes.add(node("a"))).hasMessageContaining("unique titles");
    assertThatThrownBy(() -> notes.link(b, "HIERARCHICAL", a)).hasMessageContaining("cycle");
    assertThatThrownBy(() -> notes.link(a, "X", a)).hasMessageContaining("itself");
    assertThatThrownBy(() -> notes.link(a, "HIERARCHICAL", b)).hasMessageContaining("same type");
  }

  @Test
  void an_atomic_batch_is_all_or_nothing_and_another_reports_each_item() {
    notes.add(node("first").key("k"));
    var head = notes.head();
    var id = notes.id();
    List<dev.knowledgegraph.command.GraphCommand> items =
        List.of(
            new AddNode(id, notes.newNodeId(), node("ok")),
            new AddNode(id, notes.newNodeId(), node("taken").key("k")));

    assertThat(refused(notes.send(new Batch(id, items, true))))
        .isInstanceOfSatisfying(
            Rejection.ItemRejected.class, item -> assertThat(item.index()).isEqualTo(1));
    assertThat(notes.head()).isEqualTo(head);
    var accepted = notes.send(new Batch(id, items, false)).orThrow();
    assertThat(accepted.count(CommandResult.ItemResult.Added.class)).isEqualTo(1);
    assertThat(accepted.count(CommandResult.ItemResult.Refused.class)).isEqualTo(1);
  }

  @Test
  void the_same_idempotency_key_gives_the_same_answer() {
    var command = new AddNode(notes.id(), notes.newNodeId(), node("once"));
    var options = CommandOptions.none().withIdempotencyKey("k1");

    var first = notes.send(command, options).orThrow();
    assertThat(notes.send(command, options).orThrow().position()).isEqualTo(first.position());
    assertThat(refused(notes.send(new Archive(notes.id(), command.node()), options)))
        .isInstanceOf(Rejection.CommandIdReused.class);
  }

  @Test
  void a_stale_expected_version_is_a_conflict() {
    var a = notes.add(node("a"));
    notes.send(new Tag(notes.id(), a, Tags.of("t"))).orThrow();

    assertThat(
            refused(
                notes.send(
                    new Archive(notes.id(), a), CommandOptions.none().withExpectedVersion(1L))))
        .isInstanceOf(Rejection.VersionMismatch.class);
  }

  @Test
  void categories_leave_their_members_when_they_end() {
    var a = notes.add(node("a"));
    var before = notes.head().fingerprint();
    var category = CategoryId.of(UUID.randomUUID());
    notes.send(new AddCategory(notes.id(), category, CategoryData.of("Topic"))).orThrow();
    notes.send(new Categorize(notes.id(), a, category, 0.5, Origin.MANUAL)).orThrow();
    assertThat(notes.find(a).orElseThrow().categories()).hasSize(1);

    notes.send(new RemoveCategory(notes.id(), category)).orThrow();
    assertThat(notes.find(a).orElseThrow().categories()).isEmpty();
    assertThat(notes.head().fingerprint()).isEqualTo(before);
  }

  @Test
  void a_new_key_renames_the_ends_of_edges_in_the_fingerprint() {
    var a = notes.add(node("a").key("a"));
    var b = notes.add(node("b").key("b"));
    var edge = notes.link(a, "R", b);
    var before = notes.head().fingerprint();

    notes.send(new SetKey(notes.id(), a, NodeKey.of("other"))).orThrow();
    notes.send(new Reweight(notes.id(), edge, 0.5)).orThrow();
    notes.send(new Retype(notes.id(), edge, EdgeType.of("S"))).orThrow();
    assertThat(notes.head().fingerprint()).isNotEqualTo(before);
    notes.send(new Retype(notes.id(), edge, EdgeType.of("R"))).orThrow();
    notes.send(new Reweight(notes.id(), edge, 1)).orThrow();
    notes.send(new SetKey(notes.id(), a, NodeKey.of("a"))).orThrow();
    assertThat(notes.head().fingerprint()).isEqualTo(before);
  }

  @Test
  void many_callers_lose_and_double_nothing() throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<java.util.concurrent.Future<?>>();
      for (int i = 0; i < 200; i++) {
        String title = "node " + i;
        tasks.add(callers.submit(() -> notes.add(node(title))));
      }
      for (var task : tasks) {
        task.get();
      }
    }
    assertThat(notes.head().nodes()).isEqualTo(200);
    assertThat(notes.head().sequence()).isEqualTo(201);
  }

  @Test
  void publishers_get_every_commit_in_order() {
    var seen = new ArrayList<Long>();
    var storage = new dev.knowledgegraph.memory.InMemoryStorage();
    try (var publishing =
        KnowledgeGraph.builder()
            .storage(storage)
            .publisher("test", (graph, commit) -> seen.add(commit.position().sequence()))
            .build()) {
      var graph = publishing.as(UserId.of("ada")).graph("g");
      graph.add(node("a"));
      graph.add(node("b"));
      publishing.drainPublishers();
      assertThat(seen).containsExactly(1L, 2L, 3L);
    }
  }
}
