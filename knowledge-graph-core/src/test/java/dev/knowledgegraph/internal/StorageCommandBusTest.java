package dev.knowledgegraph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.Session;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StorageCommandBusTest {
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch appending = new CountDownLatch(1);
  private volatile boolean slow;
  private final KnowledgeGraph store =
      KnowledgeGraph.builder().storage(waiting(new InMemoryStorage())).build();
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_command_that_cannot_be_written_takes_none_of_another_caller_with_it() throws Exception {
    Session ada = store.as(UserId.of("ada"));
    Session eve = store.as(UserId.of("eve"));
    var notes = ada.graph("notes");
    var gone = ada.graph("gone");
    gone.send(new RemoveGraph(gone.id())).orThrow();
    slow = true;

    FutureTask<CommandResult> first = later(ada, add(notes.newNodeId()));
    appending.await();
    FutureTask<CommandResult> evil =
        later(eve, new CreateGraph(gone.id(), GraphData.named("mine now")));
    FutureTask<CommandResult> second = later(ada, add(notes.newNodeId()));
    while (threads.stream().anyMatch(thread -> thread.getState() == Thread.State.RUNNABLE)) {
      Thread.onSpinWait();
    }
    released.countDown();

    assertThat(first.get()).isInstanceOf(CommandResult.Accepted.class);
    assertThat(second.get()).isInstanceOf(CommandResult.Accepted.class);
    assertThat(evil.get())
        .isEqualTo(
            new CommandResult.Rejected(new Rejection.IdTaken("graph", gone.id().toString())));
    assertThat(notes.head().nodes()).isEqualTo(2);
  }

  @Test
  void an_id_is_not_used_again_within_one_group() {
    var notes = store.as(UserId.of("ada")).graph("notes");
    var node = notes.newNodeId();

    List<CommandResult> results =
        notes.sendAll(
            List.of(
                new AddNode(notes.id(), node, NodeData.node("first")),
                new RemoveNode(notes.id(), node),
                new AddNode(notes.id(), node, NodeData.node("again"))));

    assertThat(results.get(2))
        .isInstanceOfSatisfying(
            CommandResult.Rejected.class,
            refused -> assertThat(refused.rejection().code()).isEqualTo("ID_TAKEN"));
  }

  private GraphCommand add(dev.knowledgegraph.model.NodeId id) {
    return new AddNode(store.as(UserId.of("ada")).graph("notes").id(), id, NodeData.node("node"));
  }

  private FutureTask<CommandResult> later(Session session, GraphCommand command) {
    var task = new FutureTask<>(() -> session.send(command));
    threads.add(Thread.ofPlatform().daemon().start(task));
    return task;
  }

  /** The storage; once it is slow, it appends only after it is released. */
  private Storage waiting(Storage storage) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (self, method, arguments) -> {
              if (slow && method.getName().equals("append")) {
                appending.countDown();
                released.await();
              }
              try {
                return method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
