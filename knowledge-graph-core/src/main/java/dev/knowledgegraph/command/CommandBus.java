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

  /**
   * Carries out commands in order; each has its own result. Large ones are decided while the ones
   * before are being written. When it returns all are durable; when it throws, those before the one
   * that failed may be.
   */
  default List<CommandResult> sendAll(UserId caller, List<GraphCommand> commands) {
    return sendAll(caller, commands, "");
  }

  /**
   * The same.
   *
   * @param correlationId what the commands belong to, for logs and events; empty for none
   */
  List<CommandResult> sendAll(UserId caller, List<GraphCommand> commands, String correlationId);
}
