package dev.knowledgegraph.tck.search;

import static dev.knowledgegraph.model.NodeData.node;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.SettingsCommand.SetVisibility;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.StaleReadException;
import dev.knowledgegraph.memory.InMemorySearchIndex;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.model.Visibility;
import dev.knowledgegraph.query.Consistency;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.GraphQuery.SimilarNodes;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeFilter.PropertyCondition;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.SearchWeights;
import dev.knowledgegraph.query.Views.FacetCount;
import dev.knowledgegraph.query.Views.Hit;
import dev.knowledgegraph.query.Views.Match;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.search.FoundNode;
import dev.knowledgegraph.search.SearchExpression.Everything;
import dev.knowledgegraph.search.SearchQuestion;
import dev.knowledgegraph.search.SearchQuestion.ByText;
import dev.knowledgegraph.search.SearchQuestion.Scope;
import dev.knowledgegraph.search.SearchSyntax;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Law 14 of {@link SearchIndex}, and 1 to 4 for questions about several graphs: what they find is
 * what one graph with all of their nodes would have.
 */
public abstract class SearchGraphsContract extends SearchSuite {
  private static final int QUESTIONS = 150;
  private static final int NODES = 45;
  private static final Offset<Double> ROUNDING = Offset.offset(1e-5);
  private static final Set<Facet> FACETS = EnumSet.complementOf(EnumSet.of(Facet.COMMUNITY));
  private static final List<SearchMode> MODES = List.of(SearchMode.values());
  private static final List<String> WORDS =
      List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta");
  private static final List<String> TEXTS =
      List.of("alpha", "beta gamma", "+alpha -beta", "\"alpha beta\"", "del*", "tag:eta", "", "x");

  private final SearchIndex index;
  private final KnowledgeGraph store;
  private final List<Scribe> scribes = List.of(scribe, new Scribe("ada", 2), new Scribe("ada", 3));
  private final Scribe bob = new Scribe("bob", 9);

  /** A suite for indexes of such a fixture. */
  protected SearchGraphsContract(Supplier<? extends SearchFixture> fixtures) {
    super(fixtures);
    index = fixture.create(storage, embedder);
    store = over(storage, index);
    for (Scribe each : scribes) {
      storage.append(
          List.of(each.create("notes " + each.ref().id().value().getLeastSignificantBits())));
    }
  }

  private void add(int graph, long number, NodeData data) {
    storage.append(List.of(scribes.get(graph).node(number, data)));
  }

  private GraphId id(int graph) {
    return scribes.get(graph).ref().id();
  }

  private Set<GraphId> all() {
    return scribes.stream().map(each -> each.ref().id()).collect(Collectors.toSet());
  }

  private Search everywhere(String words) {
    return text(words).withFilter(SearchFilter.all().withGraphs(all()));
  }

  private SearchResult ask(Search query) {
    return ask(store, ref, query);
  }

  private static List<FoundNode> found(SearchResult result) {
    return result.hits().stream().map(hit -> FoundNode.of(hit.node())).toList();
  }

  private static FoundNode at(GraphId graph, long number) {
    return new FoundNode(graph, nodeId(number));
  }

  private static NodeData random(Random random) {
    var data = node(words(random, 2)).body(words(random, 1 + random.nextInt(9)));
    if (random.nextBoolean()) {
      data = data.label(word(random));
    }
    if (random.nextBoolean()) {
      data = data.tag(word(random));
    }
    return random.nextBoolean() ? data.property("size", (long) random.nextInt(3)) : data;
  }

