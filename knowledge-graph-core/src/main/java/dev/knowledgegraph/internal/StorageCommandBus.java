package dev.knowledgegraph.internal;

import dev.knowledgegraph.command.CommandBus;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.UnexpectedException;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

  /** A write starts while the next command is decided when this many elements have changed. */
  private static final int AHEAD = 50_000;

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
    boolean settled;

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
    List<Ticket> left = group;
    for (int tries = 1; !left.isEmpty(); tries++) {
      KnowledgeGraphException failure = null;
      try {
        commit(left);
      } catch (KnowledgeGraphException e) {
        failure = e;
      } catch (RuntimeException e) {
        failure = unexpected(e, "");
      }
      left = left.stream().filter(ticket -> !ticket.settled).toList();
      if (failure instanceof ConflictException && tries < TRIES) {
        LOG.debug("lost a race, try {} of {}", tries, TRIES);
      } else if (failure != null) {
        for (Ticket ticket : left) {
          ticket.failure = failure;
        }
        return;
      }
    }
  }

  /**
   * Decides commands in order and writes their commits. What has grown large is written while the
   * commands after it are decided, on what they will find.
   */
  private void commit(List<Ticket> group) {
    var handler = new CommandHandler(storage, clock.instant());
    var writing = new WriteBehind(storage, publishing);
    for (Ticket ticket : group) {
      try {
        decide(handler, writing, ticket);
      } catch (ConflictException e) {
        // It needs the history of what the commands before it made.
        writing.settle();
        handler = new CommandHandler(storage, clock.instant());
        decide(handler, writing, ticket);
      }
      if (writing.waiting() >= AHEAD) {
        writing.start();
      }
    }
    writing.settle();
  }

  private static void decide(CommandHandler handler, WriteBehind writing, Ticket ticket) {
    ticket.result = null;
    ticket.failure = null;
    try {
      var handled = handler.handle(ticket.caller, ticket.command, ticket.options);
      ticket.result = handled.result();
      writing.add(ticket, handled.commit());
    } catch (ConflictException e) {
      throw e;
    } catch (KnowledgeGraphException e) {
      ticket.failure = e;
      writing.add(ticket, null);
    } catch (RuntimeException e) {
      ticket.failure = unexpected(e, ticket.options.correlationId());
      writing.add(ticket, null);
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
