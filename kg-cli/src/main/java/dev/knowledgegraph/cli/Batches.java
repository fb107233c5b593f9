package dev.knowledgegraph.cli;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.command.BulkCommand;
import dev.knowledgegraph.command.GraphCommand;
import java.util.List;

/** Several changes that belong together. */
final class Batches {
  private Batches() {}

  /** Sends all of them or none. */
  static void send(GraphView graph, List<GraphCommand> commands) {
    if (commands.isEmpty()) {
      throw Failure.usage("nothing to change; see --help");
    }
    GraphCommand command =
        commands.size() == 1
            ? commands.getFirst()
            : new BulkCommand.Batch(graph.id(), commands, true);
    graph.send(command).orThrow();
  }
}
