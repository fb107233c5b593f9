package dev.knowledgegraph.tck.search;

import static dev.knowledgegraph.model.NodeData.node;
import static dev.knowledgegraph.tck.Scribe.categoryId;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CategoryCommand.AddCategory;
import dev.knowledgegraph.command.NodeCommand.Categorize;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.StaleReadException;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Analysis.Community;
import dev.knowledgegraph.query.Consistency;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.GraphQuery.FindCommunities;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.GraphQuery.SimilarNodes;
import dev.knowledgegraph.query.GraphQuery.SuggestTitles;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeFilter.PropertyCondition;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.SearchWeights;
import dev.knowledgegraph.query.Views.FacetCount;
import dev.knowledgegraph.query.Views.Hit;
import dev.knowledgegraph.query.Views.TitleSuggestion;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Laws 1, 2, 4, 5, 6 and 10 to 12 of {@link SearchIndex}: what is found, and by whom. */
public abstract class SearchContract extends SearchSuite {
  private static final int ATTEMPTS = 10_000;

  private final SearchIndex index;
  private final KnowledgeGraph store;

  /** A suite for indexes of such a fixture. */
  protected SearchContract(Supplier<? extends SearchFixture> fixtures) {
    super(fixtures);
    index = fixture.create(storage, embedder);
    store = over(storage, index);
    storage.append(List.of(scribe.create("notes")));
  }

  private void add(long number, NodeData data) {
    storage.append(List.of(scribe.node(number, data)));
  }

  private void addLibrary() {
    add(
        1,
        node("Ada Lovelace")
            .label("Person")
            .tag("History")
            .body("She wrote the first program for the Analytical Engine.")
            .property("born", 1815L)
            .property("city", "London"));
    add(
        2,
        node("Analytical Engine")
            .label("Machine")
            .tag("history")
            .tag("steam")
            .body("A general machine, planned by Charles Babbage, that was never built."));
    add(
        3,
        node("Charles Babbage")
            .label("Person")
            .key("person/babbage")
            .body("He planned the engines. His café was closed.")
            .property("born", 1791L));
    add(4, node("Graph View").label("Page").body("Shows notes and their links as a graph."));
    add(5, node("Publishing").label("Page").body("Turn your notes into a website."));
    storage.append(List.of(scribe.edge(1, 1, 2), scribe.edge(2, 2, 3), scribe.edge(3, 4, 5)));
  }

  private List<String> found(String words) {
    return titles(ask(store, ref, text(words)));
  }

  // Words

  @Test
  void a_node_is_found_by_a_word_of_its_title_or_its_body() {
    addLibrary();
    assertThat(found("lovelace")).containsExactly("Ada Lovelace");
    assertThat(found("website")).containsExactly("Publishing");
    assertThat(found("nowhere")).isEmpty();
  }

  @Test
  void tags_labels_and_properties_are_texts_too() {
    addLibrary();
    assertThat(found("steam")).containsExactly("Analytical Engine");
    assertThat(found("person")).containsExactlyInAnyOrder("Ada Lovelace", "Charles Babbage");
    assertThat(found("1815")).containsExactly("Ada Lovelace");
  }

  @Test
  void case_and_accents_make_no_difference() {
    addLibrary();
    assertThat(found("CAFE")).containsExactly("Charles Babbage");
    assertThat(found("cafe\u0301")).containsExactly("Charles Babbage");
    assertThat(found("\uff41\uff44\uff41")).containsExactly("Ada Lovelace");
  }

  @Test
  void any_word_is_enough_and_the_better_match_comes_first() {
    addLibrary();
    assertThat(found("analytical engine"))
        .startsWith("Analytical Engine")
        .containsExactlyInAnyOrder("Analytical Engine", "Ada Lovelace");
  }

  @Test
  void a_phrase_is_words_in_a_row() {
    addLibrary();
    assertThat(found("\"first program\"")).containsExactly("Ada Lovelace");
    assertThat(found("\"program first\"")).isEmpty();
  }

