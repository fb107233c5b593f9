package dev.knowledgegraph.internal;

import dev.knowledgegraph.command.CommandBus;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.SettingsCommand;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.UnexpectedException;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer pipeline with group commit. Callers stand in line; the one at the head carries out
 * what all that wait want, up to {@value #GROUP} commands, commits once, tells them, and wakes the
 * next in line to do the same. One caller alone waits for nobody.
 */
final class StorageCommandBus implements CommandBus {
  private static final Logger LOG = LoggerFactory.getLogger(StorageCommandBus.class);

  /** At most so many commands go into one commit. */
  static final int GROUP = 256;

  /**
   * Several processes may write one graph. Who is slower than one that writes all the time loses
   * every race: after so many the others are asked to wait.
   */
  private static final int RACES = 5;

  /** Where they cannot be, who loses so often meets more than chance. */
  private static final int TRIES = 50;

  /**
   * A write starts while the next command is decided when so many elements have changed, or, while
   * another write goes on, when the next constant says. About a kilobyte an element waits for that.
   */
  private static final int LEAST_AHEAD = 10_000;

  private static final int MOST_AHEAD =
      Runtime.getRuntime().maxMemory() < 2L << 30 ? 50_000 : 100_000;

  private final Storage storage;
  private final Clock clock;
  private final Publishing publishing;
  private final Observer observer;
  private final Line line = new Line();

  StorageCommandBus(Storage storage, Clock clock, Publishing publishing, BusMetrics metrics) {
    this.storage = storage;
    this.clock = clock;
    this.publishing = publishing;
    this.observer = new Observer(metrics);
  }

  /** A command on its way, and in the end what became of it. */
  static final class Ticket {
    final UserId caller;
    final GraphCommand command;
    final CommandOptions options;
    @Nullable CommandResult result;
    @Nullable KnowledgeGraphException failure;
    @Nullable ConflictException lost;
    boolean settled;

    Ticket(UserId caller, GraphCommand command, CommandOptions options) {
      this.caller = Objects.requireNonNull(caller, "caller");
      this.command = Objects.requireNonNull(command, "command");
      this.options = Objects.requireNonNull(options, "options");
    }

    void fail(KnowledgeGraphException cause) {
      if (cause instanceof ConflictException && command instanceof SettingsCommand.CreateGraph) {
        // The id is that of a graph that ended, perhaps another owner's, which only storage knows.
        result =
            new CommandResult.Rejected(new Rejection.IdTaken("graph", command.graph().toString()));
      } else {
        failure = cause;
      }
    }

    /** By what it lost its last race. */
    ConflictException lost() {
      return Objects.requireNonNull(lost, "lost");
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
    line.pass(List.of(ticket), this::carryOut);
    return ticket.outcome();
  }

  @Override
  public List<CommandResult> sendAll(
      UserId caller, List<GraphCommand> commands, String correlationId) {
    var options = CommandOptions.none().withCorrelationId(correlationId);
    List<Ticket> tickets =
        commands.stream().map(command -> new Ticket(caller, command, options)).toList();
    line.pass(tickets, this::carryOut);
    return tickets.stream().map(Ticket::outcome).toList();
  }

  private void carryOut(List<Ticket> group) {
    List<Ticket> losers = race(group, RACES);
    if (!losers.isEmpty()) {
      parts(losers, ticket -> ticket.command.graph())
          .forEach((graph, theirs) -> storage.undisturbed(graph, () -> carryOutAlone(theirs)));
    }
  }

  private void carryOutAlone(List<Ticket> group) {
    List<Ticket> losers = race(group, TRIES);
    if (losers.size() > 1) {
      parts(losers, ticket -> ticket).values().forEach(this::carryOut);
    } else {
      losers.forEach(ticket -> ticket.fail(ticket.lost()));
    }
  }

  /** Carries out what it can in so many tries; those that lost every race. */
  private List<Ticket> race(List<Ticket> group, int most) {
    List<Ticket> left = group;
    for (int tries = 1; tries <= most && !left.isEmpty(); tries++) {
      try {
        commit(left);
      } catch (ConflictException e) {
        LOG.debug("lost a race, try {} of {}", tries, most);
        left = unsettled(left);
        left.forEach(ticket -> ticket.lost = e);
        continue;
      } catch (KnowledgeGraphException e) {
        fail(unsettled(left), e);
      } catch (RuntimeException e) {
        fail(unsettled(left), unexpected(e, ""));
      }
      return List.of();
    }
    return left;
  }

  /** Nobody's commands fail because of another's. */
  private void fail(List<Ticket> left, KnowledgeGraphException failure) {
    var callers = parts(left, ticket -> ticket.caller);
    if (callers.size() > 1) {
      callers.values().forEach(this::carryOut);
    } else {
      left.forEach(ticket -> ticket.fail(failure));
    }
  }

  private static List<Ticket> unsettled(List<Ticket> group) {
    return group.stream().filter(ticket -> !ticket.settled).toList();
  }

  private static <K> Map<K, List<Ticket>> parts(List<Ticket> tickets, Function<Ticket, K> key) {
    return tickets.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * Decides commands in order and writes their commits. What has grown large is written while the
   * commands after it are decided, on what they will find.
   */
  private void commit(List<Ticket> group) {
    var writing = new WriteBehind(storage, publishing, observer);
    CommandHandler handler = null;
    for (int i = 0; i < group.size(); i++) {
      Ticket ticket = group.get(i);
      if (handler == null || ticket.command instanceof SettingsCommand) {
        // Settings reach beyond their graph: names, the default.
        writing.settle();
        handler = new CommandHandler(storage, clock.instant());
        handler.readAhead(commands(group.subList(i, group.size())));
      }
      decide(handler, writing, ticket);
      if (ticket.failure != null) {
        // It may have left its marks on what the commands after it would see.
        handler = null;
      } else if (writing.waiting() >= (writing.isWriting() ? MOST_AHEAD : LEAST_AHEAD)) {
        writing.start();
      }
    }
    writing.settle();
  }

  private static List<GraphCommand> commands(List<Ticket> tickets) {
    return tickets.stream().map(ticket -> ticket.command).toList();
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
