package dev.knowledgegraph.internal;

import dev.knowledgegraph.command.BulkCommand;
import dev.knowledgegraph.command.CategoryCommand;
import dev.knowledgegraph.command.EdgeCommand;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.MergeNodes;
import dev.knowledgegraph.command.NodeCommand.SetKey;
import dev.knowledgegraph.command.NodeCommand.SetNode;
import dev.knowledgegraph.command.SettingsCommand;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of a group will ask for, to be read in one question each instead of one for
 * each command. Only advice: what is not foreseen is read when it is needed.
 */
final class FactsAhead {
  private final Set<NodeId> nodes = new HashSet<>();
  private final Set<NodeId> newNodes = new HashSet<>();
  private final Set<NodeKey> keys = new HashSet<>();
  private final Set<EdgeId> edges = new HashSet<>();

  void note(GraphCommand command) {
    switch (command) {
      case AddNode c -> {
        newNodes.add(c.node());
        note(c.data().key());
      }
      case NodeCommand c -> {
        nodes.add(c.node());
        switch (c) {
          case SetNode set -> note(set.data().key());
          case SetKey set -> note(set.key());
          case MergeNodes merge -> nodes.add(merge.absorbed());
          default -> {}
        }
      }
      case AddEdge c -> {
        edges.add(c.edge());
        nodes.add(c.data().source());
        nodes.add(c.data().target());
      }
      case EdgeCommand c -> edges.add(c.edge());
      // These read for themselves.
      case BulkCommand c -> {}
      case CategoryCommand c -> {}
      case SettingsCommand c -> {}
    }
  }

  private void note(@Nullable NodeKey key) {
    if (key != null) {
      keys.add(key);
    }
  }

  void read(UnitOfWork unit) {
    if (!newNodes.isEmpty()) {
      unit.prefetchUnusedNodes(newNodes);
    }
    if (!keys.isEmpty()) {
      unit.prefetchKeys(keys);
    }
    nodes.removeAll(newNodes);
    if (!nodes.isEmpty()) {
      unit.prefetchNodes(nodes);
    }
    if (!edges.isEmpty()) {
      unit.prefetchUnusedEdges(edges);
    }
  }
}
