package dev.knowledgegraph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphPattern;
import dev.knowledgegraph.query.GraphPattern.Tie;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.Views.PatternMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchingTest {
  private static final NodeFilter PEOPLE = NodeFilter.all().withLabels(List.of("Person"));
  private static final NodeFilter BOOKS = NodeFilter.all().withLabels(List.of("Book"));
  private static final int ALL = 100_000;

  private final KnowledgeGraph store = KnowledgeGraph.inMemory();
  private GraphView graph = newGraph("library");

  @AfterEach
  void close() {
    store.close();
  }

  private GraphView newGraph(String name) {
    return store.as(UserId.of("ada")).create(GraphData.named(name));
  }

  private NodeId person(String name) {
    return graph.add(NodeData.node(name).label("Person"));
  }

  private NodeId book(String title) {
    return graph.add(NodeData.node(title).label("Book"));
  }

  private List<String> titles(GraphPattern pattern, String... places) {
    return graph.match(pattern, ALL).found().stream()
        .map(
            match ->
                String.join(
                    " ", List.of(places).stream().map(place -> match.at(place).title()).toList()))
        .sorted()
        .toList();
  }

  @Test
  void authors_whose_books_others_praise_are_found() {
    NodeId ada = person("Ada");
    NodeId eve = person("Eve");
    NodeId bob = person("Bob");
    NodeId notes = book("Notes");
    NodeId poems = book("Poems");
    graph.link(ada, "WROTE", notes);
    graph.link(ada, "PRAISED", notes);
    graph.link(eve, "PRAISED", notes);
    graph.link(bob, "WROTE", poems);
    var praised =
        GraphPattern.of("author", PEOPLE)
            .edge("author", "WROTE", "book")
            .edge("critic", "PRAISED", "book");

    assertThat(titles(praised, "author", "book", "critic")).containsExactly("Ada Notes Eve");
    assertThat(titles(praised.at("author", bob), "author")).isEmpty();
    assertThat(titles(praised.where("critic", BOOKS), "author")).isEmpty();
    assertThat(titles(GraphPattern.of("book", BOOKS), "book")).containsExactly("Notes", "Poems");
    assertThat(titles(GraphPattern.of("a", PEOPLE).linked("b", "a", "WROTE"), "a", "b"))
        .containsExactly("Ada Notes", "Bob Poems");
  }

  @Test
  void as_of_an_earlier_moment_what_was_there_then_is_found() {
    NodeId ada = person("Ada");
    NodeId notes = book("Notes");
    var edge = graph.link(ada, "WROTE", notes);
    long before = graph.position();
    graph.remove(edge);
    var wrote = GraphPattern.of("a").edge("a", "WROTE", "b");

    assertThat(graph.match(wrote, 9).found()).isEmpty();
    assertThat(graph.at(before).match(wrote, 9).found()).hasSize(1);
  }

  @Test
  void it_says_whether_there_are_more() {
    NodeId hub = person("Hub");
    for (int i = 0; i < 5; i++) {
      graph.link(hub, "KNOWS", person("P" + i));
    }
    var knows = GraphPattern.of("a").edge("a", "KNOWS", "b");

    assertThat(graph.match(knows, 5).complete()).isTrue();
    assertThat(graph.match(knows, 4).complete()).isFalse();
    assertThat(graph.match(knows, 4).found()).hasSize(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.match(knows, 1).found().getFirst().at("c"))
        .withMessageContaining("[a, b]");
  }

  @Test
  void what_cannot_be_looked_for_is_refused() {
    var apart = GraphPattern.of("a").edge("b", "c");
    assertThatThrownBy(() -> graph.match(apart, 9))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("hang together");
    assertThatThrownBy(() -> graph.match(GraphPattern.of("a"), -1))
        .isInstanceOf(RejectedException.class);
    var chain = GraphPattern.of("p0");
    for (int i = 1; i < GraphPattern.MOST_PLACES; i++) {
      chain = chain.edge("p" + (i - 1), "p" + i);
    }
    GraphPattern longest = chain;
    assertThatIllegalArgumentException().isThrownBy(() -> longest.edge("p0", "one more"));
  }

  @Test
  void a_pattern_says_what_it_looks_for() {
    assertThat(
            GraphPattern.of("author", PEOPLE)
                .edge("author", "WROTE", "book")
                .linked("book", "place")
                .at("place", NodeId.of(new UUID(1, 2)))
                .explain())
        .isEqualTo(
            """
            (author) label Person
            (place) one of 1 given
            (author)-[WROTE]->(book)
            (book)--(place)\
            """);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void random_patterns_are_found_where_trying_all_nodes_finds_them(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      graph = newGraph("graph " + round);
      var nodes = new ArrayList<NodeId>();
      for (int i = 2 + random.nextInt(6); i > 0; i--) {
        nodes.add(random.nextBoolean() ? person("p" + i) : book("b" + i));
      }
      for (int i = random.nextInt(15); i > 0; i--) {
        graph.link(
            EdgeData.edge(
                    any(nodes, random), EdgeType.of("T" + random.nextInt(2)), any(nodes, random))
                .withDirected(random.nextInt(4) > 0)
                .withDiscriminator(Discriminator.of("d" + i)));
      }
      var pattern = pattern(nodes, random);

      var found = graph.match(pattern, ALL);

      assertThat(found.complete()).isTrue();
      var ids = new HashSet<Map<String, NodeId>>();
      found.found().forEach(match -> ids.add(ids(match)));
      assertThat(ids).hasSameSizeAs(found.found());
      assertThat(ids)
          .as("seed %d, round %d: %s", seed, round, pattern.explain())
          .isEqualTo(allMatches(pattern));
    }
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static GraphPattern pattern(List<NodeId> nodes, Random random) {
    var pattern = GraphPattern.of("a");
    var names = new ArrayList<>(List.of("a"));
    for (int i = random.nextInt(5); i > 0; i--) {
      String one = any(names, random);
      String other = any(List.of("a", "b", "c", "d"), random);
      String type = "T" + random.nextInt(2);
      pattern =
          switch (random.nextInt(4)) {
            case 0 -> pattern.edge(one, type, other);
            case 1 -> pattern.edge(other, type, one);
            case 2 -> pattern.edge(one, other);
            default ->
                pattern.linked(
                    one, other, random.nextBoolean() ? new String[0] : new String[] {type});
          };
      names.add(other);
    }
    if (random.nextBoolean()) {
      pattern = pattern.where(any(names, random), random.nextBoolean() ? PEOPLE : BOOKS);
    }
    return random.nextInt(3) == 0
        ? pattern.at(any(names, random), any(nodes, random), any(nodes, random))
        : pattern;
  }

  private static Map<String, NodeId> ids(PatternMatch match) {
    var ids = new HashMap<String, NodeId>();
    match.nodes().forEach((name, node) -> ids.put(name, node.id()));
    return ids;
  }

  private Set<Map<String, NodeId>> allMatches(GraphPattern pattern) {
    var nodes = new ArrayList<Node>();
    graph.forEachNode(nodes::add);
    var edges = new ArrayList<Edge>();
    graph.forEachEdge(edges::add);
    var matches = new HashSet<Map<String, NodeId>>();
    tryAll(pattern, nodes, edges, new HashMap<>(), matches);
    return matches;
  }

  private static void tryAll(
      GraphPattern pattern,
      List<Node> nodes,
      List<Edge> edges,
      Map<String, NodeId> begun,
      Set<Map<String, NodeId>> matches) {
    var open =
        pattern.places().keySet().stream().filter(name -> !begun.containsKey(name)).findFirst();
    if (open.isEmpty()) {
      if (pattern.ties().stream().allMatch(tie -> isThere(tie, begun, edges))) {
        matches.add(Map.copyOf(begun));
      }
      return;
    }
    var place = Objects.requireNonNull(pattern.places().get(open.get()));
    for (Node node : nodes) {
      if (!begun.containsValue(node.id())
          && place.filter().matches(node)
          && (place.nodes().isEmpty() || place.nodes().contains(node.id()))) {
        begun.put(open.get(), node.id());
        tryAll(pattern, nodes, edges, begun, matches);
        begun.remove(open.get());
      }
    }
  }

  private static boolean isThere(Tie tie, Map<String, NodeId> at, List<Edge> edges) {
    NodeId from = at.get(tie.from());
    NodeId to = at.get(tie.to());
    return edges.stream()
        .filter(edge -> tie.types().isEmpty() || tie.types().contains(edge.type()))
        .anyMatch(
            edge ->
                (edge.source().equals(from) && edge.target().equals(to))
                    || ((!tie.isDirected() || !edge.directed())
                        && edge.source().equals(to)
                        && edge.target().equals(from)));
  }
}
