package dev.knowledgegraph.internal;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery.FindNode;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.BusMetrics.Outcome.Accepted;
import dev.knowledgegraph.spi.BusMetrics.Outcome.Failed;
import dev.knowledgegraph.spi.BusMetrics.Outcome.Rejected;
import dev.knowledgegraph.spi.BusMetrics.Side;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

/** What operators learn of commands and questions. */
class ObservationTest {
  private static final UserId ADA = UserId.of("ada");

  /** Remembers what it was told. */
  private static final class Told implements BusMetrics {
    final List<Call> calls = new ArrayList<>();
    final List<Write> writes = new ArrayList<>();
    boolean isOn = true;

    @Override
    public boolean isOn() {
      return isOn;
    }

    @Override
    public void called(Call call) {
      calls.add(call);
    }

    @Override
    public void written(Write write) {
      writes.add(write);
    }
  }

  @Nested
  class Metrics {
    private final Told told = new Told();
    private final KnowledgeGraph store =
        KnowledgeGraph.builder().storage(new InMemoryStorage()).metrics(told).build();
    private final GraphView notes = store.as(ADA).graph("notes");

    @AfterEach
    void close() {
      store.close();
    }

    @Test
    void of_a_command_tell_its_kind_its_outcome_and_what_it_changed() {
      told.calls.clear();
      notes.add(node("Ada"));

      assertThat(told.calls)
          .singleElement()
          .satisfies(
              call -> {
                assertThat(call.side()).isEqualTo(Side.COMMAND);
                assertThat(call.kind()).isEqualTo("AddNode");
                assertThat(call.caller()).isEqualTo(ADA);
                assertThat(call.graph()).isEqualTo(notes.id());
                assertThat(call.outcome()).isEqualTo(new Accepted());
                assertThat(call.duration()).isPositive();
                assertThat(call.together()).isEqualTo(1);
                assertThat(call.changes()).isEqualTo(1);
              });
    }

    @Test
    void of_a_bulk_command_count_its_items() {
      notes.send(
          new ImportNodes(
              notes.id(),
              List.of(
                  new ImportedNode(notes.newNodeId(), node("Ada")),
                  new ImportedNode(notes.newNodeId(), node("Bob")))));

      assertThat(told.calls.getLast().changes()).isEqualTo(2);
    }

    @Test
    void of_a_refused_command_tell_the_code() {
      notes.send(new RemoveNode(notes.id(), notes.newNodeId()));

      assertThat(told.calls.getLast().outcome()).isEqualTo(new Rejected("NODE_NOT_FOUND"));
      assertThat(told.calls.getLast().changes()).isZero();
    }

    @Test
    void of_commands_sent_together_tell_each_and_how_many_there_were() {
      told.calls.clear();
      told.writes.clear();
      notes.sendAll(
          List.of(
              new AddNode(notes.id(), notes.newNodeId(), node("Ada")),
              new RemoveNode(notes.id(), notes.newNodeId()),
              new AddNode(notes.id(), notes.newNodeId(), node("Bob"))));

      assertThat(told.calls)
          .hasSize(3)
          .allMatch(call -> call.together() == 3)
          .extracting(BusMetrics.Call::outcome)
          .containsExactly(new Accepted(), new Rejected("NODE_NOT_FOUND"), new Accepted());
      assertThat(told.writes)
          .singleElement()
          .satisfies(
              write -> {
                assertThat(write.commits()).isEqualTo(2);
                assertThat(write.elements()).isEqualTo(2);
                assertThat(write.duration()).isGreaterThanOrEqualTo(Duration.ZERO);
              });
    }