  @Test
  void words_joined_by_signs_are_found_by_each_of_them_and_better_in_a_row() {
    addLibrary();
    add(6, node("Engine notes").body("general, analytical, machine: an engine"));
    assertThat(found("analytical-engine"))
        .contains("Engine notes", "Ada Lovelace")
        .startsWith("Analytical Engine");
    add(7, node("s"));
    assertThat(found("Babbage’s"))
        .as("a letter at an apostrophe is no word")
        .containsExactlyInAnyOrder("Charles Babbage", "Analytical Engine");
    assertThat(found("\"analytical-engine\"")).doesNotContain("Engine notes");
  }

  @Test
  void a_word_counts_as_its_field_is_weighed() {
    add(1, node("graph").body("paper about other things"));
    add(2, node("other things").body("graph paper"));
    for (double most : List.of(1_000.0, 1e-300)) {
      assertThat(titles(ask(store, ref, text("graph").withWeights(fields(most, 0)))))
          .containsExactly("graph", "other things");
      assertThat(titles(ask(store, ref, text("graph").withWeights(fields(0, most)))))
          .containsExactly("other things", "graph");
    }
    assertThat(titles(ask(store, ref, text("graph").withWeights(fields(0, 0)))))
        .as("what counts nothing is found still")
        .containsExactlyInAnyOrder("graph", "other things");
  }

  private static SearchWeights fields(double title, double body) {
    return new SearchWeights(1, 1, title, body, 0, 0, 0);
  }

  @Test
  void a_star_stands_for_the_rest_of_a_word() {
    addLibrary();
    assertThat(found("engin*"))
        .containsExactlyInAnyOrder("Ada Lovelace", "Analytical Engine", "Charles Babbage");
    assertThat(found("publ*")).containsExactly("Publishing");
  }

  @Test
  void a_tilde_forgives_wrong_letters() {
    addLibrary();
    assertThat(found("lovelcae~")).containsExactly("Ada Lovelace");
    assertThat(found("lovelcae")).isEmpty();
    assertThat(found("babage~1")).contains("Charles Babbage");
  }

  @Test
  void and_or_not_plus_and_minus_mean_what_they_say() {
    addLibrary();
    assertThat(found("planned AND engines")).containsExactly("Charles Babbage");
    assertThat(found("lovelace OR website"))
        .containsExactlyInAnyOrder("Ada Lovelace", "Publishing");
    assertThat(found("engine NOT lovelace")).containsExactly("Analytical Engine");
    assertThat(found("+notes -graph")).containsExactly("Publishing");
    assertThat(found("(lovelace OR babbage) AND label:machine"))
        .containsExactly("Analytical Engine");
    assertThat(found("-label:Person"))
        .containsExactlyInAnyOrder("Analytical Engine", "Graph View", "Publishing");
  }

  @Test
  void a_field_narrows_a_word() {
    addLibrary();
    assertThat(found("title:engine")).containsExactly("Analytical Engine");
    assertThat(found("body:engine")).containsExactly("Ada Lovelace");
    assertThat(found("tag:history")).containsExactlyInAnyOrder("Ada Lovelace", "Analytical Engine");
    assertThat(found("city:london")).containsExactly("Ada Lovelace");
    assertThat(found("city:paris")).isEmpty();
    assertThat(found("born:1791")).containsExactly("Charles Babbage");
    assertThat(found("key:\"person/babbage\"")).containsExactly("Charles Babbage");
    assertThat(found("status:draft")).hasSize(5);
  }

  @Test
  void no_words_at_all_find_every_node() {
    addLibrary();
    assertThat(found("")).hasSize(5);
    assertThat(found("!!!")).isEmpty();
  }

  @Test
  void words_without_spaces_between_them_are_found_by_any_part() {
    add(1, node("知識グラフ").body("日本語の文章を検索できます。"));
    add(2, node("中文").body("知识图谱可以搜索。"));
    add(3, node("한국어").body("지식 그래프를 검색한다."));
    assertThat(found("グラフ")).containsExactly("知識グラフ");
    assertThat(found("検索")).containsExactly("知識グラフ");
    assertThat(found("検")).containsExactly("知識グラフ");
    assertThat(found("図")).isEmpty();
    assertThat(found("图谱")).containsExactly("中文");
    assertThat(found("谱")).containsExactly("中文");
    assertThat(found("그래프")).containsExactly("한국어");
  }

