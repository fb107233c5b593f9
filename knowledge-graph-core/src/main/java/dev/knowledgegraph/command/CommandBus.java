package dev.knowledgegraph.command;

import dev.knowledgegraph.model.UserId;
import java.util.List;

/**
 * The one way to change anything. May be shared between threads; calls block until the outcome is
 * durable.
 */
public interface CommandBus {
  /** Carries out one command. */
  CommandResult send(UserId caller, GraphCommand command, CommandOptions options);

  /** Carries out commands in order, durable together; each has its own result. */
  List<CommandResult> sendAll(UserId caller, List<GraphCommand> commands);
}