  private static String words(Random random, int count) {
    return Stream.generate(() -> word(random)).limit(count).collect(Collectors.joining(" "));
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  // One ranking

  @Test
  void several_graphs_are_searched_like_one_with_all_of_their_nodes() {
    long seed = Seeds.seed("search of several graphs");
    var random = new Random(seed);
    var together = new InMemoryStorage();
    var one = new Scribe("ada", 1);
    together.append(List.of(one.create("one")));
    for (long i = 1; i <= NODES; i++) {
      NodeData data = random(random);
      add(random.nextInt(scribes.size()), i, data);
      together.append(List.of(one.node(i, data)));
    }
    KnowledgeGraph expected = over(together, fixture.create(together, embedder));
    for (int i = 0; i < QUESTIONS; i++) {
      Search query =
          text(TEXTS.get(random.nextInt(TEXTS.size())))
              .withMode(MODES.get(i % MODES.size()))
              .withFilter(SearchFilter.all().withNodes(filter(random)))
              .withFacets(Set.of(Facet.LABEL, Facet.TAG, Facet.STATUS))
              .withPage(new Page.Request(1 + random.nextInt(NODES), null));
      Search several = query.withFilter(query.filter().withGraphs(all()));
      for (String name = "question " + i + ": " + query; ; ) {
        SearchResult answer = ask(several);
        SearchResult expectedAnswer = ask(expected, one.ref(), query);
        assertSameRanking(answer, expectedAnswer, name);
        if (answer.next() == null) {
          break;
        }
        several = several.withPage(new Page.Request(query.page().size(), answer.next()));
        query = query.withPage(new Page.Request(query.page().size(), expectedAnswer.next()));
      }
    }
  }

  private static NodeFilter filter(Random random) {
    var filter = NodeFilter.all();
    return switch (random.nextInt(6)) {
      case 0 -> filter.withLabels(List.of(word(random)));
      case 1 -> filter.withTags(List.of(word(random), word(random)), true);
      case 2 -> filter.withStatus(List.of(NodeStatus.DRAFT));
      case 3 ->
          filter.withProperties(
              List.of(new PropertyCondition("size", PropertyValue.of(1L), PropertyValue.of(2L))));
      default -> filter;
    };
  }

  private static void assertSameRanking(SearchResult found, SearchResult expected, String name) {
    assertThat(found.total()).as(name).isEqualTo(expected.total());
    assertThat(found.facets()).as(name).isEqualTo(expected.facets());
    assertThat(nodes(found)).as(name).isEqualTo(nodes(expected));
    assertThat(found.next() == null).as(name).isEqualTo(expected.next() == null);
    assertThat(found.didYouMean()).as(name).isEqualTo(expected.didYouMean());
    for (int i = 0; i < found.hits().size(); i++) {
      Hit hit = found.hits().get(i);
      Hit other = expected.hits().get(i);
      assertThat(hit.score()).as(name).isCloseTo(other.score(), ROUNDING);
      assertThat(rank(hit.text())).as(name).isEqualTo(rank(other.text()));
      assertThat(rank(hit.vector())).as(name).isEqualTo(rank(other.vector()));
    }
  }

  private static List<NodeId> nodes(SearchResult found) {
    return found.hits().stream().map(hit -> hit.node().id()).toList();
  }

  private static int rank(@Nullable Match match) {
    return match == null ? 0 : match.rank();
  }

  @Test
  void several_graphs_are_searched_as_they_were_at_a_time() {
    long seed = Seeds.seed("search of several graphs then");
    var random = new Random(seed);
    for (long i = 1; i <= NODES; i++) {
      int graph = random.nextInt(scribes.size());
      add(graph, i, random(random));
      Scribe writer = scribes.get(graph);
      switch (random.nextInt(4)) {
        case 0 -> storage.append(List.of(writer.set(i, random(random).tag("changed"))));
        case 1 -> storage.append(List.of(writer.removeNode(i)));
        default -> {}
      }
    }
    long added = NODES;
    for (int graph = 1; graph < scribes.size(); graph++) {
      // At the end of the first one's log the others go on.
      while (scribes.get(graph).head() <= scribes.getFirst().head()) {
        add(graph, ++added, random(random));
      }
    }
    KnowledgeGraph expected = over(storage, new InMemorySearchIndex(storage, embedder));
    long last = scribes.stream().mapToLong(Scribe::head).max().orElseThrow();
    for (long day = 0; day <= last + 1; day++) {
      var then = QueryOptions.at(new Moment.AtTime(Scribe.day(day)));
      assertThat(store.queries().ask(ref.owner(), everywhere(""), then).total())
          .as("all nodes at " + then.at())
          .isEqualTo(expected.queries().ask(ref.owner(), everywhere(""), then).total());
    }
    for (int i = 0; i < QUESTIONS; i++) {
      Search query =
          everywhere(TEXTS.get(random.nextInt(TEXTS.size())))
              .withMode(MODES.get(i % MODES.size()))
              .withFacets(FACETS)
              .withPage(new Page.Request(MANY, null));
      query = query.withFilter(query.filter().withNodes(filter(random)));
      var then = QueryOptions.at(new Moment.AtTime(Scribe.day(random.nextLong(last + 2))));
      SearchResult answer = store.queries().ask(ref.owner(), query, then);
      SearchResult reference = expected.queries().ask(ref.owner(), query, then);
      String name = "question " + i + " at " + then.at() + ": " + query;
      assertThat(answer.total()).as(name).isEqualTo(reference.total());
      assertThat(answer.facets()).as(name).isEqualTo(reference.facets());
      assertThat(hitNodes(answer)).as(name).isEqualTo(hitNodes(reference));
      if (query.mode() == SearchMode.VECTOR) {
        assertThat(found(answer)).as(name).isEqualTo(found(reference));
      }
    }
  }

  /** As they were then. */
  private static Set<Object> hitNodes(SearchResult found) {
    return found.hits().stream().map(Hit::node).collect(Collectors.toSet());
  }

  @Test
  void of_a_graph_that_was_not_there_yet_there_is_nothing() {
    var own = new InMemoryStorage();
    var clock = new ManualClock();
    try (var later =
        KnowledgeGraph.builder()
            .storage(own)
            .clock(clock)
            .search(opened -> fixture.create(opened, embedder))
            .build()) {
      var old = later.as(ref.owner()).graph("old");
      old.add(node("word"));
      clock.advance(Duration.ofDays(1));
      var young = later.as(ref.owner()).graph("young");
      young.add(node("word"));
      var both = Set.of(old.id(), young.id());
      for (var asked : List.of(old, young)) {
        assertThat(asked.search("word").alsoIn(both).result().total()).isEqualTo(2);
        assertThat(asked.at(ManualClock.START.plusSeconds(1)).search("word").alsoIn(both))
            .extracting(hit -> hit.node().graph())
            .containsExactly(old.id());
      }
    }
  }

  // Hits

  @Test
  void nodes_of_one_id_in_two_graphs_are_two_hits_in_the_order_of_the_graphs() {
    add(2, 1, node("same words").tag("third"));
    add(0, 1, node("same words").tag("first"));
    add(1, 1, node("same words").tag("second"));
    var all = List.of(at(id(0), 1), at(id(1), 1), at(id(2), 1));
    for (SearchMode mode : SearchMode.values()) {
      var query = everywhere("same words").withMode(mode).withFacets(Set.of(Facet.TAG));
      var result = ask(query.withExplain(true));
      assertThat(result.total()).as("%s", mode).isEqualTo(3);
      assertThat(result.facets().get(Facet.TAG)).as("%s", mode).hasSize(3);
      assertThat(found(result)).as("%s", mode).isEqualTo(all);
      assertThat(result.hits())
          .as("%s", mode)
          .extracting(hit -> hit.node().tags().names().getFirst())
          .containsExactly("first", "second", "third");
      assertThat(result.hits()).extracting(Hit::explanation).doesNotContainNull();

      var seen = new ArrayList<FoundNode>();
      for (String next = ""; next != null; ) {
        var page = ask(query.withPage(new Page.Request(1, next.isEmpty() ? null : next)));
        seen.addAll(found(page));
        next = page.next();
      }
      assertThat(seen).as("%s", mode).isEqualTo(all);
    }
  }

  @Test
  void nodes_like_a_node_are_found_in_other_graphs_too_and_a_copy_of_it() {
    add(0, 1, node("Analytical Engine").body("planned by Babbage"));
    add(0, 2, node("Steam").body("drives an engine"));
    add(1, 1, node("Analytical Engine").body("planned by Babbage"));
    add(1, 3, node("Babbage").body("planned the engine"));
    for (SearchMode mode : SearchMode.values()) {
      var filter = SearchFilter.all().withGraphs(all());
      var result =
          store
              .queries()
              .ask(
                  ref.owner(),
                  new SimilarNodes(ref.id(), nodeId(1), mode, filter, 10),
                  QueryOptions.now());
      assertThat(found(result))
          .as("%s", mode)
          .startsWith(at(id(1), 1))
          .contains(at(id(0), 2), at(id(1), 3))
          .doesNotContain(at(id(0), 1));
    }
  }

  @Test
  void hits_are_counted_by_graph() {
    add(0, 1, node("word").tag("odd"));
    add(1, 2, node("word"));
    add(1, 3, node("word").tag("odd"));
    add(2, 4, node("other"));
    var both = ask(everywhere("word").withFacets(Set.of(Facet.GRAPH)));
    assertThat(both.facets().get(Facet.GRAPH))
        .containsExactly(
            new FacetCount(id(1).toString(), "notes 2", 2),
            new FacetCount(id(0).toString(), "notes 1", 1));
    var alone = ask(text("word").withFacets(Set.of(Facet.GRAPH)));
    assertThat(alone.facets().get(Facet.GRAPH))
        .containsExactly(new FacetCount(id(0).toString(), "notes 1", 1));
  }

  @Test
  void a_word_that_none_of_them_has_is_answered_with_the_nearest_of_any() {
    add(1, 1, node("xylophone"));
    assertThat(ask(everywhere("xylophome")).didYouMean()).isEqualTo("xylophone");
    assertThat(ask(text("xylophome")).didYouMean()).isNull();
  }

  // Conditions

  @Test
  void a_condition_holds_in_the_graph_of_the_node() {
    for (int graph = 0; graph < 2; graph++) {
      for (long i = 1; i <= 3; i++) {
        add(graph, i, node("word").property("here", graph == 0 == (i == 3)));
      }
    }
    storage.append(List.of(scribes.get(0).edge(1, 1, 2), scribes.get(1).edge(1, 2, 3)));
    var edges = SearchFilter.all().withEdgeTypes(Set.of(EdgeType.RELATED)).withGraphs(all());
    var here = List.of(new PropertyCondition("here", PropertyValue.of(true), null));
    var properties =
        SearchFilter.all().withNodes(NodeFilter.all().withProperties(here)).withGraphs(all());
    for (SearchMode mode : SearchMode.values()) {
      assertThat(found(ask(everywhere("word").withMode(mode).withFilter(edges))))
          .as("%s", mode)
          .containsExactlyInAnyOrder(at(id(0), 1), at(id(0), 2), at(id(1), 2), at(id(1), 3));
      assertThat(found(ask(everywhere("word").withMode(mode).withFilter(properties))))
          .as("%s", mode)
          .containsExactlyInAnyOrder(at(id(0), 3), at(id(1), 1), at(id(1), 2));
    }
  }

  // Pages

  @Test
  void pages_over_several_graphs_hold_every_hit_once_while_others_write() {
    for (long i = 1; i <= 24; i++) {
      // Each id in two graphs, and few texts, so that many hits are ties.
      add((int) (i % 3), i / 2, node("word").body("word ".repeat((int) (i % 4) + 1)));
    }
    long added = 100;
    for (SearchMode mode : SearchMode.values()) {
      var query = everywhere("word").withMode(mode).withPage(new Page.Request(5, null));
      long total = ask(query).total();
      var seen = new ArrayList<FoundNode>();
      String next = "";
      while (next != null) {
        var page = ask(query);
        assertThat(page.total()).isEqualTo(total);
        seen.addAll(found(page));
        next = page.next();
        query = query.withPage(new Page.Request(5, next));
        add((int) (added % 3), added++, node("word added"));
      }
      assertThat(seen).as("%s", mode).hasSize((int) total).doesNotHaveDuplicates();
      assertThat(new HashSet<>(seen).stream().map(FoundNode::graph).distinct()).hasSize(3);
    }
  }

  @Test
  void a_page_begins_only_where_one_of_the_same_graphs_ended() {
    for (int i = 0; i < 3; i++) {
      add(i, 1, node("word"));
      add(i, 2, node("word"));
    }
    String ofAll = ask(everywhere("word").withPage(new Page.Request(1, null))).next();
    String ofOne = ask(text("word").withPage(new Page.Request(1, null))).next();
    var two = SearchFilter.all().withGraphs(Set.of(id(1)));
    for (Search query :
        List.of(
            text("word").withPage(new Page.Request(1, ofAll)),
            everywhere("word").withPage(new Page.Request(1, ofOne)),
            text("word").withFilter(two).withPage(new Page.Request(1, ofAll)))) {
      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(() -> ask(query))
          .withMessageContaining("page.after");
    }
  }

  // Consistency

  @Test
  void what_was_just_written_to_any_of_them_is_found() {
    for (long i = 1; i <= 12; i++) {
      add((int) (i % 3), i, node("unique" + i));
      assertThat(ask(everywhere("unique" + i)).total()).isEqualTo(1);
    }
    var least = new Consistency.AtLeast(scribe.head(), Duration.ofSeconds(30));
    add(2, 13, node("unique13"));
    assertThat(
            store
                .queries()
                .ask(ref.owner(), everywhere("unique13"), QueryOptions.now().withConsistency(least))
                .total())
        .isEqualTo(1);
  }

  @Test
  void a_commit_to_come_is_one_of_the_graph_of_the_query() {
    add(1, 1, node("word"));
    var never = new Consistency.AtLeast(1_000, Duration.ofMillis(50));
    assertThatExceptionOfType(StaleReadException.class)
        .isThrownBy(
            () ->
                store
                    .queries()
                    .ask(
                        ref.owner(), everywhere("word"), QueryOptions.now().withConsistency(never)))
        .satisfies(e -> assertThat(e.lag()).isEqualTo(1_000 - scribe.head()));
  }

  // Tenancy

  @Test
  void a_private_graph_of_another_is_answered_like_one_that_never_was() {
    storage.append(List.of(bob.create("secret"), bob.node(1, node("word"))));
    add(0, 1, node("word"));
    var never = Scribe.graphId(77);
    String message = refusal(never);
    assertThat(refusal(bob.ref().id()).replace(bob.ref().id().toString(), "ID"))
        .isEqualTo(message.replace(never.toString(), "ID"))
        .contains("ID");

    var open = bob.write(new SetVisibility(bob.ref().id(), Visibility.PUBLIC_READ));
    storage.append(List.of(open));
    var filter = SearchFilter.all().withGraphs(Set.of(bob.ref().id()));
    assertThat(found(ask(text("word").withFilter(filter))))
        .containsExactly(at(id(0), 1), at(bob.ref().id(), 1));
    storage.append(List.of(bob.write(new SetVisibility(bob.ref().id(), Visibility.PRIVATE))));
    assertThat(refusal(bob.ref().id())).contains(bob.ref().id().toString());
  }

  private String refusal(GraphId graph) {
    var query = text("word").withFilter(SearchFilter.all().withGraphs(Set.of(id(1), graph)));
    var similar = new SimilarNodes(ref.id(), nodeId(1), SearchMode.TEXT, query.filter(), 3);
    var messages = new HashSet<String>();
    for (var each : List.of(query, similar)) {
      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(() -> store.queries().ask(ref.owner(), each, QueryOptions.now()))
          .satisfies(e -> messages.add(e.getMessage()));
    }
    assertThat(messages).hasSize(1);
    return messages.iterator().next();
  }

  @Test
  void a_scope_of_another_owner_than_its_graph_finds_nothing() {
    storage.append(
        List.of(bob.create("secret"), bob.node(1, node("hidden word").tag("t").label("L"))));
    add(0, 1, node("word"));
    var forged = new GraphRef(UserId.of("ada"), bob.ref().id());
    for (GraphRef each : List.of(ref, bob.ref())) {
      assertThat(index.awaitPosition(each, storage.head(each).sequence(), Duration.ofSeconds(30)))
          .isTrue();
    }
    for (SearchMode mode : SearchMode.values()) {
      for (long at : List.of(0L, 1L, 2L, Long.MAX_VALUE)) {
        for (Set<NodeId> among : Arrays.asList(null, Set.of(nodeId(1)))) {
          var scopes = List.of(Scope.all(ref, Long.MAX_VALUE), new Scope(forged, at, among));
          for (String words : List.of("word", "hidden", "hiden", "")) {
            SearchResult result = index.search(question(scopes, words, mode));
            assertThat(result.hits())
                .allSatisfy(hit -> assertThat(hit.node().graph()).isEqualTo(ref.id()));
            assertThat(result.total()).isLessThanOrEqualTo(1);
            assertThat(result.didYouMean()).isNull();
            assertThat(result.facets().get(Facet.TAG)).isEmpty();
            assertThat(result.facets().get(Facet.LABEL)).isEmpty();
            assertThat(result.facets().get(Facet.GRAPH))
                .allSatisfy(count -> assertThat(count.value()).isEqualTo(ref.id().toString()));
          }
        }
      }
    }
    assertThat(index.search(question(List.of(Scope.all(bob.ref(), 9)), "word", SearchMode.TEXT)))
        .satisfies(result -> assertThat(result.total()).isEqualTo(1));
  }

  private static SearchQuestion question(List<Scope> scopes, String words, SearchMode mode) {
    var expression = words.isEmpty() ? new Everything() : SearchSyntax.read(words).expression();
    return new SearchQuestion(
        scopes,
        new ByText(words, expression),
        mode,
        NodeFilter.all(),
        null,
        Set.of(Facet.TAG, Facet.LABEL, Facet.GRAPH),
        SearchWeights.standard(),
        false,
        Page.Request.first());
  }
}
