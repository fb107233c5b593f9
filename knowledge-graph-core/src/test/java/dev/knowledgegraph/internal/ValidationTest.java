package dev.knowledgegraph.internal;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand;
import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.CommandResult.Accepted;
import dev.knowledgegraph.command.CommandResult.Rejected;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.QueryOptions;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is wrong is told at once, with where, how much is allowed, and how much there was. */
class ValidationTest {
  private static final UserId ADA = UserId.of("ada");

  private final KnowledgeGraph store = KnowledgeGraph.inMemory();
  private final GraphView notes =
      store.as(ADA).create(GraphData.named("notes").withPolicy(Policy.strict()));

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void all_arguments_of_a_question_that_are_out_of_range_are_told() {
    var query = new FindNeighbors(notes.id(), notes.newNodeId(), -1, Direction.BOTH, Set.of(), 0);

    assertThatThrownBy(
            () -> store.queries().ask(ADA, query, QueryOptions.at(new Moment.AtSequence(-1))))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e ->
                assertThat(e.rejection().message())
                    .isEqualTo(
                        "at: expected 0 to 9223372036854775807, found -1;"
                            + " depth: expected 0 to 1000, found -1;"
                            + " limit: expected 1 to 2147483647, found 0"));
  }

  @Test
  void all_fields_of_an_element_that_break_the_policy_are_told() {
    var data = node("t".repeat(201)).body("b".repeat(20_001)).tag("tag".repeat(17));
    var result = notes.send(new AddNode(notes.id(), notes.newNodeId(), data));

    assertThat(result)
        .isInstanceOfSatisfying(
            Rejected.class,
            refused ->
                assertThat(refused.rejection().message())
                    .isEqualTo(
                        "title: expected at most 200 characters, found 201;"
                            + " body: expected at most 20000 characters, found 20001;"
                            + " tags[0]: expected at most 50 characters, found 51"));
  }

  @Test
  void a_bulk_command_with_too_many_items_is_refused_and_those_beside_it_are_not() {
    GraphCommand one = new AddNode(notes.id(), notes.newNodeId(), node("one"));
    var many = new Batch(notes.id(), Collections.nCopies(BulkCommand.MAX_ITEMS + 1, one), false);

    var results = notes.sendAll(List.of(many, one));

    assertThat(results.getFirst())
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.rejection()).isInstanceOf(Rejection.Invalid.class);
              assertThat(refused.rejection().message())
                  .isEqualTo("items: expected at most 10000, found 10001");
            });
    assertThat(results.getLast()).isInstanceOf(Accepted.class);
  }

  @Test
  @SuppressWarnings("NullAway") // null is what it is about
  void nobody_sends_nothing() {
    GraphCommand command = new AddNode(notes.id(), notes.newNodeId(), node("one"));

    assertThatThrownBy(() -> store.commands().sendAll(null, List.of(command)))
        .isInstanceOf(NullPointerException.class);
  }
}
