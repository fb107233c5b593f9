package dev.knowledgegraph.event;

import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Properties;

/** What happened to an edge. */
public sealed interface EdgeEvent extends GraphEvent {
  /** The edge it happened to. */
  EdgeId edge();

  record EdgeAdded(EdgeId edge, EdgeData data) implements EdgeEvent {}

  record EdgeReweighted(EdgeId edge, double weight) implements EdgeEvent {}

  record EdgeRetyped(EdgeId edge, EdgeType type) implements EdgeEvent {}

  /** It has these properties, this label and this direction flag now. */
  record EdgePropertiesChanged(EdgeId edge, Properties properties, String label, boolean directed)
      implements EdgeEvent {}

  record EdgeRemoved(EdgeId edge) implements EdgeEvent {}
}
