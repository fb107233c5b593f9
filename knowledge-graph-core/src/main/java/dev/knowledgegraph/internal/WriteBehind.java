package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.StorageCommandBus.Ticket;
import dev.knowledgegraph.spi.BusMetrics.Write;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Writes commits in order, one append at a time, if asked while the caller goes on. A ticket is
 * settled when everything it was decided on is durable; after a failed append nothing more is
 * written.
 */
final class WriteBehind {
  private final Storage storage;
  private final Publishing publishing;
  private final Observer observer;
  private List<Ticket> tickets = new ArrayList<>();
  private List<Commit> commits = new ArrayList<>();
  private int changes;
  private @Nullable FutureTask<?> running;

  WriteBehind(Storage storage, Publishing publishing, Observer observer) {
    this.storage = storage;
    this.publishing = publishing;
    this.observer = observer;
  }

  /** Takes a decided command, and its commit if it has one. */
  void add(Ticket ticket, @Nullable Commit commit) {
    tickets.add(ticket);
    if (commit != null) {
      commits.add(commit);
      changes += commit.changes().size() + 1;
    }
  }

  /** How many elements the commits that were not started change. */
  int waiting() {
    return changes;
  }

  /** Whether a write that was started goes on. */
  boolean isWriting() {
    return running != null && !running.isDone();
  }

  /** Starts to write what waits, after what is being written. */
  void start() {
    await();
    List<Ticket> theirs = tickets;
    List<Commit> these = commits;
    tickets = new ArrayList<>();
    commits = new ArrayList<>();
    changes = 0;
    var task = new FutureTask<@Nullable Void>(() -> write(theirs, these), null);
    running = task;
    Thread.ofPlatform().daemon().name("kg-writer").start(task);
  }

  /** Writes all that was taken; when it returns, that is durable. */
  void settle() {
    await();
    write(tickets, commits);
    tickets = new ArrayList<>();
    commits = new ArrayList<>();
    changes = 0;
  }

  private void write(List<Ticket> theirs, List<Commit> these) {
    if (!these.isEmpty()) {
      long start = observer.start();
      storage.append(these);
      if (observer.isOn(start)) {
        int elements = these.stream().mapToInt(commit -> commit.changes().size()).sum();
        observer.written(new Write(these.size(), elements, observer.since(start)));
      }
      these.forEach(publishing::signal);
    }
    theirs.forEach(ticket -> ticket.settled = true);
  }

  private void await() {
    FutureTask<?> task = running;
    if (task == null) {
      return;
    }
    running = null;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException cause) {
            throw cause;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
