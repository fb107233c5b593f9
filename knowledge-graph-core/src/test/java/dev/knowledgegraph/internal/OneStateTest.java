package dev.knowledgegraph.internal;

import static dev.knowledgegraph.memory.Scribe.edgeId;
import static dev.knowledgegraph.memory.Scribe.nodeId;
import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.EdgeCommand.RemoveEdge;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.GraphQuery.Compare;
import dev.knowledgegraph.query.GraphQuery.FindAllShortestPaths;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.GraphQuery.FindPath;
import dev.knowledgegraph.query.GraphQuery.FindPatterns;
import dev.knowledgegraph.query.GraphQuery.FindSubgraph;
import dev.knowledgegraph.query.GraphQuery.GetStatistics;
import dev.knowledgegraph.query.GraphQuery.Timeline;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.QueryBus;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.query.Views.PatternKind;
import dev.knowledgegraph.query.Views.TimelineUnit;
import dev.knowledgegraph.spi.Storage;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An answer about now is that of one moment, whoever writes meanwhile. Here there is an edge from 1
 * to 2, or one from 2 to 3, but never both; and every change adds a node.
 */
class OneStateTest {
  private static final UserId ADA = UserId.of("ada");
  private static final int MOST_WRITES = 30;

  private final InMemoryStorage storage = new InMemoryStorage();
  private final KnowledgeGraph store = KnowledgeGraph.builder().storage(storage).build();
  private final GraphView notes = store.as(ADA).graph("notes");
  private final QueryBus quiet = new StorageQueryBus(storage);
  private final QueryBus disturbed = new StorageQueryBus(writingAfterEachRead());
  private int writes;
  private int writesLeft;

  OneStateTest() {
    for (int i = 1; i <= 3; i++) {
      notes.send(new AddNode(notes.id(), nodeId(i), node("node " + i))).orThrow();
    }
    notes.send(link(1, 2)).orThrow();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void of_neighbors() {
    assertOneState(new FindNeighbors(notes.id(), nodeId(1), 3, Direction.OUTGOING, Set.of(), 100));
  }

  @Test
  void of_a_subgraph() {
    assertOneState(new FindSubgraph(notes.id(), List.of(nodeId(1)), 3, Set.of(), 100));
  }

  @Test
  void of_a_path() {
    assertOneState(path(false));
    assertOneState(path(true));
    assertOneState(
        new FindAllShortestPaths(
            notes.id(), nodeId(1), nodeId(3), Direction.OUTGOING, Set.of(), 10));
  }

  @ParameterizedTest
  @EnumSource
  void of_patterns(PatternKind kind) {
    assertOneState(new FindPatterns(notes.id(), kind, 1_000));
  }

  @Test
  void of_statistics() {
    assertOneState(new GetStatistics(notes.id()));
  }

  @Test
  void of_a_timeline() {
    assertOneState(new Timeline(notes.id(), TimelineUnit.DAY));
  }

  @Test
  void of_a_comparison() {
    assertOneState(
        (bus, moment) ->
            bus.ask(
                ADA,
                new Compare(notes.id(), new Moment.AtSequence(2), moment),
                QueryOptions.now()));
    writesLeft = MOST_WRITES;
    var same =
        disturbed.ask(ADA, new Compare(notes.id(), Moment.now(), Moment.now()), QueryOptions.now());
    assertThat(same.from()).isEqualTo(same.to());
  }

  @Test
  void while_another_thread_writes() throws Exception {
    var asking =
        new FutureTask<Void>(
            () -> {
              for (int i = 0; i < 500; i++) {
                assertThat(quiet.ask(ADA, path(false), QueryOptions.now())).isEmpty();
              }
              return null;
            });
    Thread.ofPlatform().start(asking);
    while (!asking.isDone()) {
      write();
    }
    asking.get();
  }

  private void assertOneState(GraphQuery<?> query) {
    assertOneState((bus, moment) -> bus.ask(ADA, query, QueryOptions.at(moment)));
  }

  private void assertOneState(BiFunction<QueryBus, Moment, Object> question) {
    assertOneStateFromHere(question);
    write();
    assertOneStateFromHere(question);
  }

  private void assertOneStateFromHere(BiFunction<QueryBus, Moment, Object> question) {
    long before = notes.head().sequence();
    writesLeft = MOST_WRITES;
    Object answer = question.apply(disturbed, Moment.now());
    long after = notes.head().sequence();

    assertThat(after).isGreaterThan(before);
    assertThat(answer)
        .isIn(
            LongStream.rangeClosed(before, after)
                .mapToObj(sequence -> question.apply(quiet, new Moment.AtSequence(sequence)))
                .toList());
  }

  private FindPath path(boolean weighted) {
    return new FindPath(
        notes.id(), nodeId(1), nodeId(3), Direction.OUTGOING, Set.of(), weighted, 10);
  }

  private AddEdge link(long source, long target) {
    var data = EdgeData.edge(nodeId(source), EdgeType.RELATED, nodeId(target));
    return new AddEdge(notes.id(), edgeId(writes), data);
  }

  private void write() {
    var old = edgeId(writes++);
    NodeId added = notes.newNodeId();
    notes
        .send(
            new Batch(
                notes.id(),
                List.of(
                    new RemoveEdge(notes.id(), old),
                    writes % 2 == 0 ? link(1, 2) : link(2, 3),
                    new AddNode(notes.id(), added, node("one more"))),
                true))
        .orThrow();
  }

  /** The storage; after a read somebody writes, some times. */
  private Storage writingAfterEachRead() {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (self, method, arguments) -> {
              Object answer = method.invoke(storage, arguments);
              if (writesLeft-- > 0) {
                write();
              }
              return answer;
            });
  }
}
