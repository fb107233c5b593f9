package dev.knowledgegraph.tck.fault;

import static dev.knowledgegraph.tck.Scribe.edgeId;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.BulkCommand.ImportEdges;
import dev.knowledgegraph.command.BulkCommand.ImportedEdge;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult.Accepted;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import dev.knowledgegraph.tck.Answers;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.RandomCommands;
import dev.knowledgegraph.tck.RandomCommands.Step;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the command bus behaves when the storage below it does not. */
class FaultTest {
  private static final int SCRIPT = 100;
  private static final long NOW = Storage.LATEST;

  private final InMemoryStorage memory = new InMemoryStorage();
  private final GraphRef ref = new Scribe("ada", 1).ref();
  private final CreateGraph create = new CreateGraph(ref.id(), GraphData.named("notes"));
  private final AddNode addAda = new AddNode(ref.id(), nodeId(1), NodeData.node("Ada"));

  @Test
  void a_failure_before_the_append_changes_nothing_and_the_command_can_be_sent_again() {
    var failing = FailingStorage.beforeAppend(memory, 2);
    var graph = over(failing);
    send(graph, create, "1");

    assertFails(graph, addAda, "2");
    assertThat(memory.head(ref).sequence()).isEqualTo(1);
    assertThat(send(graph, addAda, "2").position().sequence()).isEqualTo(2);
    assertThat(failing.failures()).isEqualTo(1);
  }

