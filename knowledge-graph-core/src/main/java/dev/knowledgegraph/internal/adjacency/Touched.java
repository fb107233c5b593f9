package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.event.EdgeEvent;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.NodeEvent.NodeMerged;
import dev.knowledgegraph.event.NodeEvent.NodeRemoved;
import dev.knowledgegraph.event.NodeEvent.NodeUnmerged;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.NodeId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which elements some events say something new about the shape of: nodes that came or went, and
 * edges that came, went or changed, but for those that went by rule with their node.
 */
final class Touched {
  /** The nodes that came or went, and whether they are there in the end. */
  final Map<NodeId, Boolean> nodes = new LinkedHashMap<>();

  final Set<EdgeId> edges = new LinkedHashSet<>();

  int size() {
    return nodes.size() + edges.size();
  }

  void note(GraphEvent event) {
    switch (event) {
      case NodeAdded added -> nodes.put(added.node(), true);
      case NodesImported imported ->
          imported.nodes().forEach(added -> nodes.put(added.node(), true));
      case NodeRemoved removed -> nodes.put(removed.node(), false);
      case NodeMerged merged -> {
        nodes.put(merged.absorbed(), false);
        edges.addAll(merged.moved());
      }
      case NodeUnmerged unmerged -> {
        nodes.put(unmerged.absorbed(), true);
        unmerged.restored().moved().forEach(edge -> edges.add(edge.edge()));
        unmerged.restored().ended().forEach(edge -> edges.add(edge.edge()));
      }
      case EdgesImported imported -> imported.edges().forEach(edge -> edges.add(edge.edge()));
      case EdgeEvent edge -> edges.add(edge.edge());
      case NodeEvent other -> {}
      case GraphEvent other -> {}
    }
  }
}
