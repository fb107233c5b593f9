package dev.knowledgegraph.cli.crash;

import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.EdgeCommand.RemoveEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.command.NodeCommand.Tag;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.Tags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Commands without end, the same for the same name. Each is accepted and changes something if all
 * before it were carried out, and only then.
 */
final class CommandStream {
  private final GraphId graph;
  private final String name;
  private final RandomGenerator random;
  private final List<NodeId> nodes = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private int count;

  private record Link(EdgeId id, NodeId source, NodeId target) {}

  CommandStream(GraphId graph, String name) {
    this.graph = graph;
    this.name = name;
    this.random = Chance.of(name.hashCode());
  }

  /** The idempotency key of the command at this place, from 0. */
  static String key(String name, int place) {
    return name + "-" + place;
  }

  GraphCommand next() {
    count++;
    int dice = random.nextInt(10);
    if (nodes.size() < 3 || dice < 3) {
      return addNode();
    }
    if (dice < 6) {
      return addEdge();
    }
    if (dice == 6 && nodes.size() > 20) {
      return removeNode();
    }
    if (dice == 7 && !links.isEmpty()) {
      return new RemoveEdge(graph, links.remove(random.nextInt(links.size())).id());
    }
    return new Tag(graph, any(), Tags.of(List.of("tag " + count)));
  }

  private GraphCommand addNode() {
    NodeId id = NodeId.of(id("node"));
    nodes.add(id);
    return new AddNode(
        graph, id, NodeData.node("Node " + count).withKey(NodeKey.of(key(name, count))));
  }

  private GraphCommand addEdge() {
    var link = new Link(EdgeId.of(id("edge")), any(), any());
    links.add(link);
    return new AddEdge(
        graph,
        link.id(),
        EdgeData.edge(link.source(), EdgeType.of("T" + count), link.target()).withWeight(count));
  }

  private GraphCommand removeNode() {
    NodeId gone = nodes.remove(random.nextInt(nodes.size()));
    links.removeIf(link -> link.source().equals(gone) || link.target().equals(gone));
    return new RemoveNode(graph, gone);
  }

  private NodeId any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private UUID id(String kind) {
    String text = kind + key(name, count);
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
