package dev.knowledgegraph.command;

import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Properties;

/** Wishes about an edge. */
public sealed interface EdgeCommand extends GraphCommand {
  /** The edge it is about. */
  EdgeId edge();

  record AddEdge(GraphId graph, EdgeId edge, EdgeData data) implements EdgeCommand {}

  record Reweight(GraphId graph, EdgeId edge, double weight) implements EdgeCommand {}

  record Retype(GraphId graph, EdgeId edge, EdgeType type) implements EdgeCommand {}

  record ChangeEdge(
      GraphId graph, EdgeId edge, Properties properties, String label, boolean directed)
      implements EdgeCommand {}

  record RemoveEdge(GraphId graph, EdgeId edge) implements EdgeCommand {}
}
