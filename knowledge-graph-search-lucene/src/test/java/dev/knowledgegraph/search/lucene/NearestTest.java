package dev.knowledgegraph.search.lucene;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.search.NodeTexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nearest by vector are the nearest. */
class NearestTest {
  private static final int NODES = 3_000;
  private static final int WORDS = 2_000;
  private static final int QUERIES = 40;

  private final HashingEmbedder embedder = HashingEmbedder.create();
  private final Random random = new Random(11);

  private String text(int words) {
    return IntStream.range(0, words)
        .mapToObj(i -> "w" + (int) (WORDS * Math.pow(random.nextDouble(), 2)))
        .collect(Collectors.joining(" "));
  }

  @Test
  void the_ten_nearest_are_found_in_their_order() {
    try (var store =
        KnowledgeGraph.builder()
            .storage(new InMemoryStorage())
            .search(LuceneSearch.inMemory(LuceneSearchConfig.standard()))
            .build()) {
      var graph = store.as(UserId.of("ada")).graph("notes");
      for (int i = 0; i < NODES; i++) {
        graph.add(node("n " + i).body(text(12)));
      }
      var nodes = new ArrayList<Node>();
      graph.forEachNode(nodes::add);
      var vectors = embedder.embedDocuments(nodes.stream().map(NodeTexts::forEmbedding).toList());
      int found = 0;
      for (int i = 0; i < QUERIES; i++) {
        String query = text(3);
        var hits = graph.search(query).mode(SearchMode.VECTOR).limit(10).result().hits();
        var nearest = nearest(nodes, vectors, embedder.embedQuery(query));
        found += (int) hits.stream().filter(hit -> nearest.contains(hit.node().id())).count();
        assertThat(hits).isSortedAccordingTo(Comparator.comparingDouble(hit -> -hit.score()));
      }
      assertThat(found).isEqualTo(QUERIES * 10);
    }
  }

  @Test
  void answers_of_now_and_earlier_are_the_same_when_vectors_have_been_copied() {
    try (var store =
        KnowledgeGraph.builder()
            .storage(new InMemoryStorage())
            .search(LuceneSearch.inMemory(LuceneSearchConfig.standard()))
            .build()) {
      var graph = store.as(UserId.of("ada")).graph("notes");
      var nodes = new ArrayList<NodeId>();
      for (int i = 0; i < NODES; i++) {
        nodes.add(graph.add(node("n " + i).body(text(12))));
      }
      long then = graph.position();
      graph.search("all of them into one segment").result();
      for (int i = 0; i < NODES / 10; i++) {
        graph.set(nodes.get(i), node("changed " + i).body(text(12)));
        graph.remove(nodes.get(NODES / 2 + i));
      }
      var queries = IntStream.range(0, VectorCopy.LOOKS_BEFORE / 2).mapToObj(i -> text(3)).toList();
      var seldom = queries.stream().map(query -> answers(graph, then, query)).toList();
      var often = queries.stream().map(query -> answers(graph, then, query)).toList();
      assertThat(often).isEqualTo(seldom);
      assertThat(seldom).allSatisfy(each -> assertThat(each.now()).isNotEqualTo(each.earlier()));
    }
  }

  /** What is found by vectors now, and was earlier. */
  private record Answers(List<Found> now, List<Found> earlier) {}

  private record Found(NodeId node, double score) {}

  private static Answers answers(GraphView graph, long then, String query) {
    return new Answers(found(graph, query), found(graph.at(then), query));
  }

  private static List<Found> found(GraphView graph, String query) {
    return graph.search(query).mode(SearchMode.VECTOR).limit(100).result().hits().stream()
        .map(hit -> new Found(hit.node().id(), hit.score()))
        .toList();
  }

  @Test
  void a_search_by_vector_ends_at_the_work_limit() {
    var standard = LuceneSearchConfig.standard();
    var hurried =
        new LuceneSearchConfig(
            standard.embedder(),
            standard.language(),
            standard.history(),
            standard.ramBufferMegabytes(),
            standard.commitEvery(),
            Duration.ofNanos(1));
    try (var store =
        KnowledgeGraph.builder()
            .storage(new InMemoryStorage())
            .search(LuceneSearch.inMemory(hurried))
            .build()) {
      var graph = store.as(UserId.of("ada")).graph("notes");
      graph.add(node("note").body(text(12)));
      assertThatThrownBy(() -> graph.search("note").mode(SearchMode.VECTOR).result())
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining("was stopped");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 1_536, 4_096})
  void vectors_may_be_as_long_as_an_embedder_may_make_them(int dimension) {
    var config = LuceneSearchConfig.standard().withEmbedder(new HashingEmbedder(dimension));
    try (var store =
        KnowledgeGraph.builder()
            .storage(new InMemoryStorage())
            .search(LuceneSearch.inMemory(config))
            .build()) {
      var graph = store.as(UserId.of("ada")).graph("notes");
      graph.add(node("note").body(text(12)));
      assertThat(graph.search("note").mode(SearchMode.VECTOR).result().hits()).hasSize(1);
    }
  }

  private static Set<NodeId> nearest(List<Node> nodes, List<float[]> vectors, float[] wanted) {
    return IntStream.range(0, nodes.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -cosine(wanted, vectors.get(i))))
        .limit(10)
        .map(i -> nodes.get(i).id())
        .collect(Collectors.toSet());
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