  @Test
  void words_of_other_scripts_are_found_with_and_without_their_marks() {
    add(1, node("Straße").body("Über die Häuser in Österreich."));
    add(2, node("Élève").body("L'été, les forêts brûlent."));
    add(3, node("Ёлка").body("Граф знаний хранит заметки."));
    add(4, node("مَعْرِفَة").body("الرسم البياني للمعرفة"));
    add(5, node("ज्ञान").body("ज्ञान ग्राफ़ में खोज"));
    assertThat(found("strasse")).containsExactly("Straße");
    assertThat(found("osterreich")).containsExactly("Straße");
    assertThat(found("ÖSTERREICH")).containsExactly("Straße");
    assertThat(found("ete")).containsExactly("Élève");
    assertThat(found("forêts")).containsExactly("Élève");
    assertThat(found("елка")).containsExactly("Ёлка");
    assertThat(found("ЗНАНИЙ")).containsExactly("Ёлка");
    assertThat(found("معرفة")).containsExactly("مَعْرِفَة");
    assertThat(found("البياني")).containsExactly("مَعْرِفَة");
    assertThat(found("ग्राफ")).containsExactly("ज्ञान");
    assertThat(found("खोज")).containsExactly("ज्ञान");
  }

  // Wrong words

  @Test
  void wrong_syntax_finds_the_words_and_says_so() {
    addLibrary();
    var found = ask(store, ref, text("(lovelace AND"));
    assertThat(titles(found)).contains("Ada Lovelace");
    assertThat(found.warnings()).singleElement().asString().contains("character");
    assertThat(ask(store, ref, text("lovelace")).warnings()).isEmpty();
  }