  @Test
  void a_lost_answer_that_is_asked_for_again_by_key_gives_one_effect() {
    var graph = over(FailingStorage.afterAppend(memory, 2));
    send(graph, create, "1");

    assertFails(graph, addAda, "2");
    assertThat(memory.head(ref).nodes()).isEqualTo(1);
    assertThat(send(graph, addAda, "2").position().sequence()).isEqualTo(2);
    assertThat(memory.read(ref, 0, 10)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void a_script_of_which_any_one_call_fails_has_the_same_effect_when_repeated(long seed) {
    var script = script(seed);
    var counting = new CountingStorage(new InMemoryStorage());
    var expected = outcome(over(counting), script);

    for (long n = 1; n <= counting.calls(); n++) {
      var failing = FailingStorage.atCall(new InMemoryStorage(), n);
      assertThat(outcome(over(failing), script))
          .as("call %s of seed %s", n, seed)
          .isEqualTo(expected);
      assertThat(failing.failures()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void a_script_of_which_the_answer_of_any_append_is_lost_has_the_same_effect_when_repeated(
      long seed) {
    var script = script(seed);
    var counting = new CountingStorage(new InMemoryStorage());
    var expected = outcome(over(counting), script);

    for (long n = 1; n <= counting.calls("append"); n++) {
      var failing = FailingStorage.afterAppend(new InMemoryStorage(), n);
      assertThat(outcome(over(failing), script))
          .as("append %s of seed %s", n, seed)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 20, 50})
  void a_script_that_fails_again_and_again_leaves_only_whole_commands(long every) {
    var failing = FailingStorage.atEveryCall(memory, every);
    var graph = over(failing);
    var random = new RandomCommands(every, 0);
    for (Step step : random.take(SCRIPT)) {
      try {
        graph.commands().send(step.caller(), step.command(), step.options());
      } catch (StorageException e) {
        assertThat(e.retryable()).isTrue();
      }
    }

    assertThat(failing.failures()).isPositive();
    random.graphs().forEach(each -> assertIsFoldOfItsLog(memory, each));
  }

  @Test
  void in_a_group_only_the_command_that_failed_has_no_effect() {
    var batch = new Batch(ref.id(), List.of(add(2), add(3), add(4)), true);
    var group = List.<GraphCommand>of(create, addAda, batch, add(5));
    var counting = new CountingStorage(new InMemoryStorage());
    over(counting).commands().sendAll(ref.owner(), group);

    for (long n = 1; n <= counting.calls(); n++) {
      var inner = new InMemoryStorage();
      var graph = over(FailingStorage.atCall(inner, n));
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> graph.commands().sendAll(ref.owner(), group));
      assertIsFoldOfItsLog(inner, ref);
      assertThat(inner.head(ref).nodes()).isIn(0L, 1L, 2L, 4L, 5L);
    }
  }

  @Test
  void an_import_at_a_hub_reads_no_edges_but_those_like_its_own() {
    over(memory).commands().sendAll(ref.owner(), List.of(create, addAda, add(2), add(3)));
    over(memory).commands().send(ref.owner(), edges(1), CommandOptions.none());
    var counting = new CountingStorage(memory);

    over(counting).commands().send(ref.owner(), edges(2), CommandOptions.none());

    assertThat(counting.calls("edgesOfShape")).isEqualTo(1);
    assertThat(counting.calls("edgesFrom") + counting.calls("edgesOf")).isZero();
  }

  private ImportEdges edges(long from) {
    return new ImportEdges(
        ref.id(),
        LongStream.rangeClosed(from, 3)
            .mapToObj(
                i ->
                    new ImportedEdge(
                        edgeId(10 * from + i),
                        EdgeData.edge(nodeId(1), EdgeType.RELATED, nodeId(i))))
            .toList());
  }

  private AddNode add(long number) {
    return new AddNode(ref.id(), nodeId(number), NodeData.node("node " + number));
  }

  private static void assertIsFoldOfItsLog(Storage storage, GraphRef graph) {
    var copy = over(new InMemoryStorage());
    copy.replay(graph, storage.read(graph, 0, Integer.MAX_VALUE));
    assertThat(copy.storage().head(graph)).isEqualTo(storage.head(graph));
    assertThat(
            Answers.of(copy.storage(), graph, NOW).differenceFrom(Answers.of(storage, graph, NOW)))
        .isEmpty();
  }

  @Test
  void commands_that_wait_for_a_slow_storage_share_an_append() {
    int threads = 32;
    var counting = new CountingStorage(memory);
    var graph = over(new SlowStorage(counting, "append", Duration.ofMillis(50)));
    send(graph, create, "0");
    var results =
        Together.run(
            threads,
            i ->
                () ->
                    send(
                        graph,
                        new AddNode(ref.id(), nodeId(i), NodeData.node("node " + i)),
                        "key-" + i));

    assertThat(results).doesNotHaveDuplicates().hasSize(threads);
    assertThat(memory.head(ref).nodes()).isEqualTo(threads);
    assertThat(counting.calls("append")).isLessThan(threads / 2);
  }

  /** Each command has a key, so that it can be sent again, and none has a condition. */
  private static List<Step> script(long seed) {
    var steps = new RandomCommands(seed, 0).take(SCRIPT);
    var keyed = new ArrayList<Step>();
    for (int i = 0; i < steps.size(); i++) {
      var options = CommandOptions.none().withIdempotencyKey("step-" + i);
      keyed.add(new Step(steps.get(i).caller(), steps.get(i).command(), options));
    }
    return keyed;
  }

  /** What every graph looks like after the script, each command sent until it is answered. */
  private static List<Object> outcome(KnowledgeGraph graph, List<Step> script) {
    var seen = new ArrayList<Object>();
    for (Step step : script) {
      seen.add(sendUntilAnswered(graph, step).getClass());
    }
    for (GraphRef ref : new RandomCommands(0, 0).graphs()) {
      var storage = ((StorageDecorator) graph.storage()).storage();
      seen.add(storage.head(ref));
      seen.add(storage.read(ref, 0, Integer.MAX_VALUE));
      seen.add(Answers.of(storage, ref, NOW));
    }
    return seen;
  }

  private static Object sendUntilAnswered(KnowledgeGraph graph, Step step) {
    while (true) {
      try {
        return graph.commands().send(step.caller(), step.command(), step.options());
      } catch (StorageException e) {
        assertThat(e.retryable()).isTrue();
      }
    }
  }

  private static KnowledgeGraph over(Storage storage) {
    return KnowledgeGraph.builder().storage(storage).clock(new ManualClock()).build();
  }

  private Accepted send(KnowledgeGraph graph, GraphCommand command, String key) {
    return graph
        .commands()
        .send(ref.owner(), command, CommandOptions.none().withIdempotencyKey(key))
        .orThrow();
  }

  private void assertFails(KnowledgeGraph graph, GraphCommand command, String key) {
    assertThatExceptionOfType(StorageException.class).isThrownBy(() -> send(graph, command, key));
  }
}
