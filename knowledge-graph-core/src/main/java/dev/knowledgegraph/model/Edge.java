package dev.knowledgegraph.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A live edge of a graph; both its ends are live nodes of the same graph.
 *
 * @param version the number of events it has had; starts at 1
 */
public record Edge(
    EdgeId id, GraphId graph, EdgeData data, Instant created, Instant updated, long version) {
  public Edge {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(updated, "updated");
  }

  public NodeId source() {
    return data.source();
  }

  public NodeId target() {
    return data.target();
  }

  public EdgeType type() {
    return data.type();
  }

  public double weight() {
    return data.weight();
  }

  public boolean directed() {
    return data.directed();
  }

  public Properties properties() {
    return data.properties();
  }

  public Strength strength() {
    return Strength.of(weight());
  }

  /** The other end, seen from {@code node}; the node itself for a self loop. */
  public NodeId otherEnd(NodeId node) {
    return node.equals(source()) ? target() : source();
  }
}