  @Test
  void wrong_syntax_is_refused_with_its_place_if_asked_to_be_strict() {
    addLibrary();
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> ask(store, ref, text("\"lovelace").withStrict(true)))
        .withMessageContaining("text: at character 1");
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> ask(store, ref, text("*ace").withStrict(true)));
  }

  @Test
  void a_word_that_nobody_has_is_answered_with_the_nearest() {
    addLibrary();
    assertThat(ask(store, ref, text("lovelase")).didYouMean()).isEqualTo("lovelace");
    assertThat(ask(store, ref, text("lovelace")).didYouMean()).isNull();
  }

  @Test
  void the_nearest_word_is_never_one_of_another_graph() {
    addLibrary();
    var secret = new Scribe("bob", 2);
    storage.append(List.of(secret.create("secret"), secret.node(9, "xylophone")));
    assertThat(ask(store, secret.ref(), Search.of(secret.ref().id(), "xylophome")).didYouMean())
        .isEqualTo("xylophone");
    assertThat(ask(store, ref, text("xylophome")).didYouMean()).isNull();
  }

  // Filters

  @Test
  void a_filter_narrows_what_is_found() {
    addLibrary();
    storage.append(
        List.of(
            scribe.write(new AddCategory(ref.id(), categoryId(1), CategoryData.of("People"))),
            scribe.write(new Categorize(ref.id(), nodeId(1), categoryId(1), 1, Origin.MANUAL))));
    var all = NodeFilter.all();
    assertThat(filtered(all.withLabels(List.of("Person")))).hasSize(2);
    assertThat(filtered(all.withTags(List.of("HISTORY", "steam"), false)))
        .containsExactly("Analytical Engine");
    assertThat(filtered(all.withTags(List.of("HISTORY", "steam"), true))).hasSize(2);
    assertThat(filtered(all.withStatus(List.of(NodeStatus.PUBLISHED)))).isEmpty();
    assertThat(filtered(all.withCategory(categoryId(1)))).containsExactly("Ada Lovelace");
    assertThat(filtered(all.withCreated(Scribe.day(3), Scribe.day(5)))).hasSize(2);
    assertThat(filtered(all.withUpdated(Scribe.day(3), null))).hasSize(4 + 1);
    assertThat(
            filtered(
                all.withProperties(
                    List.of(
                        new PropertyCondition(
                            "born", PropertyValue.of(1800L), PropertyValue.of(1900L))))))
        .containsExactly("Ada Lovelace");
  }

  private List<String> filtered(NodeFilter filter) {
    return titles(ask(store, ref, text("").withFilter(SearchFilter.all().withNodes(filter))));
  }

  @Test
  void a_filter_by_edges_and_by_nearness_goes_by_the_graph() {
    addLibrary();
    var near = SearchFilter.all().withNear(new SearchFilter.Near(nodeId(1), 1));
    assertThat(titles(ask(store, ref, text("").withFilter(near))))
        .containsExactlyInAnyOrder("Ada Lovelace", "Analytical Engine");
    var related = SearchFilter.all().withEdgeTypes(Set.of(EdgeType.RELATED));
    assertThat(titles(ask(store, ref, text("").withFilter(related)))).hasSize(5);
    var none = SearchFilter.all().withEdgeTypes(Set.of(EdgeType.of("drew")));
    assertThat(ask(store, ref, text("").withFilter(none)).total()).isZero();
  }

  // Facets

  @Test
  void facets_count_what_was_found() {
    addLibrary();
    var facets = ask(store, ref, text("").withFacets(Set.of(Facet.values()))).facets();
    assertThat(facets.get(Facet.LABEL))
        .containsExactly(
            new FacetCount("Page", "Page", 2),
            new FacetCount("Person", "Person", 2),
            new FacetCount("Machine", "Machine", 1));
    assertThat(facets.get(Facet.TAG))
        .containsExactly(
            new FacetCount("history", "history", 2), new FacetCount("steam", "steam", 1));
    assertThat(facets.get(Facet.STATUS)).containsExactly(new FacetCount("DRAFT", "DRAFT", 5));
    assertThat(facets.get(Facet.DAY)).hasSize(5);
    assertThat(facets.get(Facet.YEAR)).hasSize(1);
    assertThat(facets.get(Facet.CATEGORY)).isEmpty();
  }

  @Test
  void a_facet_that_the_filter_is_about_counts_sideways() {
    addLibrary();
    var filter = SearchFilter.all().withNodes(NodeFilter.all().withLabels(List.of("Person")));
    var found =
        ask(store, ref, text("").withFilter(filter).withFacets(Set.of(Facet.LABEL, Facet.TAG)));
    assertThat(found.total()).isEqualTo(2);
    assertThat(found.facets().get(Facet.LABEL)).hasSize(3);
    assertThat(found.facets().get(Facet.TAG))
        .containsExactly(new FacetCount("history", "history", 1));
  }

  @Test
  void communities_are_a_filter_and_a_facet_like_others() {
    for (int i = 0; i < 8; i++) {
      add(i, node((i % 2 == 0 ? "even " : "odd ") + i));
    }
    // Twice three that all know each other, one bridge, and two that know nobody.
    for (int[] edge : new int[][] {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {2, 3}}) {
      storage.append(List.of(scribe.edge(10L * edge[0] + edge[1], edge[0], edge[1])));
    }
    List<Community> all =
        store
            .queries()
            .ask(ref.owner(), new FindCommunities(ref.id(), 1, 0), QueryOptions.now())
            .communities();
    Community first =
        all.stream().filter(each -> each.members().contains(nodeId(0))).findFirst().orElseThrow();
    assertThat(first.members()).containsExactlyInAnyOrder(nodeId(0), nodeId(1), nodeId(2));

    var inside = SearchFilter.all().withCommunities(Set.of(first.id()));
    assertThat(titles(ask(store, ref, text("").withFilter(inside))))
        .containsExactlyInAnyOrder("even 0", "odd 1", "even 2");
    var found =
        ask(
            store,
            ref,
            text("even").withFilter(inside).withFacets(Set.of(Facet.COMMUNITY, Facet.STATUS)));
    assertThat(found.total()).isEqualTo(2);
    assertThat(found.facets().get(Facet.STATUS))
        .containsExactly(new FacetCount("DRAFT", "DRAFT", 2));
    var counts = new ArrayList<FacetCount>();
    for (Community community : all) {
      long even =
          IntStream.of(0, 2, 4, 6).filter(i -> community.members().contains(nodeId(i))).count();
      if (even > 0) {
        counts.add(new FacetCount(Long.toString(community.id()), community.name(), even));
      }
    }
    assertThat(found.facets().get(Facet.COMMUNITY)).containsExactlyInAnyOrderElementsOf(counts);
    for (SearchMode mode : SearchMode.values()) {
      var query = text("even").withMode(mode).withFacets(Set.of(Facet.COMMUNITY));
      assertThat(ask(store, ref, query.withFilter(inside)).facets())
          .as("%s, sideways", mode)
          .isEqualTo(ask(store, ref, query).facets());
    }
    var near = inside.withNear(new SearchFilter.Near(nodeId(3), 1));
    assertThat(titles(ask(store, ref, text("").withFilter(near)))).containsExactly("even 2");
    var unknown = SearchFilter.all().withCommunities(Set.of(99L));
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> ask(store, ref, text("").withFilter(unknown)))
        .withMessageContaining("community");
  }

  // Hits

  @Test
  void a_snippet_shows_the_words_that_were_looked_for() {
    addLibrary();
    var hit = ask(store, ref, text("first program")).hits().getFirst();
    assertThat(hit.snippet().marked("*")).contains("*first*").contains("*program*");
    assertThat(ask(store, ref, text("lovelace")).hits().getFirst().snippet().marked("*"))
        .isEqualTo("Ada *Lovelace*");
  }

  @Test
  void a_score_is_explained_on_request() {
    addLibrary();
    assertThat(ask(store, ref, text("lovelace")).hits().getFirst().explanation()).isNull();
    assertThat(ask(store, ref, hybrid("lovelace").withExplain(true)).hits())
        .extracting(Hit::explanation)
        .doesNotContainNull();
  }

  @Test
  void vectors_find_what_is_spelled_differently() {
    addLibrary();
    assertThat(titles(ask(store, ref, vector("lovelacce")))).startsWith("Ada Lovelace");
    assertThat(ask(store, ref, vector("engines")).hits())
        .allSatisfy(hit -> assertThat(hit.vector()).isNotNull())
        .allSatisfy(hit -> assertThat(hit.text()).isNull());
  }

  @Test
  void both_together_say_where_each_hit_comes_from() {
    addLibrary();
    var found = ask(store, ref, hybrid("lovelace"));
    var first = found.hits().getFirst();
    assertThat(first.node().title()).isEqualTo("Ada Lovelace");
    assertThat(first.text()).isNotNull();
    assertThat(first.vector()).isNotNull();
    assertThat(first.score()).isEqualTo(1 / 61.0 + 1 / 61.0);
    assertThat(found.total()).isEqualTo(5);
  }

  @Test
  void similar_nodes_share_words_and_leave_out_the_node_itself() {
    addLibrary();
    for (SearchMode mode : SearchMode.values()) {
      var found =
          store
              .queries()
              .ask(
                  ref.owner(),
                  new SimilarNodes(ref.id(), nodeId(1), mode, SearchFilter.all(), 10),
                  QueryOptions.now());
      assertThat(titles(found))
          .as("%s", mode)
          .startsWith("Analytical Engine")
          .doesNotContain("Ada Lovelace");
    }
  }

  @Test
  void titles_are_suggested_while_somebody_types() {
    addLibrary();
    assertThat(suggested("an")).containsExactly("Analytical Engine");
    assertThat(suggested("engine anal")).containsExactly("Analytical Engine");
    assertThat(suggested("gra")).containsExactly("Graph View");
    assertThat(suggested("")).isEmpty();
  }

  private List<String> suggested(String words) {
    return store
        .queries()
        .ask(ref.owner(), new SuggestTitles(ref.id(), words, 5), QueryOptions.now())
        .stream()
        .map(TitleSuggestion::title)
        .toList();
  }

  // Pages

  @Test
  void pages_hold_every_hit_once_while_others_write() {
    for (long i = 1; i <= 25; i++) {
      add(i, node("note " + i).body("word ".repeat((int) (i % 5) + 1)));
    }
    long added = 100;
    for (SearchMode mode : SearchMode.values()) {
      var query = text("word").withMode(mode).withPage(new Page.Request(4, null));
      var seen = new ArrayList<String>();
      long total = ask(store, ref, query).total();
      String next = "";
      while (next != null) {
        var page = ask(store, ref, query);
        assertThat(page.total()).isEqualTo(total);
        seen.addAll(titles(page));
        next = page.next();
        query = query.withPage(new Page.Request(4, next));
        add(added, node("added " + added++).body("other text"));
      }
      assertThat(seen).as("%s", mode).hasSize((int) total).doesNotHaveDuplicates();
    }
  }

  @Test
  void a_page_begins_only_where_one_ended() {
    addLibrary();
    for (String start : List.of("x", "", "AAAA", "!")) {
      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(() -> ask(store, ref, text("").withPage(new Page.Request(1, start))))
          .withMessageContaining("page.after");
    }
  }

  // Consistency

  @Test
  void what_was_just_written_is_found() {
    for (long i = 1; i <= 20; i++) {
      add(i, node("unique" + i));
      assertThat(found("unique" + i)).hasSize(1);
      storage.append(List.of(scribe.removeNode(i)));
      assertThat(found("unique" + i)).isEmpty();
    }
  }

  @Test
  void a_commit_that_changes_no_node_keeps_nobody_waiting() {
    addLibrary();
    assertThat(found("lovelace")).hasSize(1);
    for (int i = 1; i <= 3; i++) {
      storage.append(List.of(scribe.edge(10 + i, 5, i)));
      assertThat(index.awaitPosition(ref, scribe.head(), Duration.ofSeconds(10))).isTrue();
      assertThat(found("lovelace")).hasSize(1);
    }
  }

  @Test
  void a_commit_that_never_comes_is_a_stale_read_and_says_how_far_it_is() {
    addLibrary();
    var options =
        QueryOptions.now().withConsistency(new Consistency.AtLeast(1_000, Duration.ofMillis(50)));
    assertThatExceptionOfType(StaleReadException.class)
        .isThrownBy(() -> store.queries().ask(ref.owner(), text("ada"), options))
        .satisfies(e -> assertThat(e.lag()).isEqualTo(1_000 - scribe.head()))
        .satisfies(e -> assertThat(e.retryable()).isTrue());
  }

  @Test
  void an_index_that_has_come_there_says_so() {
    addLibrary();
    assertThat(index.awaitPosition(ref, scribe.head(), Duration.ofSeconds(10))).isTrue();
    assertThat(index.position(ref)).isEqualTo(scribe.head());
    assertThat(index.awaitPosition(ref, scribe.head() + 1, Duration.ofMillis(1))).isFalse();
  }

  // Tenancy

  @Test
  void no_question_crosses_into_another_graph() {
    long seed = Seeds.seed("search tenancy");
    var random = new Random(seed);
    var words = List.of("alpha", "beta", "gamma", "delta");
    var scribes = new ArrayList<Scribe>();
    for (int i = 0; i < 6; i++) {
      var each = new Scribe(i % 2 == 0 ? "ada" : "bob", 10 + i);
      storage.append(List.of(each.create("graph " + i)));
      for (long n = 1; n <= 8; n++) {
        String text = words.get(random.nextInt(4)) + " " + words.get(random.nextInt(4));
        storage.append(
            List.of(each.node(100L * i + n, node(text).tag(words.get(random.nextInt(4))))));
      }
      scribes.add(each);
    }
    for (int i = 0; i < ATTEMPTS; i++) {
      var graph = scribes.get(random.nextInt(scribes.size())).ref();
      var caller = UserId.of(random.nextBoolean() ? "ada" : "bob");
      var query =
          Search.of(graph.id(), hostile(words, random))
              .withMode(i % 10 == 0 ? SearchMode.HYBRID : SearchMode.TEXT);
      try {
        var found = store.queries().ask(caller, query, QueryOptions.now());
        assertThat(caller).isEqualTo(graph.owner());
        assertThat(found.hits())
            .allSatisfy(hit -> assertThat(hit.node().graph()).isEqualTo(graph.id()));
        assertThat(found.total()).isLessThanOrEqualTo(8);
      } catch (RejectedException e) {
        assertThat(caller).isNotEqualTo(graph.owner());
      }
    }
  }

  private static String hostile(List<String> words, Random random) {
    String word = words.get(random.nextInt(words.size()));
    return switch (random.nextInt(6)) {
      case 0 -> word;
      case 1 -> "-" + word;
      case 2 -> word.charAt(0) + "*";
      case 3 -> "scope:" + word + " OR " + word;
      case 4 -> "tag:" + word;
      default -> "";
    };
  }

  @Test
  void a_graph_that_has_ended_is_found_no_more() {
    addLibrary();
    assertThat(found("lovelace")).hasSize(1);
    storage.append(List.of(scribe.remove()));
    assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> found("lovelace"));
  }

  // What may be alike

  @Test
  void what_may_be_like_a_node_is_live_and_of_its_graph_and_not_itself() {
    addLibrary();
    var other = new Scribe("ada", 2);
    storage.append(List.of(other.create("others")));
    storage.append(List.of(other.node(1, node("Ada Lovelace"))));
    index.awaitPosition(ref, scribe.head(), Duration.ofSeconds(30));
    var ada =
        Objects.requireNonNull(
            storage.nodes(ref, List.of(nodeId(1)), scribe.head()).get(nodeId(1)));

    var alike = index.alike(ref, ada, 10);

    assertThat(alike).extracting(each -> each.node()).doesNotHaveDuplicates();
    assertThat(alike)
        .extracting(each -> each.node())
        .contains(nodeId(2))
        .doesNotContain(nodeId(1))
        .allMatch(id -> storage.nodes(ref, List.of(id), scribe.head()).containsKey(id));
    assertThat(alike).allMatch(each -> each.cosine() == null || Math.abs(each.cosine()) <= 1.001);
    assertThat(index.alike(ref, ada, 1)).hasSizeBetween(1, 2);
  }

  @Test
  void the_cosine_of_the_same_text_is_1_and_of_no_text_there_is_none() {
    add(1, node("Analytical Engine").body("of brass"));
    add(2, node("Analytical Engine").body("of brass"));
    add(3, node(""));
    index.awaitPosition(ref, scribe.head(), Duration.ofSeconds(30));
    var nodes = storage.nodes(ref, List.of(nodeId(1), nodeId(3)), scribe.head());

    var alike = index.alike(ref, Objects.requireNonNull(nodes.get(nodeId(1))), 10);
    assertThat(alike).extracting(each -> each.node()).containsExactly(nodeId(2));
    assertThat(alike.getFirst().cosine()).isCloseTo(1, within(1e-6));
    assertThat(index.alike(ref, Objects.requireNonNull(nodes.get(nodeId(3))), 10)).isEmpty();
  }

  @Test
  void terms_are_the_words_without_what_is_short_or_says_nothing() {
    assertThat(index.terms("The engine of an Éngine, and I/O with brass"))
        .isEqualTo(java.util.Map.of("engine", 2, "brass", 1));
  }

  @Test
  void how_common_a_term_is_counts_live_nodes_of_the_graph() {
    addLibrary();
    add(6, node("Gone").body("quux").tag("history"));
    add(7, node("Changed").body("quux").tag("history"));
    add(8, node("One").body("quux"));
    add(9, node("Quux").body("quux quux"));
    storage.append(
        List.of(scribe.removeNode(6), scribe.set(7, node("Changed").body("nothing of that"))));
    var other = new Scribe("eve", 2);
    storage.append(List.of(other.create("others"), other.node(1, node("quux").tag("history"))));
    assertThat(titles(ask(store, other.ref(), Search.of(other.ref().id(), "quux")))).hasSize(1);
    assertThat(found("quux")).hasSize(2);
    String quux = index.terms("quux").keySet().iterator().next();

    var spread = index.spread(ref, List.of(quux, "nobodysword"), List.of("history", "notag"));

    assertThat(spread.nodes()).isEqualTo(storage.head(ref).nodes());
    assertThat(spread.terms()).containsEntry(quux, 2L).containsEntry("nobodysword", 0L);
    assertThat(spread.tags()).containsEntry("history", 2L).containsEntry("notag", 0L);
  }

  // The end

  @Test
  void a_closed_index_refuses_every_call() {
    index.close();
    index.close();
    assertThatIllegalStateException().isThrownBy(() -> index.position(ref));
    assertThatIllegalStateException().isThrownBy(() -> index.follow(ref));
    assertThatIllegalStateException().isThrownBy(index::check);
    assertThatIllegalStateException().isThrownBy(() -> index.rebuild(progress -> {}));
    assertThatIllegalStateException().isThrownBy(() -> index.suggest(ref, "a", 1));
    assertThatIllegalStateException().isThrownBy(() -> index.terms("a"));
    assertThat(storage.head(ref).sequence()).isEqualTo(scribe.head());
  }
}
