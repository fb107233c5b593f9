package dev.knowledgegraph.search.lucene;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.GraphQuery.SuggestTitles;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeFilter.PropertyCondition;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.SearchWeights;
import dev.knowledgegraph.search.SearchSyntax;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever is typed is answered or refused, in time. */
class HostileQueriesTest {
  private static final int QUERIES = Integer.getInteger("kg.search.hostile", 5_000);
  private static final int NODES = 300;
  private static final int MOST_GRAPHS = 100;
  private static final int HUGE = 100_000;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final List<String> PIECES =
      List.of(
          "a",
          "*",
          "?",
          "~",
          "(",
          ")",
          "\"",
          ":",
          "+",
          "-",
          "!",
          "AND",
          "OR",
          "NOT",
          "&&",
          "||",
          " ",
          "  ",
          "\t",
          "\n",
          "\u0000",
          "\u0001",
          "\uffff",
          "\ud83d\ude00",
          "word",
          "word*",
          "w~2",
          "title:",
          "scope:x",
          "id-high:1",
          "[1 TO 2]",
          "{",
          "}",
          "^9",
          "\\",
          "/",
          "グラフ",
          "\u0301",
          "e\u0301",
          "~99",
          "**",
          "a*b",
          "(((",
          ")))",
          "\"a b\"~3",
          "😀*",
          "NOT NOT");

  @Test
  void hostile_texts_are_answered_or_refused_and_nothing_else() {
    var random = new Random(Seeds.seed("hostile searches"));
    var storage = new InMemoryStorage();
    try (var store =
        KnowledgeGraph.builder()
            .storage(storage)
            .search(LuceneSearch.inMemory(LuceneSearchConfig.standard()))
            .build()) {
      var view = store.as(UserId.of("ada")).graph("notes");
      for (int i = 0; i < NODES; i++) {
        view.add(node("word" + i).body("a body of word w" + i + " グラフ 😀"));
      }
      for (int i = 0; i < QUERIES; i++) {
        String text = hostile(random, i % 100 == 0 ? HUGE : 60);
        var query =
            Search.of(view.id(), text)
                .withMode(i % 20 == 0 ? SearchMode.HYBRID : SearchMode.TEXT)
                .withStrict(random.nextBoolean());
        long began = System.nanoTime();
        try {
          assertThat(view.ask(query).total()).isNotNegative();
          view.ask(new SuggestTitles(view.id(), text, 5));
        } catch (RejectedException e) {
          assertThat(e.getMessage()).hasSizeLessThan(500);
        }
        assertThat(System.nanoTime() - began)
            .as("query %s of %s characters", i, text.length())
            .isLessThan(LIMIT_NANOS);
      }
    }
  }

  @Test
  void the_longest_text_is_looked_for_in_the_most_graphs_as_they_were() {
    var clock = new ManualClock();
    try (var store =
        KnowledgeGraph.builder()
            .storage(new InMemoryStorage())
            .clock(clock)
            .search(LuceneSearch.inMemory(LuceneSearchConfig.standard().patient(30)))
            .build()) {
      var graphs = new ArrayList<GraphView>();
      var changed = new ArrayList<NodeId>();
      for (int i = 0; i <= MOST_GRAPHS; i++) {
        var view = store.as(UserId.of("ada")).graph("graph " + i);
        changed.add(view.add(node("word" + i).property("size", 1L)));
        view.add(node("other").property("size", 2L));
        graphs.add(view);
      }
      clock.advance(Duration.ofHours(1));
      for (int i = 0; i <= MOST_GRAPHS; i++) {
        graphs.get(i).set(changed.get(i), node("changed"));
      }
      var sized =
          NodeFilter.all()
              .withProperties(List.of(new PropertyCondition("size", PropertyValue.of(1L), null)));
      var then = graphs.getFirst().at(clock.instant().minusSeconds(1_800));
      var filter =
          SearchFilter.all()
              .withNodes(sized)
              .withGraphs(graphs.stream().map(GraphView::id).collect(Collectors.toSet()));
      for (String piece :
          List.of("wor* ", "w-r ", "\"word w\" ", "word ", "title:wor* ", "wird~ ")) {
        for (SearchMode mode : SearchMode.values()) {
          // Weights of their own make a word a query in each field.
          var query =
              Search.of(graphs.getFirst().id(), longest(piece))
                  .withMode(mode)
                  .withWeights(new SearchWeights(1, 1, 1, 2, 0, 0, 0))
                  .withFacets(Set.of(Facet.GRAPH, Facet.LABEL))
                  .withFilter(filter);
          assertThat(then.ask(query).warnings()).isEmpty();
        }
      }
      var all = Search.of(graphs.getFirst().id(), "").withFilter(filter);
      assertThat(then.ask(all).total()).isEqualTo(2 * (MOST_GRAPHS + 1));
    }
  }

  private static String longest(String piece) {
    int count = SearchSyntax.MAX_CLAUSES;
    while (SearchSyntax.read(piece.repeat(count)).problem().isPresent()) {
      count--;
    }
    return piece.repeat(count);
  }

  private static String hostile(Random random, int length) {
    var text = new StringBuilder();
    int most = 1 + random.nextInt(length);
    String again = PIECES.get(random.nextInt(PIECES.size()));
    boolean isMonotonous = random.nextInt(4) == 0;
    while (text.length() < most) {
      text.append(isMonotonous ? again : PIECES.get(random.nextInt(PIECES.size())));
      if (random.nextInt(3) == 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }
}
