package dev.knowledgegraph.tck.search;

import static dev.knowledgegraph.model.NodeData.node;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.SearchIndex.Check;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Laws 7 to 9 of {@link SearchIndex}: going on after an interruption, and being made anew. */
public abstract class SearchRebuildContract extends SearchSuite {
  private static final int NODES = 300;
  private static final int READERS = 4;

  /** A suite for indexes of such a fixture. */
  protected SearchRebuildContract(Supplier<? extends SearchFixture> fixtures) {
    super(fixtures);
  }

  private void fill(int from, int to) {
    for (long i = from; i < to; i++) {
      storage.append(List.of(scribe.node(i, node("note " + i).body("common word" + i))));
    }
  }

  private void begin() {
    storage.append(List.of(scribe.create("notes")));
    fill(1, NODES);
  }

  private void assertComplete(SearchIndex index, Storage of, int nodes) {
    var store = over(of, index);
    var found = ask(store, ref, text("common").withPage(new Page.Request(MANY, null)));
    assertThat(found.total()).isEqualTo(nodes);
    assertThat(titles(found)).hasSize(Math.min(nodes, MANY)).doesNotHaveDuplicates();
    assertThat(index.check()).allMatch(Check::ok);
  }

  @Test
  void an_index_that_was_closed_goes_on_where_it_was() {
    begin();
    try (var index = fixture.create(storage, embedder)) {
      assertComplete(index, storage, NODES - 1);
    }
    fill(NODES, NODES + 20);
    storage.append(List.of(scribe.removeNode(5)));
    try (var index = fixture.reopen(storage, embedder)) {
      assertThat(index.position(ref)).isIn(0L, (long) NODES, scribe.head());
      assertComplete(index, storage, NODES + 18);
    }
  }

  @Test
  void an_embedder_that_fails_now_and_then_leaves_no_gap_and_no_double() {
    begin();
    fill(NODES, 5 * NODES);
    var failing = new FailingEmbedder(embedder);
    try (var index = fixture.create(storage, failing)) {
      var store = over(storage, index);
      int failed = 0;
      for (int i = 0; i < FailingEmbedder.CALLS; i++) {
        try {
          ask(store, ref, text("common"));
        } catch (StorageException e) {
          failed++;
        }
      }
      boolean isAsked = failing.calls.get() > 0;
      assertThat(failed > 0).isEqualTo(isAsked);
      assertComplete(index, storage, 5 * NODES - 1);
    }
  }

  /** Fails every third time, as long as it has not been asked often. */
  private static final class FailingEmbedder implements Embedder {
    static final int CALLS = 15;

    final AtomicInteger calls = new AtomicInteger();
    private final Embedder embedder;

    FailingEmbedder(Embedder embedder) {
      this.embedder = embedder;
    }

    @Override
    public String name() {
      return embedder.name();
    }

    @Override
    public int dimension() {
      return embedder.dimension();
    }

    @Override
    public List<float[]> embedDocuments(List<String> texts) {
      int call = calls.incrementAndGet();
      if (call % 3 == 0 && call < CALLS) {
        throw new StorageException("EMBEDDER_UNAVAILABLE", "not now", true, null);
      }
      return embedder.embedDocuments(texts);
    }

    @Override
    public float[] embedQuery(String text) {
      return embedder.embedQuery(text);
    }
  }

  @Test
  void a_damaged_index_is_made_anew() {
    begin();
    try (var index = fixture.create(storage, embedder)) {
      assertComplete(index, storage, NODES - 1);
    }
    fixture.damage();
    try (var index = fixture.reopen(storage, embedder)) {
      assertComplete(index, storage, NODES - 1);
    }
  }

  @Test
  void an_index_ahead_of_the_log_is_made_anew() {
    begin();
    try (var index = fixture.create(storage, embedder)) {
      assertComplete(index, storage, NODES - 1);
    }
    var restored = restored(100);
    try (var index = fixture.reopen(restored, embedder)) {
      assertComplete(index, restored, 99);
    }
  }

