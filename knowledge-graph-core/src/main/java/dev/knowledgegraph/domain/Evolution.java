package dev.knowledgegraph.domain;

import dev.knowledgegraph.event.EdgeEvent;
import dev.knowledgegraph.event.NodeEvent;
import dev.knowledgegraph.event.SettingsEvent;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What an event makes of one element that is there. */
public final class Evolution {
  private Evolution() {}

  /** The settings after an event that does not end the graph. */
  public static GraphData settings(GraphData data, SettingsEvent event) {
    return switch (event) {
      case SettingsEvent.GraphCreated e -> e.data();
      case SettingsEvent.GraphRenamed e -> data.withName(e.name());
      case SettingsEvent.GraphDescribed e -> data.withDescription(e.description());
      case SettingsEvent.GraphVisibilityChanged e -> data.withVisibility(e.visibility());
      case SettingsEvent.GraphViewChanged e -> data.withView(e.view());
      case SettingsEvent.GraphPolicyChanged e -> data.withPolicy(e.policy());
      case SettingsEvent.GraphAutoLinkChanged e -> data.withAutoLink(e.autoLink());
      case SettingsEvent.GraphMadeDefault e -> data;
      case SettingsEvent.GraphRemoved e -> data;
    };
  }

  /** The node after an event that neither begins nor ends it. */
  public static Node node(Node node, NodeEvent event, Instant time) {
    NodeData data = node.data();
    return switch (event) {
      case NodeEvent.NodeContentChanged e -> with(node, data.withContent(e.content()), time);
      case NodeEvent.NodeRelabelled e -> with(node, data.withLabels(e.labels()), time);
      case NodeEvent.NodeTagged e -> with(node, data.withTags(data.tags().union(e.tags())), time);
      case NodeEvent.NodeUntagged e -> with(node, data.withTags(data.tags().minus(e.tags())), time);
      case NodeEvent.NodeMoved e -> with(node, data.withPosition(e.position()), time);
      case NodeEvent.NodePropertiesChanged e ->
          with(node, data.withProperties(e.properties()), time);
      case NodeEvent.NodePublished e -> with(node, data.withStatus(NodeStatus.PUBLISHED), time);
      case NodeEvent.NodeArchived e -> with(node, data.withStatus(NodeStatus.ARCHIVED), time);
      case NodeEvent.NodeRestored e -> with(node, data.withStatus(NodeStatus.DRAFT), time);
      case NodeEvent.NodeKeyed e -> with(node, data.withKey(e.key()), time);
      case NodeEvent.NodeMerged e -> with(node, e.data(), time);
      case NodeEvent.NodeUnmerged e -> with(node, e.restored().survivor(), time);
      case NodeEvent.NodeCategorized e -> {
        var categories = without(node, e.category());
        categories.add(new Categorization(e.category(), e.confidence(), e.origin()));
        categories.sort(Comparator.comparing(Categorization::category));
        yield with(node, categories, time);
      }
      case NodeEvent.NodeUncategorized e -> with(node, without(node, e.category()), time);
      case NodeEvent.NodeAdded e -> throw new IllegalArgumentException("begins a node");
      case NodeEvent.NodeRemoved e -> throw new IllegalArgumentException("ends a node");
    };
  }

  /** The edge after an event that neither begins nor ends it. */
  public static Edge edge(Edge edge, EdgeEvent event, Instant time) {
    EdgeData data = edge.data();
    return switch (event) {
      case EdgeEvent.EdgeReweighted e -> with(edge, data.withWeight(e.weight()), time);
      case EdgeEvent.EdgeRetyped e -> with(edge, data.withType(e.type()), time);
      case EdgeEvent.EdgePropertiesChanged e ->
          with(
              edge,
              data.withProperties(e.properties()).withLabel(e.label()).withDirected(e.directed()),
              time);
      case EdgeEvent.EdgeAdded e -> throw new IllegalArgumentException("begins an edge");
      case EdgeEvent.EdgeRemoved e -> throw new IllegalArgumentException("ends an edge");
    };
  }

  /** The edge with other data, one version on. */
  public static Edge with(Edge edge, EdgeData data, Instant time) {
    return new Edge(edge.id(), edge.graph(), data, edge.created(), time, edge.version() + 1);
  }

  /** The edge's data with every end {@code from} put to {@code to}. */
  public static EdgeData moved(EdgeData data, NodeId from, NodeId to) {
    return data.withEnds(
        data.source().equals(from) ? to : data.source(),
        data.target().equals(from) ? to : data.target());
  }

  private static Node with(Node node, NodeData data, Instant time) {
    return new Node(
        node.id(), node.graph(), data, node.categories(), node.created(), time, node.version() + 1);
  }

  private static Node with(Node node, List<Categorization> categories, Instant time) {
    return new Node(
        node.id(), node.graph(), node.data(), categories, node.created(), time, node.version() + 1);
  }

  private static List<Categorization> without(
      Node node, dev.knowledgegraph.model.CategoryId category) {
    var rest = new ArrayList<>(node.categories());
    rest.removeIf(in -> in.category().equals(category));
    return rest;
  }
}
