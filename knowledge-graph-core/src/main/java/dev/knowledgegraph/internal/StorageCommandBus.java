package dev.knowledgegraph.internal;

import dev.knowledgegraph.command.CommandBus;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.UnexpectedException;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer pipeline with group commit. A caller queues its command and asks for the writer's
 * lock; whoever gets it carries out all that waits, up to {@value #GROUP}, and commits once. The
 * others find theirs done when they get the lock. One caller alone waits for nobody.
 */
final class StorageCommandBus implements CommandBus {
  private static final Logger LOG = LoggerFactory.getLogger(StorageCommandBus.class);
  private static final int GROUP = 256;
  private static final int TRIES = 5;

  private final Storage storage;
  private final Clock clock;
  private final Publishing publishing;
  private final ReentrantLock writer = new ReentrantLock();
  private final ArrayDeque<Ticket> queue = new ArrayDeque<>();

  StorageCommandBus(Storage storage, Clock clock, Publishing publishing) {
    this.storage = storage;
    this.clock = clock;
    this.publishing = publishing;
  }

  /** A command on its way, and in the end what became of it. */
  static final class Ticket {
    final UserId caller;
    final GraphCommand command;
    final CommandOptions options;
    @Nullable CommandResult result;
    @Nullable KnowledgeGraphException failure;

    Ticket(UserId caller, GraphCommand command, CommandOptions options) {
      this.caller = Objects.requireNonNull(caller, "caller");
      this.command = Objects.requireNonNull(command, "command");
      this.options = Objects.requireNonNull(options, "options");
    }

    boolean isDone() {
      return result != null || failure != null;
    }

    CommandResult outcome() {
      if (failure != null) {
        throw failure;
      }
      return Objects.requireNonNull(result, "result");
    }
  }

  @Override
  public CommandResult send(UserId caller, GraphCommand command, CommandOptions options) {
    var ticket = new Ticket(caller, command, options);
    synchronized (queue) {
      queue.add(ticket);
    }
    writer.lock();
    try {
      while (!ticket.isDone()) {
        carryOut(nextGroup());
      }
    } finally {
      writer.unlock();
    }
    return ticket.outcome();
  }

  @Override
  public List<CommandResult> sendAll(UserId caller, List<GraphCommand> commands) {
    List<Ticket> tickets =
        commands.stream()
            .map(command -> new Ticket(caller, command, CommandOptions.none()))
            .toList();
    writer.lock();
    try {
      carryOut(tickets);
    } finally {
      writer.unlock();
    }
    return tickets.stream().map(Ticket::outcome).toList();
  }

  private List<Ticket> nextGroup() {
    var group = new ArrayList<Ticket>();
    synchronized (queue) {
      while (!queue.isEmpty() && group.size() < GROUP) {
        group.add(queue.remove());
      }
    }
    return group;
  }

  private void carryOut(List<Ticket> group) {
    for (int tries = 1; ; tries++) {
      try {
        commit(group);
        return;
      } catch (ConflictException e) {
        group.forEach(ticket -> ticket.result = null);
        if (tries == TRIES) {
          fail(group, e);
          return;
        }
        LOG.debug("lost a race, try {} of {}", tries, TRIES);
      } catch (KnowledgeGraphException e) {
        fail(group, e);
        return;
      } catch (RuntimeException e) {
        fail(group, unexpected(e, ""));
        return;
      }
    }
  }

  /** Nobody's commands fail because of another's: these are tried again, each caller's alone. */
  private void fail(List<Ticket> group, KnowledgeGraphException failure) {
    var byCaller = new LinkedHashMap<UserId, List<Ticket>>();
    for (Ticket ticket : group) {
      byCaller.computeIfAbsent(ticket.caller, caller -> new ArrayList<>()).add(ticket);
    }
    if (byCaller.size() == 1) {
      group.forEach(ticket -> ticket.failure = failure);
      return;
    }
    group.forEach(
        ticket -> {
          ticket.result = null;
          ticket.failure = null;
        });
    byCaller.values().forEach(this::carryOut);
  }

  private void commit(List<Ticket> group) {
    var handler = new CommandHandler(storage, clock.instant());
    var commits = new ArrayList<Commit>();
    for (Ticket ticket : group) {
      try {
        var handled = handler.handle(ticket.caller, ticket.command, ticket.options);
        ticket.result = handled.result();
        if (handled.commit() != null) {
          commits.add(handled.commit());
        }
      } catch (KnowledgeGraphException e) {
        ticket.failure = e;
      } catch (RuntimeException e) {
        ticket.failure = unexpected(e, ticket.options.correlationId());
      }
    }
    if (!commits.isEmpty()) {
      storage.append(commits);
      commits.forEach(commit -> publishing.signal(commit.graph()));
    }
  }

  private static UnexpectedException unexpected(RuntimeException cause, String given) {
    String id =
        given.isEmpty()
            ? UUID.nameUUIDFromBytes(
                    String.valueOf(cause.hashCode())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString()
            : given;
    LOG.error("unexpected failure {}", id, cause);
    return new UnexpectedException(id, cause);
  }
}