  @Test
  void an_index_ahead_of_the_log_of_one_graph_is_made_anew_for_a_question_about_several() {
    begin();
    var other = new Scribe("ada", 2);
    storage.append(List.of(other.create("other"), other.node(1, node("common"))));
    var both =
        text("common")
            .withFilter(SearchFilter.all().withGraphs(Set.of(other.ref().id())))
            .withPage(new Page.Request(MANY, null));
    try (var index = fixture.create(storage, embedder)) {
      assertThat(ask(over(storage, index), ref, both).total()).isEqualTo(NODES);
    }
    // The graph that is searched besides has lost its node.
    var restored = restored(NODES);
    over(restored, fixture.create(restored, embedder))
        .replay(other.ref(), storage.read(other.ref(), 0, 1));
    try (var index = fixture.reopen(restored, embedder)) {
      assertThat(ask(over(restored, index), ref, both).total()).isEqualTo(NODES - 1);
    }
  }

  @Test
  void an_index_of_a_log_that_went_on_otherwise_is_made_anew() {
    begin();
    try (var index = fixture.create(storage, embedder)) {
      assertComplete(index, storage, NODES - 1);
    }
    var restored = restored(100);
    try (var store = over(restored, fixture.reopen(restored, embedder))) {
      for (long i = 1_000; i < 1_000 + NODES; i++) {
        store
            .commands()
            .sendAll(
                ref.owner(),
                List.of(new AddNode(ref.id(), nodeId(i), node("other").body("common"))));
      }
      assertThat(ask(store, ref, text("other")).total()).isEqualTo(NODES);
      assertThat(ask(store, ref, text("word" + (NODES - 1))).total()).isZero();
      assertThat(store.searchIndex().check()).allMatch(Check::ok);
    }
  }

  /** The store as it was after so many commits. */
  private Storage restored(int commits) {
    var restored = new InMemoryStorage();
    over(restored, fixture.create(restored, embedder)).replay(ref, storage.read(ref, 0, commits));
    return restored;
  }

  @Test
  void an_index_of_another_embedder_is_made_anew() {
    begin();
    try (var index = fixture.create(storage, embedder)) {
      assertComplete(index, storage, NODES - 1);
    }
    try (var index = fixture.reopen(storage, new HashingEmbedder(64))) {
      assertComplete(index, storage, NODES - 1);
      assertThat(ask(over(storage, index), ref, vector("word7")).hits()).isNotEmpty();
    }
  }

  @Test
  void a_rebuild_finds_the_same_afterwards() {
    begin();
    try (var index = fixture.create(storage, embedder)) {
      var store = over(storage, index);
      var before = ask(store, ref, text("common"));
      var told = new ArrayList<SearchIndex.Progress>();
      index.rebuild(told::add);
      assertThat(told).isNotEmpty();
      assertThat(told.getLast().done()).isEqualTo(told.getLast().total());
      assertThat(titles(ask(store, ref, text("common")))).isEqualTo(titles(before));
      assertComplete(index, storage, NODES - 1);
    }
    try (var index = fixture.reopen(storage, embedder)) {
      assertComplete(index, storage, NODES - 1);
    }
  }

  @Test
  void questions_go_on_during_a_rebuild_while_others_write() {
    begin();
    try (var index = fixture.create(storage, embedder)) {
      var store = over(storage, index);
      var rebuilt = new AtomicBoolean();
      var written = new AtomicLong(NODES);
      Together.run(
          READERS + 2,
          task ->
              () -> {
                if (task == 0) {
                  index.rebuild(progress -> {});
                  index.rebuild(progress -> {});
                  rebuilt.set(true);
                } else if (task == 1) {
                  while (!rebuilt.get() && written.get() < NODES * 4) {
                    long next = written.get();
                    storage.append(List.of(scribe.node(next, node("note " + next).body("common"))));
                    written.set(next + 1);
                  }
                } else {
                  while (!rebuilt.get()) {
                    long least = written.get() - 1;
                    var found = ask(store, ref, text("common"));
                    assertThat(found.total()).isGreaterThanOrEqualTo(least);
                    assertThat(found.hits()).hasSize(Page.DEFAULT_SIZE);
                  }
                }
                return true;
              });
      assertComplete(index, storage, (int) written.get() - 1);
    }
  }

  @Test
  void two_graphs_in_one_index_know_nothing_of_each_other() {
    begin();
    var other = new Scribe("bob", 2);
    storage.append(List.of(other.create("other"), other.node(1, node("note 1").body("common"))));
    try (var index = fixture.create(storage, embedder)) {
      assertComplete(index, storage, NODES - 1);
      assertThat(
              ask(
                      over(storage, index),
                      other.ref(),
                      dev.knowledgegraph.query.GraphQuery.Search.of(other.ref().id(), "common"))
                  .total())
          .isEqualTo(1);
    }
  }
}