    @Test
    void of_a_question_tell_its_outcome() {
      notes.ask(new FindNode(notes.id(), notes.newNodeId()));
      assertThat(told.calls.getLast().side()).isEqualTo(Side.QUERY);
      assertThat(told.calls.getLast().kind()).isEqualTo("FindNode");
      assertThat(told.calls.getLast().outcome()).isEqualTo(new Accepted());

      assertThatThrownBy(() -> store.as(ADA).graph(GraphId.of(new UUID(0, 9))))
          .isInstanceOf(RejectedException.class);
      assertThat(told.calls.getLast().outcome()).isEqualTo(new Rejected("GRAPH_NOT_FOUND"));

      store.as(ADA).graphs();
      assertThat(told.calls.getLast().kind()).isEqualTo("ListGraphs");
      assertThat(told.calls.getLast().graph()).isNull();
    }

    @Test
    void that_are_off_are_told_of_failures_only() {
      told.isOn = false;
      told.calls.clear();
      told.writes.clear();
      notes.add(node("Ada"));
      notes.ask(new FindNode(notes.id(), notes.newNodeId()));
      assertThat(told.calls).isEmpty();
      assertThat(told.writes).isEmpty();

      store.storage().close();
      assertThatThrownBy(() -> notes.ask(new FindNode(notes.id(), notes.newNodeId())))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> notes.add(node("Bob"))).isInstanceOf(RuntimeException.class);
      assertThat(told.calls)
          .extracting(BusMetrics.Call::outcome)
          .containsExactly(new Failed("IllegalStateException"), new Failed("UNEXPECTED"));
    }

    @Test
    void that_throw_change_nothing() {
      try (var other =
          KnowledgeGraph.builder()
              .storage(new InMemoryStorage())
              .metrics(
                  new BusMetrics() {
                    @Override
                    public void called(Call call) {
                      throw new IllegalStateException("broken metrics");
                    }
                  })
              .build()) {
        var graph = other.as(ADA).graph("notes");

        assertThat(graph.find(graph.add(node("Ada")))).isPresent();
      }
    }
  }

  @Nested
  class The_log {
    private static final GraphId GRAPH = GraphId.of(new UUID(0, 1));

    private final List<String> lines = new ArrayList<>();
    private boolean isDebug = true;
    private final BusLog log = new BusLog(logger());

    @Test
    void has_a_line_for_each_call() {
      log.called(call(new Accepted()));
      log.called(call(new Rejected("NODE_NOT_FOUND")));

      assertThat(lines)
          .containsExactly(
              "debug COMMAND AddNode of ada in graph "
                  + GRAPH
                  + ": accepted, 1500 us, 1 together, 2 changes",
              "debug COMMAND AddNode of ada in graph "
                  + GRAPH
                  + ": rejected NODE_NOT_FOUND, 1500 us, 1 together, 2 changes");
    }

    @Test
    void warns_of_failures() {
      log.called(call(new Failed("STORE_FULL")));

      assertThat(lines).singleElement().asString().startsWith("warn ").contains("STORE_FULL");
    }

    @Test
    void is_off_unless_somebody_debugs() {
      assertThat(log.isOn()).isTrue();
      isDebug = false;
      assertThat(log.isOn()).isFalse();
    }

    private static BusMetrics.Call call(BusMetrics.Outcome outcome) {
      return new BusMetrics.Call(
          Side.COMMAND, "AddNode", ADA, GRAPH, outcome, Duration.ofNanos(1_500_000), 1, 2);
    }

    private Logger logger() {
      return (Logger)
          Proxy.newProxyInstance(
              Logger.class.getClassLoader(),
              new Class<?>[] {Logger.class},
              (self, method, arguments) -> {
                if (method.getName().equals("isDebugEnabled")) {
                  return isDebug;
                }
                lines.add(
                    method.getName()
                        + " "
                        + MessageFormatter.arrayFormat(
                                (String) arguments[0], (@Nullable Object[]) arguments[1])
                            .getMessage());
                return null;
              });
    }
  }

  @Test
  void nothing_stored_is_ever_told() {
    assertThat(BusMetrics.Call.class.getRecordComponents())
        .extracting(component -> component.getType().getSimpleName())
        .containsOnly("Side", "String", "UserId", "GraphId", "Outcome", "Duration", "int");
  }
}
