package dev.knowledgegraph.search.lucene;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.GraphQuery.SuggestTitles;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.tck.Seeds;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whatever is typed is answered or refused, in time. */
class HostileQueriesTest {
  private static final int QUERIES = Integer.getInteger("kg.search.hostile", 5_000);
  private static final int NODES = 300;
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
