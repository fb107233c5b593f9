package dev.knowledgegraph.event;

import java.util.List;

/** What an import did. Elements it added come in chunks: one event for thousands of them. */
public sealed interface ImportEvent extends GraphEvent {
  /**
   * An import began.
   *
   * @param job the name it is known by when it goes on after an interruption
   */
  record ImportStarted(String job, String format, String source) implements ImportEvent {}

  /** An import read all its input. */
  record ImportFinished(String job, long nodes, long edges) implements ImportEvent {}

  /** These nodes were added, in this order. */
  record NodesImported(List<NodeEvent.NodeAdded> nodes) implements ImportEvent {
    public NodesImported {
      nodes = List.copyOf(nodes);
    }
  }

  /** These edges were added, in this order. */
  record EdgesImported(List<EdgeEvent.EdgeAdded> edges) implements ImportEvent {
    public EdgesImported {
      edges = List.copyOf(edges);
    }
  }
}
