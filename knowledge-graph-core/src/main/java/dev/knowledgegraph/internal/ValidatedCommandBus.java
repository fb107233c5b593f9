package dev.knowledgegraph.internal;

import dev.knowledgegraph.command.BulkCommand;
import dev.knowledgegraph.command.CommandBus;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.CommandResult.Rejected;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Refuses commands that no state of a graph could make right, before they stand in line. Values are
 * valid from their making, and what a graph's policy says is checked where the graph is known.
 */
final class ValidatedCommandBus implements CommandBus {
  private final CommandBus bus;

  ValidatedCommandBus(CommandBus bus) {
    this.bus = bus;
  }

  @Override
  public CommandResult send(UserId caller, GraphCommand command, CommandOptions options) {
    Objects.requireNonNull(caller, "caller");
    Optional<Rejected> refusal = refusal(command);
    return refusal.isPresent() ? refusal.get() : bus.send(caller, command, options);
  }

  @Override
  public List<CommandResult> sendAll(
      UserId caller, List<GraphCommand> commands, String correlationId) {
    Objects.requireNonNull(caller, "caller");
    List<Optional<Rejected>> refusals =
        commands.stream().map(ValidatedCommandBus::refusal).toList();
    if (refusals.stream().noneMatch(Optional::isPresent)) {
      return bus.sendAll(caller, commands, correlationId);
    }
    var good = new ArrayList<GraphCommand>();
    for (int i = 0; i < commands.size(); i++) {
      if (refusals.get(i).isEmpty()) {
        good.add(commands.get(i));
      }
    }
    var results = bus.sendAll(caller, good, correlationId).iterator();
    return refusals.stream()
        .<CommandResult>map(no -> no.isPresent() ? no.get() : results.next())
        .toList();
  }

  private static Optional<Rejected> refusal(GraphCommand command) {
    return command instanceof BulkCommand bulk && bulk.size() > BulkCommand.MAX_ITEMS
        ? Optional.of(
            new Rejected(
                new Rejection.Invalid(
                    List.of(
                        new FieldError(
                            "items",
                            "expected at most "
                                + BulkCommand.MAX_ITEMS
                                + ", found "
                                + bulk.size())))))
        : Optional.empty();
  }
}
