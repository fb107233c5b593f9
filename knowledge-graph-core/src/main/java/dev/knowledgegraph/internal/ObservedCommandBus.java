package dev.knowledgegraph.internal;

import dev.knowledgegraph.command.CommandBus;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.CommandResult.Accepted;
import dev.knowledgegraph.command.CommandResult.ItemResult;
import dev.knowledgegraph.command.CommandResult.Rejected;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.BusMetrics.Call;
import dev.knowledgegraph.spi.BusMetrics.Outcome;
import dev.knowledgegraph.spi.BusMetrics.Side;
import java.time.Duration;
import java.util.List;

/** Tells metrics what becomes of each command. */
final class ObservedCommandBus implements CommandBus {
  private final CommandBus bus;
  private final Observer observer;

  ObservedCommandBus(CommandBus bus, BusMetrics metrics) {
    this.bus = bus;
    this.observer = new Observer(metrics);
  }

  @Override
  public CommandResult send(UserId caller, GraphCommand command, CommandOptions options) {
    long start = observer.start();
    CommandResult result;
    try {
      result = bus.send(caller, command, options);
    } catch (RuntimeException e) {
      failed(caller, List.of(command), start, e);
      throw e;
    }
    if (observer.isOn(start)) {
      settled(caller, List.of(command), start, List.of(result));
    }
    return result;
  }

  @Override
  public List<CommandResult> sendAll(
      UserId caller, List<GraphCommand> commands, String correlationId) {
    long start = observer.start();
    List<CommandResult> results;
    try {
      results = bus.sendAll(caller, commands, correlationId);
    } catch (RuntimeException e) {
      failed(caller, commands, start, e);
      throw e;
    }
    if (observer.isOn(start)) {
      settled(caller, commands, start, results);
    }
    return results;
  }

  private void failed(
      UserId caller, List<GraphCommand> commands, long start, RuntimeException thrown) {
    Duration duration = observer.since(start);
    Outcome outcome = Observer.outcome(thrown);
    for (GraphCommand command : commands) {
      tell(caller, command, outcome, duration, commands.size(), 0);
    }
  }

  private void settled(
      UserId caller, List<GraphCommand> commands, long start, List<CommandResult> results) {
    Duration duration = observer.since(start);
    for (int i = 0; i < commands.size(); i++) {
      switch (results.get(i)) {
        case Accepted accepted ->
            tell(
                caller,
                commands.get(i),
                new Outcome.Accepted(),
                duration,
                commands.size(),
                changes(accepted));
        case Rejected refused ->
            tell(
                caller,
                commands.get(i),
                new Outcome.Rejected(refused.rejection().code()),
                duration,
                commands.size(),
                0);
      }
    }
  }

  private void tell(
      UserId caller,
      GraphCommand command,
      Outcome outcome,
      Duration duration,
      int together,
      int changes) {
    String kind = command.getClass().getSimpleName();
    observer.called(
        new Call(
            Side.COMMAND, kind, caller, command.graph(), outcome, duration, together, changes));
  }

  private static int changes(Accepted accepted) {
    return accepted.items().isEmpty()
        ? accepted.events()
        : (int) (accepted.count(ItemResult.Added.class) + accepted.count(ItemResult.Changed.class));
  }
}
