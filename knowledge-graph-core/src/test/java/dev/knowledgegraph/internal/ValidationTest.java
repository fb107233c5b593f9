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
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.GraphQuery.SimilarNodes;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.Views.SearchResult;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  void what_is_of_one_graph_is_refused_where_several_are_searched() {
    var other = store.as(notes.caller()).graph("other").id();
    var filter =
        SearchFilter.all()
            .withNear(new SearchFilter.Near(notes.newNodeId(), 1))
            .withCommunities(Set.of(1L));
    var one = "expected none where several graphs are asked, as it is of one";
    for (GraphQuery<SearchResult> query :
        List.of(
            Search.of(notes.id(), "")
                .withFilter(filter.withGraphs(Set.of(other)))
                .withFacets(Set.of(Facet.COMMUNITY)),
            new SimilarNodes(
                notes.id(),
                notes.newNodeId(),
                SearchMode.TEXT,
                filter.withGraphs(Set.of(notes.id(), other)),
                1))) {
      assertThatThrownBy(() -> notes.at(1).ask(query))
          .isInstanceOfSatisfying(
              RejectedException.class,
              e -> assertThat(e.rejection()).isInstanceOf(Rejection.Invalid.class))
          .hasMessageContaining("at: expected a time")
          .hasMessageContaining("filter.near: " + one)
          .hasMessageContaining("filter.communities: " + one);
    }
    assertThatThrownBy(
            () ->
                notes.ask(
                    Search.of(notes.id(), "")
                        .withFilter(SearchFilter.all().withGraphs(Set.of(other)))
                        .withFacets(Set.of(Facet.COMMUNITY))))
        .hasMessageContaining("facets: COMMUNITY: " + one);
  }

  @Test
  void the_graph_of_a_search_among_those_of_the_filter_changes_nothing() {
    var ada = notes.add(node("Ada"));
    var filter =
        SearchFilter.all().withNear(new SearchFilter.Near(ada, 1)).withGraphs(Set.of(notes.id()));
    assertThat(notes.at(2).ask(Search.of(notes.id(), "").withFilter(filter)).total()).isEqualTo(1);
  }

  @Test
  void at_most_a_hundred_graphs_are_searched_besides_that_of_the_query() {
    var many =
        Stream.generate(() -> GraphId.of(notes.newNodeId().value()))
            .limit(100)
            .collect(Collectors.toSet());
    many.add(notes.id());
    assertThatThrownBy(() -> notes.search("").alsoIn(many).result())
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> assertThat(e.rejection()).isInstanceOf(Rejection.NotFound.class));
    many.add(GraphId.of(notes.newNodeId().value()));
    assertThatThrownBy(() -> notes.search("").alsoIn(many).result())
        .hasMessageContaining("filter.graphs: expected 0 to 100, found 101");
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
