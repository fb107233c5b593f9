package dev.knowledgegraph.internal;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.EventPublisher;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PublishingTest {
  private static final UserId ADA = UserId.of("ada");

  private final InMemoryStorage storage = new InMemoryStorage();
  private final List<Position> seen = new CopyOnWriteArrayList<>();

  @Test
  void what_was_committed_before_a_crash_is_delivered_when_the_store_is_opened() throws Exception {
    var crashed = new CountDownLatch(1);
    // Never closed: a crash closes nothing.
    var before =
        open(
            storage,
            (graph, commit) -> {
              crashed.countDown();
              throw new IllegalStateException("the process ends before this is delivered");
            });
    var notes = before.as(ADA).graph("notes");
    crashed.await();
    notes.add(node("Ada"));
    var gone = before.as(ADA).graph("gone");
    gone.send(new RemoveGraph(gone.id())).orThrow();

    var delivered = new LinkedBlockingQueue<Position>();
    var after = open(storage, (graph, commit) -> delivered.add(commit.position()));

    for (int i = 0; i < 4; i++) {
      seen.add(delivered.poll(10, TimeUnit.SECONDS));
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            new Position(notes.id(), 1),
            new Position(notes.id(), 2),
            new Position(gone.id(), 1),
            new Position(gone.id(), 2));
    after.close();
  }

  @Test
  void what_another_process_commits_is_delivered_where_several_may_write() {
    var here = open(new Shared(storage), this::see);
    var there = KnowledgeGraph.builder().storage(new Shared(storage)).build();
    here.drainPublishers();

    var notes = there.as(ADA).graph("notes");
    notes.add(node("Ada"));
    here.drainPublishers();

    assertThat(seen).containsExactly(new Position(notes.id(), 1), new Position(notes.id(), 2));
    here.close();
  }

  /** A storage that other processes write to as well. */
  private static final class Shared extends StorageDecorator {
    Shared(Storage storage) {
      super(storage);
    }

    @Override
    public boolean isShared() {
      return true;
    }
  }

  @Test
  void what_was_delivered_does_not_come_again_at_the_next_opening() {
    var first = open(storage, (graph, commit) -> {});
    first.as(ADA).graph("notes");
    first.drainPublishers();

    var second = open(storage, this::see);
    second.drainPublishers();
    assertThat(seen).isEmpty();

    second.as(ADA).graph("notes").add(node("Ada"));
    second.drainPublishers();
    assertThat(seen).extracting(Position::sequence).containsExactly(2L);
  }

  @Test
  void more_graphs_than_fit_on_a_page_are_all_caught_up_with() {
    var silent = KnowledgeGraph.builder().storage(storage).build();
    for (int i = 0; i < 250; i++) {
      silent.as(ADA).graph("graph " + i);
    }

    open(storage, this::see).drainPublishers();
    assertThat(seen).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void a_publisher_that_throws_gets_the_same_commit_again_when_it_is_drained() {
    var refusals = new LinkedBlockingQueue<>(List.of(1, 2));
    var store =
        open(
            storage,
            (graph, commit) -> {
              if (refusals.poll() != null) {
                throw new IllegalStateException("not now");
              }
              see(graph, commit);
            });
    store.as(ADA).graph("notes");
    for (int i = 0; i < 3; i++) {
      store.drainPublishers();
    }

    assertThat(seen).extracting(Position::sequence).containsExactly(1L);
  }

  @Test
  void who_publishes_nothing_reads_no_log() {
    Set<String> called = ConcurrentHashMap.newKeySet();
    var watched =
        (Storage)
            Proxy.newProxyInstance(
                Storage.class.getClassLoader(),
                new Class<?>[] {Storage.class},
                (self, method, arguments) -> {
                  called.add(method.getName());
                  return method.invoke(storage, arguments);
                });
    var store = KnowledgeGraph.builder().storage(watched).build();
    store.as(ADA).graph("notes");
    store.close();

    assertThat(called).doesNotContain("logs", "read", "checkpoint");
  }

  private void see(GraphRef graph, Committed commit) {
    seen.add(commit.position());
  }

  private static KnowledgeGraph open(Storage storage, EventPublisher publisher) {
    return KnowledgeGraph.builder().storage(storage).publisher("mail", publisher).build();
  }
}
