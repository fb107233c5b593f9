package dev.knowledgegraph.search.lucene;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EdgeEvent.EdgeRemoved;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

class RecentCommitsTest {
  private static final UserId ADA = UserId.of("ada");
  private static final GraphRef NOTES = new GraphRef(ADA, GraphId.parse(id(1)));
  private static final GraphRef OTHER = new GraphRef(ADA, GraphId.parse(id(2)));

  private final RecentCommits recent = new RecentCommits(10);

  @Test
  void those_right_after_a_place_are_given_until_they_were_taken() {
    for (int i = 1; i <= 4; i++) {
      recent.add(NOTES, commit(NOTES, i, 1));
    }
    assertThat(sequences(NOTES, 0, 3)).containsExactly(1L, 2L, 3L);
    assertThat(sequences(NOTES, 0, 9)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(sequences(NOTES, 3, 9)).containsExactly(4L);
    assertThat(sequences(NOTES, 2, 9)).as("gone, as it was taken").isEmpty();
    assertThat(sequences(OTHER, 0, 9)).isEmpty();
  }

  @Test
  void a_gap_is_never_skipped() {
    recent.add(NOTES, commit(NOTES, 5, 1));
    recent.add(NOTES, commit(NOTES, 7, 1));
    assertThat(sequences(NOTES, 3, 9)).isEmpty();
    assertThat(sequences(NOTES, 4, 9)).containsExactly(5L);
    assertThat(sequences(NOTES, 5, 9)).isEmpty();
    recent.add(NOTES, commit(NOTES, 8, 1));
    assertThat(sequences(NOTES, 6, 9)).isEmpty();
    assertThat(sequences(NOTES, 7, 9)).containsExactly(8L);
  }

  @Test
  void what_has_no_room_is_left_out_and_what_came_before_it_stays() {
    for (int i = 1; i <= 3; i++) {
      recent.add(NOTES, commit(NOTES, i, 4));
    }
    recent.add(NOTES, commit(NOTES, 4, 1));
    assertThat(sequences(NOTES, 0, 9)).containsExactly(1L, 2L);
    assertThat(sequences(NOTES, 2, 9)).isEmpty();
    recent.add(NOTES, commit(NOTES, 5, 9));
    assertThat(sequences(NOTES, 4, 9)).containsExactly(5L);
  }

  @Test
  void edges_take_no_room() {
    List<GraphEvent> edges = Collections.nCopies(1_000, new EdgeRemoved(EdgeId.parse(id(3))));
    recent.add(NOTES, commit(NOTES, 1, edges));
    assertThat(recent.after(NOTES, 0, 9)).singleElement().matches(each -> each.events().isEmpty());
  }

  @Test
  void an_index_does_not_read_what_it_was_told() throws IOException {
    var log = new InMemoryStorage();
    var config = LuceneSearchConfig.standard();
    try (var store = KnowledgeGraph.builder().storage(log).build();
        var index = Generation.open(new ByteBuffersDirectory(), config)) {
      GraphView notes = store.as(ADA).graph("notes");
      for (int i = 0; i < 3; i++) {
        notes.add(node("word " + i));
      }
      var graph = new GraphRef(ADA, notes.id());
      List<Committed> commits = log.read(graph, 0, 9);
      commits.forEach(commit -> recent.add(graph, commit));
      var projection = new Projection(index, new Unread(log), recent, config);

      assertThat(projection.step(graph)).isTrue();
      projection.refresh();
      assertThat(index.position(graph)).isEqualTo(commits.size());
      assertThatThrownBy(() -> projection.step(graph)).isInstanceOf(AssertionError.class);
    }
  }

  /** A log that must not be read. */
  private static final class Unread extends StorageDecorator {
    Unread(Storage storage) {
      super(storage);
    }

    @Override
    public List<Committed> read(GraphRef graph, long after, int limit) {
      throw new AssertionError("read after " + after);
    }
  }

  private List<Long> sequences(GraphRef graph, long after, int limit) {
    return recent.after(graph, after, limit).stream()
        .map(each -> each.position().sequence())
        .toList();
  }

  private static Committed commit(GraphRef graph, long sequence, int size) {
    List<NodeAdded> nodes =
        Collections.nCopies(size - 1, new NodeAdded(NodeId.parse(id(4)), node("n")));
    return commit(graph, sequence, List.of(new NodesImported(nodes)));
  }

  private static Committed commit(GraphRef graph, long sequence, List<GraphEvent> events) {
    return new Committed(
        new Position(graph.id(), sequence), Instant.EPOCH, ADA, "command", "", "", events);
  }

  private static String id(int number) {
    return "01890000-0000-7000-8000-00000000000" + number;
  }
}
