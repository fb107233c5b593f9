package dev.knowledgegraph.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.query.NodeFilter.PropertyCondition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FilterTest {
  private static final GraphId GRAPH = GraphId.of(new UUID(0, 1));
  private static final NodeId A = NodeId.of(new UUID(1, 1));
  private static final NodeId B = NodeId.of(new UUID(1, 2));
  private static final CategoryId CATEGORY = CategoryId.of(new UUID(3, 1));
  private static final Instant CREATED = Instant.parse("2024-01-01T00:00:00Z");
  private static final Instant UPDATED = Instant.parse("2024-01-02T00:00:00Z");
  private static final NodeFilter ALL = NodeFilter.all();

  @Test
  void a_node_needs_all_labels() {
    var node = node(NodeData.node("A").label("X").label("Y"));

    assertThat(ALL.matches(node)).isTrue();
    assertThat(ALL.withLabels(List.of("X", "Y")).matches(node)).isTrue();
    assertThat(ALL.withLabels(List.of("X", "Z")).matches(node)).isFalse();
  }

  @Test
  void a_node_needs_all_or_any_tags_whatever_their_case() {
    var node = node(NodeData.node("A").tag("Old").tag("good"));

    assertThat(ALL.withTags(List.of("old", "GOOD"), false).matches(node)).isTrue();
    assertThat(ALL.withTags(List.of("old", "new"), false).matches(node)).isFalse();
    assertThat(ALL.withTags(List.of("old", "new"), true).matches(node)).isTrue();
    assertThat(ALL.withTags(List.of("new"), true).matches(node)).isFalse();
    assertThat(ALL.withTags(List.of(), true).matches(node)).isTrue();
  }

  @Test
  void a_node_needs_one_of_the_states_and_the_category() {
    var node = node(NodeData.node("A"));

    assertThat(ALL.withStatus(List.of(NodeStatus.DRAFT, NodeStatus.ARCHIVED)).matches(node))
        .isTrue();
    assertThat(ALL.withStatus(List.of(NodeStatus.ARCHIVED)).matches(node)).isFalse();
    assertThat(ALL.withCategory(CATEGORY).matches(node)).isTrue();
    assertThat(ALL.withCategory(CategoryId.of(new UUID(3, 2))).matches(node)).isFalse();
  }

  @Test
  void times_run_from_the_first_to_before_the_last() {
    var node = node(NodeData.node("A"));

    assertThat(ALL.withCreated(CREATED, UPDATED).matches(node)).isTrue();
    assertThat(ALL.withCreated(null, CREATED).matches(node)).isFalse();
    assertThat(ALL.withUpdated(UPDATED, null).matches(node)).isTrue();
    assertThat(ALL.withUpdated(CREATED, UPDATED).matches(node)).isFalse();
  }

  @Test
  void numbers_compare_as_numbers_whatever_their_kind() {
    assertThat(isBetween(5, 4.5, 5.0)).isTrue();
    assertThat(isBetween(5.5, 4, 5)).isFalse();
    assertThat(isBetween(Long.MAX_VALUE, (double) Long.MAX_VALUE, null)).isFalse();
  }

  @Test
  void texts_compare_by_code_point() {
    assertThat(isBetween("b", "a", "c")).isTrue();
    assertThat(isBetween("\uD83D\uDE00", "\uFF5E", null)).isTrue();
    assertThat(isBetween("\uFF5E", "\uD83D\uDE00", null)).isFalse();
    assertThat(isBetween("ab", "a", "aa")).isFalse();
  }

  @Test
  void moments_and_dates_compare_by_time() {
    assertThat(isBetween(CREATED, LocalDate.of(2024, 1, 1), UPDATED)).isTrue();
    assertThat(isBetween(LocalDate.of(2024, 1, 3), CREATED, UPDATED)).isFalse();
  }

  @Test
  void values_of_another_kind_do_not_match() {
    assertThat(isBetween("5", 4, 6)).isFalse();
    assertThat(isBetween(true, false, null)).isFalse();
    assertThat(isBetween(CREATED, "2024", null)).isFalse();
  }

  @Test
  void a_value_matches_itself_and_no_bounds_match_any() {
    assertThat(isBetween(true, true, true)).isTrue();
    assertThat(isBetween(List.of(1), null, null)).isTrue();
    assertThat(new PropertyCondition("q", null, null).matches(node(5).properties())).isFalse();
  }

  @Test
  void an_edge_is_filtered_by_side_unless_it_has_none() {
    var edge = edge(EdgeData.edge(A, EdgeType.CAUSAL, B));
    var both = edge(EdgeData.edge(A, EdgeType.CAUSAL, B).withDirected(false));

    assertThat(EdgeFilter.all().matches(edge)).isTrue();
    assertThat(filter(A, Direction.OUTGOING).matches(edge)).isTrue();
    assertThat(filter(A, Direction.INCOMING).matches(edge)).isFalse();
    assertThat(filter(A, Direction.INCOMING).matches(both)).isTrue();
    assertThat(filter(B, Direction.BOTH).matches(edge)).isTrue();
    assertThat(filter(NodeId.of(new UUID(1, 3)), Direction.BOTH).matches(edge)).isFalse();
    assertThat(new EdgeFilter(null, Direction.BOTH, List.of(EdgeType.RELATED)).matches(edge))
        .isFalse();
  }

  private static boolean isBetween(Object value, @Nullable Object from, @Nullable Object to) {
    var condition =
        new PropertyCondition(
            "p",
            from == null ? null : PropertyValue.of(from),
            to == null ? null : PropertyValue.of(to));
    return ALL.withProperties(List.of(condition)).matches(node(value));
  }

  private static EdgeFilter filter(NodeId node, Direction direction) {
    return new EdgeFilter(node, direction, List.of());
  }

  private static Node node(Object value) {
    return node(NodeData.node("A").property("p", value));
  }

  private static Node node(NodeData data) {
    return new Node(
        A,
        GRAPH,
        data,
        List.of(new Categorization(CATEGORY, 1, Origin.MANUAL)),
        CREATED,
        UPDATED,
        1);
  }

  private static Edge edge(EdgeData data) {
    return new Edge(EdgeId.of(new UUID(2, 1)), GRAPH, data, CREATED, CREATED, 1);
  }
}
