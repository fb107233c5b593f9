package dev.knowledgegraph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Analysis.Community;
import dev.knowledgegraph.query.GraphQuery.FindCommunities;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Communities are called by what their members say and others do not. */
class CommunityNamesTest {
  private final KnowledgeGraph store = KnowledgeGraph.inMemory();
  private final GraphView graph = store.as(UserId.of("ada")).graph("notes");

  @AfterEach
  void close() {
    store.close();
  }

  /** Nodes that are all linked with each other. */
  private List<NodeId> clique(NodeData... members) {
    List<NodeId> ids = Arrays.stream(members).map(graph::add).toList();
    for (int i = 0; i < ids.size(); i++) {
      for (int j = 0; j < i; j++) {
        graph.link(ids.get(j), "NEAR", ids.get(i));
      }
    }
    return ids;
  }

  private List<String> names() {
    return graph.ask(new FindCommunities(graph.id(), 1, 0)).communities().stream()
        .map(Community::name)
        .toList();
  }

  @Test
  void words_of_several_titles_and_tags_make_the_name() {
    clique(
        NodeData.node("Sea shanty").tag("music"),
        NodeData.node("Drinking shanty").tag("music"),
        NodeData.node("Shanty of the capstan"));
    clique(
        NodeData.node("Bread oven"), NodeData.node("Oven stone"), NodeData.node("Oven and hearth"));

    assertThat(names()).hasSize(2);
    assertThat(names().get(0)).contains("shanty", "music").doesNotContain("oven");
    assertThat(names().get(1)).contains("oven").doesNotContain("shanty");
  }

  @Test
  void a_word_that_is_everywhere_does_not_tell_communities_apart() {
    clique(NodeData.node("Notes on tea"), NodeData.node("Notes, tea"), NodeData.node("Tea notes"));
    clique(NodeData.node("Notes on mud"), NodeData.node("Mud notes"), NodeData.node("Notes: mud"));

    assertThat(names().get(0)).startsWith("tea");
    assertThat(names().get(1)).startsWith("mud");
  }

  @Test
  void without_words_in_common_the_name_is_of_the_nodes_with_most_edges() {
    clique(NodeData.node("alpha"), NodeData.node("beta"), NodeData.node("gamma"));

    assertThat(names()).singleElement().asString().containsAnyOf("alpha", "beta", "gamma");
  }

  @Test
  void without_any_word_the_name_is_the_middle() {
    NodeId middle = clique(NodeData.node("!"), NodeData.node("?"), NodeData.node("…")).getFirst();

    assertThat(names()).containsExactly(graph.find(middle).orElseThrow().displayName());
  }
}
