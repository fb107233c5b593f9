package dev.knowledgegraph.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportEdges;
import dev.knowledgegraph.command.BulkCommand.ImportedEdge;
import dev.knowledgegraph.command.NodeCommand.Archive;
import dev.knowledgegraph.command.NodeCommand.Restore;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.StaleReadException;
import dev.knowledgegraph.functions.FunctionResult.Cleaned;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemorySearchIndex;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Counts;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CleanupTest {
  private final Store store = new Store();
  private final GraphView notes = store.notes;
  private final Cleanup cleanup = Cleanup.create(store.graphs).alsoOfArchived().recounting();

  private final NodeId ada = notes.add(NodeData.node("Ada"));
  private final NodeId engine = notes.add(NodeData.node("Engine"));
  private final NodeId poem = notes.add(NodeData.node("Poem"));

  @AfterEach
  void close() {
    store.close();
  }

  private CloudEvent archived(NodeId node) {
    notes.send(new Archive(notes.id(), node)).orThrow();
    return store.last();
  }

  @Test
  void the_edges_of_an_archived_node_end_and_no_others() {
    notes.link(ada, "DESCRIBED", engine);
    notes.link(poem, "RELATED", ada);
    notes.link(ada, "RELATED", ada);
    notes.link(engine, "RELATED", poem);
    CloudEvent event = archived(ada);

    Cleaned cleaned = cleanup.handle(event).orElseThrow();

    assertThat(cleaned).isEqualTo(new Cleaned(3, notes.position(), true, true));
    assertThat(notes.statistics().edges()).isEqualTo(1);
    assertThat(notes.find(ada)).as("the node itself stays").isPresent();
    var commit = store.graphs.storage().read(notes.ref(), event.place().sequence(), 1).getFirst();
    assertThat(commit.causationId()).isEqualTo(event.id());
  }

  @Test
  void an_archived_node_keeps_its_edges_unless_they_are_asked_for() {
    notes.link(ada, "DESCRIBED", engine);
    CloudEvent event = archived(ada);

    assertThat(Cleanup.create(store.graphs).handle(event)).isEmpty();
    assertThat(notes.statistics().edges()).isEqualTo(1);
  }

  @Test
  void an_event_that_comes_again_ends_nothing_more() {
    notes.link(ada, "DESCRIBED", engine);
    CloudEvent event = archived(ada);
    cleanup.handle(event);
    long head = notes.position();

    assertThat(cleanup.handle(event)).contains(new Cleaned(0, head, true, true));
    assertThat(notes.position()).isEqualTo(head);
  }

  @Test
  void what_an_import_hung_on_it_later_goes_with_the_next_delivery() {
    CloudEvent event = archived(ada);
    cleanup.handle(event);
    notes
        .send(
            new ImportEdges(
                notes.id(),
                List.of(
                    new ImportedEdge(
                        notes.newEdgeId(), EdgeData.edge(poem, EdgeType.RELATED, ada)))))
        .orThrow();
    assertThat(notes.statistics().edges()).isEqualTo(1);

    assertThat(cleanup.handle(event).orElseThrow().edges()).isEqualTo(1);
    assertThat(notes.statistics().edges()).isZero();
  }

  @Test
  void a_node_that_was_restored_meanwhile_keeps_its_edges() {
    notes.link(ada, "DESCRIBED", engine);
    CloudEvent event = archived(ada);
    notes.send(new Restore(notes.id(), ada)).orThrow();

    assertThat(cleanup.handle(event).orElseThrow().edges()).isZero();
    assertThat(notes.statistics().edges()).isEqualTo(1);
  }

  @Test
  void a_removed_node_leaves_nothing_to_clear() {
    notes.link(ada, "DESCRIBED", engine);
    notes.remove(ada);

    assertThat(cleanup.handle(store.last())).contains(new Cleaned(0, notes.position(), true, true));
  }

  @Test
  void a_graph_that_is_gone_or_anothers_is_left_alone() {
    notes.link(ada, "DESCRIBED", engine);
    CloudEvent event = archived(ada);
    CloudEvent forged =
        CloudEvent.parse(event.json().replace("\"/ada/", "\"/mallory/"), "").orElseThrow();
    assertThat(cleanup.handle(forged)).contains(Cleaned.NOTHING);
    assertThat(notes.statistics().edges()).isEqualTo(1);
    notes.send(new RemoveGraph(notes.id())).orThrow();

    assertThat(cleanup.handle(event)).contains(Cleaned.NOTHING);
  }

  @Test
  void other_events_are_ignored() {
    assertThat(store.events()).allSatisfy(each -> assertThat(cleanup.handle(each)).isEmpty());
  }

  /** Does something just before edges are read. */
  private static final class Meanwhile extends StorageDecorator {
    private Consumer<GraphRef> action = graph -> {};
    private int times;

    Meanwhile() {
      super(new InMemoryStorage());
    }

    void will(int count, Consumer<GraphRef> newAction) {
      times = count;
      action = newAction;
    }

    @Override
    public List<Edge> edgesOf(
        GraphRef graph,
        Collection<NodeId> nodes,
        Direction direction,
        Collection<EdgeType> types,
        long at) {
      var edges = super.edgesOf(graph, nodes, direction, types, at);
      if (times > 0) {
        times--;
        action.accept(graph);
      }
      return edges;
    }
  }

  @Test
  void a_node_that_is_restored_while_it_is_looked_at_keeps_its_edges() {
    var storage = new Meanwhile();
    try (var other = new Store(storage)) {
      NodeId one = other.notes.add(NodeData.node("One"));
      NodeId two = other.notes.add(NodeData.node("Two"));
      other.notes.link(one, "RELATED", two);
      other.notes.send(new Archive(other.notes.id(), one)).orThrow();
      storage.will(1, graph -> other.notes.send(new Restore(graph.id(), one)).orThrow());

      var cleaned =
          Cleanup.create(other.graphs).alsoOfArchived().handle(other.last()).orElseThrow();

      assertThat(cleaned.edges()).isZero();
      assertThat(other.notes.statistics().edges()).isEqualTo(1);
    }
  }

  @Test
  void who_is_never_fast_enough_fails_for_now() {
    var storage = new Meanwhile();
    try (var other = new Store(storage)) {
      NodeId one = other.notes.add(NodeData.node("One"));
      NodeId two = other.notes.add(NodeData.node("Two"));
      other.notes.link(one, "RELATED", two);
      other.notes.send(new Archive(other.notes.id(), one)).orThrow();
      CloudEvent event = other.last();
      storage.will(1_000, graph -> other.notes.add(NodeData.node("Another")));

      assertThatExceptionOfType(ConflictException.class)
          .isThrownBy(() -> Cleanup.create(other.graphs).alsoOfArchived().handle(event));

      storage.will(0, graph -> {});
      assertThat(Cleanup.create(other.graphs).alsoOfArchived().handle(event).orElseThrow().edges())
          .isEqualTo(1);
    }
  }

  @Test
  void totals_that_are_wrong_are_told() {
    var storage =
        new StorageDecorator(new InMemoryStorage()) {
          @Override
          public Counts counts(GraphRef graph, long at) {
            var counts = super.counts(graph, at);
            return new Counts(
                counts.nodes(), counts.edges() + 1, counts.labels(), counts.tags(), counts.types());
          }
        };
    try (var other = new Store(storage)) {
      NodeId one = other.notes.add(NodeData.node("One"));
      other.notes.send(new Archive(other.notes.id(), one)).orThrow();

      assertThat(
              Cleanup.create(other.graphs)
                  .alsoOfArchived()
                  .handle(other.last())
                  .orElseThrow()
                  .agrees())
          .isFalse();
    }
  }

  @Test
  void a_store_that_cannot_be_searched_has_no_index_to_wait_for() {
    var storage = new InMemoryStorage();
    try (var other = KnowledgeGraph.builder().storage(storage).clock(store.clock).build()) {
      CloudEvent event = archived(ada);
      assertThat(Cleanup.create(other).alsoOfArchived().handle(event)).contains(Cleaned.NOTHING);
    }
    try (var bare =
        KnowledgeGraph.builder().storage(new Unclosed(store.graphs.storage())).build()) {
      assertThat(Cleanup.create(bare).alsoOfArchived().handle(store.last()).orElseThrow().indexed())
          .isFalse();
    }
  }

  @Test
  void an_index_that_does_not_come_up_to_date_in_time_fails_for_now() {
    CloudEvent event = archived(ada);
    try (var late =
        KnowledgeGraph.builder()
            .storage(new Unclosed(store.graphs.storage()))
            .search(
                opened -> new InMemorySearchIndex(new InMemoryStorage(), HashingEmbedder.create()))
            .build()) {
      assertThatExceptionOfType(StaleReadException.class)
          .isThrownBy(
              () -> Cleanup.create(late).alsoOfArchived().waiting(Duration.ZERO).handle(event));
    }
  }

  /** Somebody else closes it. */
  private static final class Unclosed extends StorageDecorator {
    Unclosed(Storage storage) {
      super(storage);
    }

    @Override
    public void close() {}
  }
}
