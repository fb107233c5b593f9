package dev.knowledgegraph.functions;

import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.NodeEvent.NodeUnmerged;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.EventStore;
import java.util.List;
import java.util.Set;

/** The nodes of events that are about several, which only the log names all. */
final class FetchedNodes {
  /** The types of these events. */
  static final Set<String> TYPES = Set.of("nodes.imported", "node.unmerged");

  private final EventStore log;

  FetchedNodes(EventStore log) {
    this.log = log;
  }

  /**
   * Reads the event where the log has it.
   *
   * @throws UndeliverableException if another stands there, or none
   */
  List<NodeId> of(CloudEvent event) {
    var commits = log.read(event.graph(), event.place().sequence() - 1, 1);
    int index = event.place().index();
    if (commits.isEmpty() || commits.getFirst().events().size() <= index) {
      throw notThere("none");
    }
    GraphEvent found = commits.getFirst().events().get(index);
    return switch (found) {
      case NodesImported chunk -> chunk.nodes().stream().map(NodeAdded::node).toList();
      case NodeUnmerged unmerged -> List.of(unmerged.node(), unmerged.absorbed());
      default -> throw notThere("another");
    };
  }

  private static UndeliverableException notThere(String found) {
    return new UndeliverableException(
        "EVENT_NOT_IN_LOG",
        "id: expected the place of this event in the log, found " + found,
        null);
  }
}
