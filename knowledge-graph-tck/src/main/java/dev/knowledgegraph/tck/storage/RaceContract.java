package dev.knowledgegraph.tck.storage;

import static dev.knowledgegraph.tck.Scribe.edgeId;
import static dev.knowledgegraph.tck.Scribe.graphId;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.CommandResult.Accepted;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import dev.knowledgegraph.tck.Together;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Law 5 of {@link dev.knowledgegraph.spi.EventStore}: of those who are at one head, one wins. */
public abstract class RaceContract extends StorageContract {
  private static final int THREADS = 8;
  private static final int ROUNDS = 20;

  /** A suite for stores of such a fixture. */
  protected RaceContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void of_many_appends_at_one_head_exactly_one_wins() {
    var scribes = IntStream.range(0, THREADS).mapToObj(i -> new Scribe("ada", 1)).toList();
    scribes.forEach(each -> each.create("notes"));
    append(scribe.create("notes"));

    for (int round = 0; round < ROUNDS; round++) {
      long first = 1 + (long) round * THREADS;
      var wins =
          Together.run(
              THREADS,
              i -> {
                var commit = scribes.get(i).node(first + i, "thread " + i);
                return () -> isAppended(commit);
              });
      assertThat(wins).filteredOn(won -> won).hasSize(1);
      assertThat(storage.head(ref).sequence()).isEqualTo(round + 2);
      assertThat(
              storage
                  .nodes(
                      ref,
                      LongStream.range(first, first + THREADS).mapToObj(Scribe::nodeId).toList(),
                      NOW)
                  .keySet())
          .containsExactly(nodeId(first + wins.indexOf(true)));
    }
    assertThat(storage.counts(ref, NOW).nodes()).isEqualTo(ROUNDS);
    assertThat(log()).hasSize(ROUNDS + 1);
  }

  @Test
  void of_many_graphs_of_one_name_exactly_one_begins() {
    var wins =
        Together.run(
            THREADS,
            i -> {
              var commit = new Scribe("ada", 10L + i).create("notes");
              return () -> isAppended(commit);
            });

    assertThat(wins).filteredOn(won -> won).hasSize(1);
    assertThat(storage.graphs(ref.owner())).hasSize(1);
  }

  @Test
  void commands_of_many_threads_and_two_buses_are_all_carried_out_once() {
    append(scribe.create("notes"));
    var buses = List.of(engine(storage), engine(storage));
    Together.run(
        THREADS,
        i ->
            () -> {
              for (int n = 0; n < ROUNDS; n++) {
                send(
                        buses.get(i % 2),
                        new AddNode(ref.id(), node(i, n), NodeData.node("title " + n)))
                    .orThrow();
              }
              return true;
            });

    assertThat(storage.head(ref).nodes()).isEqualTo(THREADS * ROUNDS);
    assertThat(storage.counts(ref, NOW).nodes()).isEqualTo(THREADS * ROUNDS);
    assertThat(log())
        .extracting(entry -> entry.position().sequence())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, THREADS * ROUNDS + 1).boxed().toList());
  }

  @Test
  void of_many_nodes_of_one_key_exactly_one_is_added() {
    append(scribe.create("notes"));
    var buses = List.of(engine(storage), engine(storage));
    var results =
        Together.run(
            THREADS,
            i ->
                () ->
                    send(
                        buses.get(i % 2),
                        new AddNode(ref.id(), node(i, 1), NodeData.node("Ada").key("ada"))));

    assertThat(results).filteredOn(Accepted.class::isInstance).hasSize(1);
    assertThat(storage.counts(ref, NOW).nodes()).isEqualTo(1);
  }

  @Test
  void of_many_beginnings_through_the_bus_exactly_one_is_accepted() {
    var buses = List.of(engine(storage), engine(storage));
    var results =
        Together.run(
            THREADS,
            i ->
                () ->
                    send(
                        buses.get(i % 2),
                        new CreateGraph(graphId(20L + i), GraphData.named("notes"))));

    assertThat(results).filteredOn(Accepted.class::isInstance).hasSize(1);
    assertThat(storage.graphs(ref.owner())).hasSize(1);
  }

  @Test
  void an_edge_and_the_end_of_its_node_never_both_happen() {
    append(scribe.create("notes"));
    var buses = List.of(engine(storage), engine(storage));
    for (int round = 0; round < ROUNDS; round++) {
      int number = round;
      send(buses.get(0), new AddNode(ref.id(), node(1, number), NodeData.node(""))).orThrow();
      Together.run(
          2,
          i ->
              () ->
                  send(
                      buses.get(i),
                      i == 0
                          ? new RemoveNode(ref.id(), node(1, number))
                          : new AddEdge(
                              ref.id(),
                              edgeId(1 + number),
                              EdgeData.edge(node(1, number), EdgeType.RELATED, node(1, number)))));
    }

    assertThat(storage.counts(ref, NOW).nodes()).isZero();
    var edges = new HashSet<Edge>();
    storage.forEachEdge(ref, NOW, edges::add);
    assertThat(edges).isEmpty();
    assertThat(storage.head(ref).edges()).isZero();
    assertThat(log()).hasSizeGreaterThan(2 * ROUNDS);
  }

  private static NodeId node(int thread, int number) {
    return nodeId(1_000L * (thread + 1) + number);
  }

  private boolean isAppended(Commit commit) {
    try {
      append(commit);
      return true;
    } catch (ConflictException e) {
      return false;
    }
  }

  // Losing again and again to the other bus is an answer too, and means: try again.
  private CommandResult send(KnowledgeGraph graph, GraphCommand command) {
    while (true) {
      try {
        return graph.commands().send(ref.owner(), command, CommandOptions.none());
      } catch (ConflictException e) {
        Thread.onSpinWait();
      }
    }
  }
}
