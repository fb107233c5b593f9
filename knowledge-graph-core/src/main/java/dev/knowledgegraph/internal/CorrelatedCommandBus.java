package dev.knowledgegraph.internal;

import dev.knowledgegraph.command.CommandBus;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.model.UserId;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * Puts a command's correlation id into the diagnostic context of the log ({@value #KEY}) while the
 * command is on its way, so that every line of this thread has it.
 */
final class CorrelatedCommandBus implements CommandBus {
  static final String KEY = "correlationId";

  private final CommandBus bus;

  CorrelatedCommandBus(CommandBus bus) {
    this.bus = bus;
  }

  @Override
  public CommandResult send(UserId caller, GraphCommand command, CommandOptions options) {
    return with(options.correlationId(), () -> bus.send(caller, command, options));
  }

  @Override
  public List<CommandResult> sendAll(
      UserId caller, List<GraphCommand> commands, String correlationId) {
    return with(correlationId, () -> bus.sendAll(caller, commands, correlationId));
  }

  private static <T> T with(String correlationId, Supplier<T> work) {
    if (correlationId.isEmpty()) {
      return work.get();
    }
    String before = MDC.get(KEY);
    MDC.put(KEY, correlationId);
    try {
      return work.get();
    } finally {
      if (before == null) {
        MDC.remove(KEY);
      } else {
        MDC.put(KEY, before);
      }
    }
  }
}
