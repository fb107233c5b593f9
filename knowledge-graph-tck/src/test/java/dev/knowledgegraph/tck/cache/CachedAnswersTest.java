package dev.knowledgegraph.tck.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.command.SettingsCommand.SetVisibility;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemoryCache;
import dev.knowledgegraph.memory.InMemorySearchIndex;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.model.Visibility;
import dev.knowledgegraph.query.Consistency;
import dev.knowledgegraph.query.GraphQuery.RankNodes;
import dev.knowledgegraph.query.Metric;
import dev.knowledgegraph.query.Views.Route;
import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.spi.CacheSettings;
import dev.knowledgegraph.spi.CachedAnswer;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.Together;
import dev.knowledgegraph.tck.fault.CountingStorage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A kept answer is the answer now, and costs nothing. */
class CachedAnswersTest {
  private static final UserId ADA = UserId.of("ada");
  private static final UserId BOB = UserId.of("bob");

  private final InMemoryStorage stored = new InMemoryStorage();
  private final CountingStorage counted = new CountingStorage(stored);
  private final ManualClock clock = new ManualClock();
  private final KnowledgeGraph store = open(counted, CacheSettings.standard());
  private final GraphView notes = store.as(ADA).graph("notes");
  private final NodeId first = notes.add(NodeData.node("first"));
  private final NodeId second = notes.add(NodeData.node("second"));

  @AfterEach
  void close() {
    store.close();
  }

  private KnowledgeGraph open(Storage storage, CacheSettings settings) {
    return KnowledgeGraph.builder()
        .storage(storage)
        .clock(clock)
        .cache(new InMemoryCache<>(1_000, clock), settings)
        .build();
  }

  @Test
  void the_second_same_question_does_no_call_of_the_storage() {
    var answer = notes.path(first, second);
    long calls = counted.calls();
    assertThat(notes.path(first, second)).isEqualTo(answer);
    assertThat(counted.calls()).isEqualTo(calls);
    notes.path(second, first);
    assertThat(counted.calls()).isGreaterThan(calls);
  }

  @Test
  void a_write_is_seen_at_once() {
    assertThat(notes.path(first, second)).isEmpty();
    var edge = notes.link(first, "SEES", second);
    assertThat(notes.path(first, second)).map(Route::hops).contains(1);
    notes.remove(edge);
    assertThat(notes.path(first, second)).isEmpty();
  }

  @Test
  void a_write_to_another_graph_leaves_answers_where_they_are() {
    notes.statistics();
    var other = store.as(ADA).graph("other");
    other.add(NodeData.node("third"));
    long calls = counted.calls();
    notes.statistics();
    assertThat(counted.calls()).isEqualTo(calls);
  }

  @Test
  void a_search_in_several_graphs_sees_a_write_to_each_at_once() {
    var searched =
        KnowledgeGraph.builder()
            .storage(stored)
            .clock(clock)
            .cache(new InMemoryCache<>(1_000, clock))
            .search(opened -> new InMemorySearchIndex(opened, HashingEmbedder.create()))
            .build();
    var here = searched.as(ADA).graph(notes.id());
    var there = searched.as(ADA).graph("there");
    for (int i = 0; i < 3; i++) {
      there.add(NodeData.node("first"));
      assertThat(here.search("first").alsoIn(Set.of(there.id())).result().total())
          .isEqualTo(i + 2L);
      assertThat(here.search("first").alsoIn(Set.of(there.id())).result().total())
          .isEqualTo(i + 2L);
    }
    assertThat(here.search("first").result().total()).isEqualTo(1);
  }

  @Test
  void a_replayed_commit_is_seen_at_once() {
    try (var copy = open(new InMemoryStorage(), CacheSettings.standard())) {
      var ref = notes.ref();
      var log = stored.read(ref, 0, 100);
      copy.replay(ref, log.subList(0, log.size() - 1));
      var there = copy.as(ADA).graph(ref.id());
      assertThat(there.statistics().nodes()).isEqualTo(1);
      assertThat(there.statistics().nodes()).isEqualTo(1);
      copy.replay(ref, log.subList(log.size() - 1, log.size()));
      assertThat(there.statistics().nodes()).isEqualTo(2);
    }
  }

  @Test
  void who_may_not_read_a_graph_any_more_gets_nothing_of_it() {
    notes.send(new SetVisibility(notes.id(), Visibility.PUBLIC_READ)).orThrow();
    var seen = store.as(BOB).graph(notes.id());
    assertThat(seen.statistics().nodes()).isEqualTo(2);
    assertThat(seen.statistics().nodes()).isEqualTo(2);
    notes.send(new SetVisibility(notes.id(), Visibility.PRIVATE)).orThrow();
    assertThatThrownBy(seen::statistics).isInstanceOf(RejectedException.class);
  }

  @Test
  void of_a_removed_graph_there_is_nothing() {
    notes.statistics();
    notes.send(new RemoveGraph(notes.id())).orThrow();
    assertThatThrownBy(notes::statistics).isInstanceOf(RejectedException.class);
  }

  @Test
  void an_answer_with_more_elements_than_the_limit_is_not_kept() {
    notes.link(first, "SEES", second);
    var small = new CountingStorage(stored);
    var tight = open(small, CacheSettings.standard().withMaxElements(2));
    var view = tight.as(ADA).graph(notes.id());
    view.path(first, second);
    long calls = small.calls();
    view.path(first, second);
    assertThat(small.calls()).isGreaterThan(calls);
  }

