package dev.knowledgegraph.tck.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Views.Hit;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.query.Views.TitleSuggestion;
import dev.knowledgegraph.search.SearchQuestion;
import dev.knowledgegraph.search.SearchQuestion.Scope;
import dev.knowledgegraph.search.Spread;
import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.FailingTests;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/** The suite of searches in several graphs finds what it is there to find. */
class SearchKitTest {
  // The launcher makes the test objects, so this is the only way to tell them.
  private static PlantedBug bug = PlantedBug.OWNER_IGNORED;

  /** Mistakes that indexes make, each with the test that must catch it. */
  enum PlantedBug {
    OWNER_IGNORED("a_scope_of_another_owner_than_its_graph_finds_nothing") {
      @Override
      SearchResult search(SearchIndex sound, Storage storage, SearchQuestion question) {
        return sound.search(
            scoped(
                question,
                scope -> {
                  GraphRef known = scope.graph();
                  GraphRef owned = storage.findGraph(known.id()).map(Graph::ref).orElse(known);
                  return new Scope(owned, scope.at(), scope.among());
                }));
      }
    },

    OTHER_GRAPHS_IGNORED("hits_are_counted_by_graph") {
      @Override
      SearchResult search(SearchIndex sound, Storage storage, SearchQuestion question) {
        return sound.search(of(question, List.of(question.own())));
      }
    },

    ONE_GRAPH_AFTER_THE_OTHER("several_graphs_are_searched_like_one_with_all_of_their_nodes") {
      @Override
      SearchResult search(SearchIndex sound, Storage storage, SearchQuestion question) {
        var result = sound.search(question);
        var hits =
            question.scopes().stream()
                .flatMap(
                    scope ->
                        result.hits().stream()
                            .filter(hit -> hit.node().graph().equals(scope.graph().id())))
                .toList();
        return with(result, hits, result.total());
      }
    },

    TOTAL_OF_ONE_GRAPH("several_graphs_are_searched_like_one_with_all_of_their_nodes") {
      @Override
      SearchResult search(SearchIndex sound, Storage storage, SearchQuestion question) {
        var result = sound.search(question);
        boolean isFirst = question.page().after() == null;
        var alone = isFirst ? sound.search(of(question, List.of(question.own()))) : result;
        return with(result, result.hits(), alone.total());
      }
    },

    ONE_HIT_FOR_AN_ID("nodes_of_one_id_in_two_graphs_are_two_hits_in_the_order_of_the_graphs") {
      @Override
      SearchResult search(SearchIndex sound, Storage storage, SearchQuestion question) {
        var result = sound.search(question);
        var seen = new HashSet<NodeId>();
        return with(
            result,
            result.hits().stream().filter(hit -> seen.add(hit.node().id())).toList(),
            result.total());
      }
    },

    CONDITION_OF_ANY_GRAPH("a_condition_holds_in_the_graph_of_the_node") {
      @Override
      SearchResult search(SearchIndex sound, Storage storage, SearchQuestion question) {
        var any = new HashSet<NodeId>();
        for (Scope scope : question.scopes()) {
          Set<NodeId> among = scope.among();
          any.addAll(among == null ? Set.of() : among);
        }
        return sound.search(
            scoped(question, scope -> scope.among() == null ? scope : scope.withAmong(any)));
      }
    },

    MOMENT_OF_ONE_GRAPH("several_graphs_are_searched_as_they_were_at_a_time") {
      @Override
      SearchResult search(SearchIndex sound, Storage storage, SearchQuestion question) {
        return sound.search(scoped(question, scope -> scope.withAt(question.own().at())));
      }
    };

    private final String test;

    PlantedBug(String test) {
      this.test = test;
    }

    abstract SearchResult search(SearchIndex sound, Storage storage, SearchQuestion question);

    private static SearchQuestion scoped(SearchQuestion question, UnaryOperator<Scope> change) {
      return of(question, question.scopes().stream().map(change).toList());
    }

    private static SearchQuestion of(SearchQuestion question, List<Scope> scopes) {
      return new SearchQuestion(
          scopes,
          question.wanted(),
          question.mode(),
          question.filter(),
          question.grouping(),
          question.facets(),
          question.weights(),
          question.explain(),
          question.page());
    }

    private static SearchResult with(SearchResult result, List<Hit> hits, long total) {
      return new SearchResult(
          result.query(),
          result.mode(),
          total,
          result.tookMs(),
          hits,
          result.facets(),
          result.didYouMean(),
          result.warnings(),
          result.next());
    }
  }

  /** Not a test itself. */
  static class Suite extends SearchGraphsContract {
    Suite() {
      super(BuggyFixture::new);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_bug_is_caught_by_the_test_that_names_it(PlantedBug planted) {
    assertThat(caughtBy(planted)).contains(planted.test);
  }

  private static synchronized Set<String> caughtBy(PlantedBug planted) {
    bug = planted;
    return FailingTests.of(DiscoverySelectors.selectMethod(Suite.class, planted.test));
  }

  private static final class BuggyFixture implements SearchFixture {
    private final InMemorySearchFixture sound = new InMemorySearchFixture();
    private boolean hasMade;

    @Override
    public SearchIndex create(Storage storage, Embedder embedder) {
      SearchIndex index = sound.create(storage, embedder);
      // What it is compared with has no bug.
      boolean isSound = hasMade;
      hasMade = true;
      return isSound ? index : new BuggyIndex(index, storage);
    }

    @Override
    public boolean isDurable() {
      return sound.isDurable();
    }

    @Override
    public SearchIndex reopen(Storage storage, Embedder embedder) {
      return sound.reopen(storage, embedder);
    }

    @Override
    public void damage() {
      sound.damage();
    }

    @Override
    public void close() {
      sound.close();
    }
  }

  private record BuggyIndex(SearchIndex index, Storage storage) implements SearchIndex {
    @Override
    public SearchResult search(SearchQuestion question) {
      return bug.search(index, storage, question);
    }

    @Override
    public long position(GraphRef graph) {
      return index.position(graph);
    }

    @Override
    public boolean awaitPosition(GraphRef graph, long sequence, Duration timeout) {
      return index.awaitPosition(graph, sequence, timeout);
    }

    @Override
    public void follow(GraphRef graph) {
      index.follow(graph);
    }

    @Override
    public List<TitleSuggestion> suggest(GraphRef graph, String text, int limit) {
      return index.suggest(graph, text, limit);
    }

    @Override
    public Map<String, Integer> terms(String text) {
      return index.terms(text);
    }

    @Override
    public Spread spread(GraphRef graph, Collection<String> terms, Collection<String> tags) {
      return index.spread(graph, terms, tags);
    }

    @Override
    public List<Alike> alike(GraphRef graph, Node node, int limit) {
      return index.alike(graph, node, limit);
    }

    @Override
    public void rebuild(Consumer<Progress> listener) {
      index.rebuild(listener);
    }

    @Override
    public List<Check> check() {
      return index.check();
    }

    @Override
    public void close() {
      index.close();
    }
  }
}
