package dev.knowledgegraph.cli.crash;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.EdgeCommand.RemoveEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.command.NodeCommand.Tag;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.GraphId;
import java.util.UUID;

/** Commands as {@code kg batch} reads them. */
final class BatchLines {
  private static final JsonMapper JSON = new JsonMapper();

  private BatchLines() {}

  /** The commands of a stream from one place up to another, a line each. */
  static String of(String name, int from, int to) {
    var stream = new CommandStream(GraphId.of(new UUID(0, 0)), name);
    var lines = new StringBuilder();
    for (int place = 0; place < to; place++) {
      ObjectNode line = line(stream.next());
      if (place >= from) {
        lines.append(line.put("idempotencyKey", CommandStream.key(name, place))).append('\n');
      }
    }
    return lines.toString();
  }

  private static ObjectNode line(GraphCommand command) {
    ObjectNode json = JSON.createObjectNode();
    switch (command) {
      case AddNode c ->
          json.put("op", "node.add")
              .put("id", c.node().toString())
              .put("key", c.data().key() == null ? null : c.data().key().value())
              .put("title", c.data().content().title());
      case Tag c -> {
        json.put("op", "node.tag").put("node", c.node().toString());
        c.tags().forEach(json.putArray("tags")::add);
      }
      case RemoveNode c -> json.put("op", "node.rm").put("node", c.node().toString());
      case AddEdge c -> {
        EdgeData edge = c.data();
        json.put("op", "edge.add")
            .put("id", c.edge().toString())
            .put("source", edge.source().toString())
            .put("type", edge.type().name())
            .put("target", edge.target().toString())
            .put("weight", edge.weight());
      }
      case RemoveEdge c -> json.put("op", "edge.rm").put("edge", c.edge().toString());
      default -> throw new IllegalArgumentException("no line for " + command.getClass());
    }
    return json;
  }
}