  @Test
  void a_question_with_a_listener_is_worked_on_each_time() {
    var ranking = new RankNodes(notes.id(), Metric.PAGERANK, 10);
    notes.ask(ranking);
    var heard = new AtomicLong();
    notes.with((step, done, total) -> heard.incrementAndGet()).ask(ranking);
    assertThat(heard).hasPositiveValue();
  }

  @Test
  void another_store_that_went_on_differently_does_not_match() {
    Cache<CachedAnswer> shared = new InMemoryCache<>(100, clock);
    var ref = notes.ref();
    var log = stored.read(ref, 0, 100);
    long[] nodes = new long[2];
    for (int i = 0; i < 2; i++) {
      var storage = new InMemoryStorage();
      var store = KnowledgeGraph.builder().storage(storage).clock(clock).cache(shared).build();
      store.replay(ref, log);
      var view = store.as(ADA).graph(ref.id());
      if (i == 0) {
        view.add(NodeData.node("third"));
      } else {
        view.link(first, "SEES", second);
      }
      nodes[i] = view.statistics().nodes();
    }
    assertThat(nodes).containsExactly(3, 2);
  }

  @Test
  void a_shared_store_is_looked_at_unless_the_host_allows_less() {
    var here = new CountingStorage(new SharedStorage(stored));
    var strict = open(here, CacheSettings.standard()).as(ADA).graph(notes.id());
    var lazy =
        open(new SharedStorage(stored), CacheSettings.standard().withHeadAge(Duration.ofSeconds(9)))
            .as(ADA)
            .graph(notes.id());
    strict.statistics();
    lazy.statistics();
    long calls = here.calls();
    strict.statistics();
    assertThat(here.calls()).as("the graph and its head").isEqualTo(calls + 2);
    notes.add(NodeData.node("third"));
    assertThat(strict.statistics().nodes()).isEqualTo(3);
    assertThat(lazy.statistics().nodes()).isEqualTo(2);
    var least = new Consistency.AtLeast(notes.position(), Duration.ofSeconds(1));
    assertThat(lazy.with(least).statistics().nodes()).isEqualTo(3);
    notes.add(NodeData.node("fourth"));
    clock.advance(Duration.ofSeconds(9));
    assertThat(lazy.statistics().nodes()).isEqualTo(4);
    lazy.add(NodeData.node("fifth"));
    assertThat(lazy.statistics().nodes()).isEqualTo(5);
  }

  @Test
  void of_many_that_ask_the_same_one_asks_the_storage() throws Exception {
    var gate = new GatedStorage(stored);
    var view = open(gate, CacheSettings.standard()).as(ADA).graph(notes.id());
    view.graph();
    gate.isShut = true;
    var askers = new Thread[4];
    for (int i = 0; i < askers.length; i++) {
      askers[i] = Thread.ofPlatform().daemon().start(view::statistics);
    }
    gate.reached.await();
    while (waiting(askers) < askers.length) {
      Thread.onSpinWait();
    }
    gate.opened.countDown();
    for (var asker : askers) {
      asker.join();
    }
    assertThat(gate.passed).hasValue(1);
  }

  private static int waiting(Thread... threads) {
    int waiting = 0;
    for (var thread : threads) {
      waiting += thread.getState() == Thread.State.WAITING ? 1 : 0;
    }
    return waiting;
  }

  @Test
  void many_threads_that_write_and_ask_see_nothing_stale() {
    assertThat(stale(notes, notes)).isZero();
  }

  @Test
  void a_cache_that_does_not_hear_of_writes_is_caught() {
    // What is written past a store that thinks it is alone is not noticed.
    var deaf = open(stored, CacheSettings.standard()).as(ADA).graph(notes.id());
    deaf.statistics();
    assertThat(stale(notes, deaf)).isPositive();
  }

  private static int stale(GraphView writer, GraphView reader) {
    var written = new AtomicLong(writer.statistics().nodes());
    var stale =
        Together.run(
            4,
            thread ->
                () -> {
                  int found = 0;
                  for (int i = 0; i < 500; i++) {
                    if (thread == 0 && i % 5 == 0) {
                      writer.add(NodeData.node("node"));
                      written.incrementAndGet();
                    }
                    long least = written.get();
                    found += reader.statistics().nodes() < least ? 1 : 0;
                  }
                  return found;
                });
    return stale.stream().mapToInt(Integer::intValue).sum();
  }

  private static final class SharedStorage extends StorageDecorator {
    SharedStorage(Storage storage) {
      super(storage);
    }

    @Override
    public boolean isShared() {
      return true;
    }
  }

  /** Holds those who count until the gate is opened. */
  private static final class GatedStorage extends StorageDecorator {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicLong passed = new AtomicLong();
    private volatile boolean isShut;

    GatedStorage(Storage storage) {
      super(storage);
    }

    @Override
    protected <R> R call(String method, Supplier<R> work) {
      if (isShut && method.equals("counts")) {
        passed.incrementAndGet();
        reached.countDown();
        try {
          opened.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return super.call(method, work);
    }
  }
}
