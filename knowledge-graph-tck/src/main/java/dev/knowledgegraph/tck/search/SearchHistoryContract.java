package dev.knowledgegraph.tck.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.memory.InMemorySearchIndex;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.GraphQuery.Search;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.Views.Hit;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.RandomCommands;
import dev.knowledgegraph.tck.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Law 3 of {@link dev.knowledgegraph.spi.SearchIndex}: a question about an earlier commit finds
 * what it would have found then. After random commands, at random positions, it is compared with
 * the reference over a log that ends there.
 */
public abstract class SearchHistoryContract extends SearchSuite {
  /** But for communities, which are numbered by those that were found before. */
  private static final Set<Facet> FACETS = EnumSet.complementOf(EnumSet.of(Facet.COMMUNITY));

  private static final int COMMANDS = 120;
  private static final int POSITIONS = 200;
  private static final int MANY_POSITIONS = 4_000;
  private static final int POSITIONS_OF_A_LOG = 10;
  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);
  private static final List<String> TEXTS =
      List.of(
          "ada",
          "body",
          "engine",
          "ad*",
          "adq~",
          "-ada",
          "",
          "title:ada body",
          "\"body ada\"",
          "+body -ada",
          "ada AND body",
          "\ud83d\ude00",
          "a:text",
          "label:person OR tag:old");

  /** A suite for indexes of such a fixture. */
  protected SearchHistoryContract(Supplier<? extends SearchFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void a_search_as_of_then_finds_what_it_would_have_found_then() {
    check(Seeds.seed("search history"), POSITIONS);
  }

  @Test
  @Tag("soak")
  void so_it_does_after_many_random_logs() {
    check(Seeds.seed("search history soak"), MANY_POSITIONS);
  }

  /** Some logs end with all of their graphs removed, and have nothing to compare. */
  private void check(long first, int positions) {
    int compared = 0;
    for (long seed = first; compared < positions; seed++) {
      var commands = new RandomCommands(seed, seed - first);
      var own = new InMemoryStorage();
      try (var index = fixture.create(own, embedder);
          var store = over(own, index)) {
        send(store, commands);
        var random = new Random(seed);
        for (GraphRef graph : commands.graphs()) {
          if (isThere(own, graph)) {
            compared += compare(store, own, graph, random, "seed " + seed);
          }
        }
      }
    }
  }

  private static boolean isThere(Storage storage, GraphRef graph) {
    return storage.findGraph(graph.id()).filter(found -> found.ref().equals(graph)).isPresent();
  }

  /** Searches now and then on the way, so that the index takes the log in several pieces. */
  private void send(KnowledgeGraph store, RandomCommands commands) {
    int sent = 0;
    for (var step : commands.take(COMMANDS)) {
      try {
        store.commands().send(step.caller(), step.command(), step.options());
      } catch (KnowledgeGraphException e) {
        // Some are refused, and that is meant.
      }
      if (++sent % 17 == 0) {
        for (GraphRef graph : commands.graphs()) {
          if (isThere(store.storage(), graph)) {
            ask(store, graph, Search.of(graph.id(), "ada"));
          }
        }
      }
    }
  }

  private int compare(
      KnowledgeGraph store, Storage own, GraphRef graph, Random random, String name) {
    long head = own.head(graph).sequence();
    int compared = 0;
    for (int i = 0; i < POSITIONS_OF_A_LOG; i++) {
      long at = 1 + random.nextLong(head);
      var then = new InMemoryStorage();
      try (var expected = over(then, new InMemorySearchIndex(then, embedder))) {
        expected.replay(graph, own.read(graph, 0, (int) at));
        if (isThere(then, graph)) {
          compared++;
          for (Search query : queries(graph, random)) {
            assertSame(
                ask(store, graph, query, at),
                ask(expected, graph, query),
                name + " at " + at + ": " + query);
          }
        }
      }
    }
    return compared;
  }

  private static List<Search> queries(GraphRef graph, Random random) {
    var queries = new ArrayList<Search>();
    for (SearchMode mode : SearchMode.values()) {
      queries.add(
          Search.of(graph.id(), TEXTS.get(random.nextInt(TEXTS.size())))
              .withMode(mode)
              .withFilter(SearchFilter.all().withNodes(filter(random)))
              .withFacets(FACETS)
              .withPage(new Page.Request(Page.MAX_SIZE, null)));
    }
    return queries;
  }

  private static NodeFilter filter(Random random) {
    var filter = NodeFilter.all();
    return switch (random.nextInt(6)) {
      case 0 -> filter.withLabels(List.of("Person"));
      case 1 -> filter.withTags(List.of("old"), random.nextBoolean());
      case 2 -> filter.withStatus(List.of(NodeStatus.DRAFT));
      default -> filter;
    };
  }

  private static void assertSame(SearchResult found, SearchResult expected, String name) {
    assertThat(found.total()).as(name).isEqualTo(expected.total());
    assertThat(found.facets()).as(name).isEqualTo(expected.facets());
    assertThat(nodes(found)).as(name).isEqualTo(nodes(expected));
    if (found.mode() == SearchMode.VECTOR) {
      for (int i = 0; i < found.hits().size(); i++) {
        assertThat(found.hits().get(i).score())
            .as(name)
            .isCloseTo(expected.hits().get(i).score(), ROUNDING);
      }
    }
  }

  /** The nodes as they were then; in the order of the ranking only where it must be the same. */
  private static List<Object> nodes(SearchResult found) {
    var hits = new ArrayList<>(found.hits());
    if (found.mode() != SearchMode.VECTOR) {
      hits.sort(Comparator.comparing((Hit hit) -> id(hit)));
    }
    return hits.stream().<Object>map(Hit::node).toList();
  }

  private static NodeId id(Hit hit) {
    return hit.node().id();
  }
}
