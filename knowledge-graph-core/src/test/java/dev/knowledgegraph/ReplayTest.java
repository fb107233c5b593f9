package dev.knowledgegraph;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.command.CategoryCommand.AddCategory;
import dev.knowledgegraph.command.NodeCommand.Categorize;
import dev.knowledgegraph.command.NodeCommand.MergeNodes;
import dev.knowledgegraph.command.NodeCommand.SetKey;
import dev.knowledgegraph.command.NodeCommand.UnmergeNode;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.command.SettingsCommand.RenameGraph;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log is enough to make everything else. */
class ReplayTest {
  private final KnowledgeGraph store = KnowledgeGraph.inMemory();
  private final InMemoryStorage copy = new InMemoryStorage();
  private final UserId ada = UserId.of("ada");
  private final GraphView notes = store.as(ada).graph("notes");
  private final GraphRef ref = new GraphRef(ada, notes.id());

  @AfterEach
  void close() {
    store.close();
    copy.close();
  }

  @Test
  void state_history_and_totals_follow_from_the_log() {
    liveALittle();

    KnowledgeGraph.replay(store.storage(), List.of(ref), copy);

    assertThat(copy.head(ref)).isEqualTo(notes.head());
    assertThat(copy.read(ref, 0, 1_000)).isEqualTo(store.storage().read(ref, 0, 1_000));
    for (long at = 1; at <= notes.head().sequence(); at++) {
      assertThat(elements(copy, at)).as("at %d", at).isEqualTo(elements(store.storage(), at));
    }
  }

  @Test
  void the_fingerprint_of_the_elements_is_the_one_kept() {
    liveALittle();

    assertThat(KnowledgeGraph.recount(store.storage(), ref, GraphReader.LATEST))
        .isEqualTo(notes.head().fingerprint());
  }

  @Test
  void a_name_that_one_graph_gave_up_may_be_anothers() {
    var id = notes.id();
    notes.send(new RenameGraph(id, "old notes")).orThrow();
    var second = store.as(ada).graph("notes");
    second.send(new RemoveGraph(second.id())).orThrow();
    var third = store.as(ada).graph("notes");
    List<GraphRef> graphs =
        List.of(new GraphRef(ada, third.id()), new GraphRef(ada, second.id()), ref);

    KnowledgeGraph.replay(store.storage(), graphs, copy);

    assertThat(copy.graphs(ada)).isEqualTo(store.storage().graphs(ada));
  }

  @Test
  void what_is_there_is_not_written_again_and_the_rest_is() {
    KnowledgeGraph.replay(store.storage(), List.of(ref), copy);
    liveALittle();

    KnowledgeGraph.replay(store.storage(), List.of(ref), copy);
    KnowledgeGraph.replay(store.storage(), List.of(ref), copy);

    assertThat(copy.head(ref)).isEqualTo(notes.head());
    assertThat(copy.read(ref, 0, 1_000)).isEqualTo(store.storage().read(ref, 0, 1_000));
  }

  @Test
  void a_graph_that_has_another_log_there_is_refused() {
    KnowledgeGraph.replay(store.storage(), List.of(ref), copy);
    try (var other = KnowledgeGraph.builder().storage(copy).build()) {
      other.as(ada).graph("notes").add(node("written there"));
      notes.add(node("written here"));
      var head = copy.head(ref);

      assertThatThrownBy(() -> KnowledgeGraph.replay(store.storage(), List.of(ref), copy))
          .isInstanceOf(ConflictException.class);
      assertThat(copy.head(ref)).isEqualTo(head);
    }
  }

  @Test
  void what_cannot_have_happened_is_refused() {
    liveALittle();
    var log = store.storage().read(ref, 0, 1_000);
    try (var other = KnowledgeGraph.builder().storage(copy).build()) {
      for (Committed entry : log.subList(1, log.size())) {
        var first =
            new Committed(
                new Position(notes.id(), 1), entry.time(), ada, "", "", "", entry.events());
        assertThatThrownBy(() -> other.replay(ref, List.of(first)))
            .isInstanceOf(IntegrityException.class)
            .hasMessageContaining("entry 1");
      }
      for (int missing = 2; missing <= 5; missing++) {
        var changed = new ArrayList<Committed>();
        for (Committed entry : log) {
          if (entry.position().sequence() != missing) {
            changed.add(
                new Committed(
                    new Position(notes.id(), changed.size() + 1),
                    entry.time(),
                    ada,
                    "",
                    "",
                    "",
                    entry.events()));
          }
        }
        assertThatThrownBy(() -> other.replay(ref, changed))
            .as("without %d", missing)
            .isInstanceOf(IntegrityException.class);
      }
      assertThat(copy.head(ref).sequence()).isZero();
    }
  }

  private void liveALittle() {
    var category = CategoryId.of(UUID.randomUUID());
    notes.send(new AddCategory(notes.id(), category, CategoryData.of("People"))).orThrow();
    var one = notes.add(node("One").withKey(NodeKey.of("one")));
    var two = notes.add(node("Two"));
    var three = notes.add(node("Three"));
    notes.send(new Categorize(notes.id(), one, category, 0.5, Origin.MANUAL)).orThrow();
    notes.link(one, "KNOWS", two);
    notes.link(two, "KNOWS", three);
    notes.link(three, "KNOWS", three);
    notes.send(new SetKey(notes.id(), two, NodeKey.of("two"))).orThrow();
    notes.send(new MergeNodes(notes.id(), one, two)).orThrow();
    notes.send(new UnmergeNode(notes.id(), one, two)).orThrow();
    notes.remove(three);
  }

  private Map<Object, Object> elements(GraphReader reader, long at) {
    var all = new HashMap<Object, Object>();
    reader.forEachNode(ref, at, node -> all.put(node.id(), node));
    reader.forEachEdge(ref, at, edge -> all.put(edge.id(), edge));
    reader.categories(ref, at).forEach(category -> all.put(category.id(), category));
    all.put("settings", reader.graphAt(ref, at));
    return all;
  }
}
