package dev.knowledgegraph.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A graph's settings. It never lists its members: nodes and edges are aggregates of their own.
 *
 * @param isDefault a stored flag; at most one graph of an owner has it
 * @param updated when its settings were last changed
 * @param version the number of events its settings have had; starts at 1
 */
public record Graph(
    GraphId id,
    UserId owner,
    GraphData data,
    boolean isDefault,
    Instant created,
    Instant updated,
    long version) {
  public Graph {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(updated, "updated");
  }

  /** The graph within its owner's space. */
  public GraphRef ref() {
    return new GraphRef(owner, id);
  }

  public String name() {
    return data.name();
  }

  public Visibility visibility() {
    return data.visibility();
  }

  public Policy policy() {
    return data.policy();
  }

  public AutoLink autoLink() {
    return data.autoLink();
  }

  /** Whether {@code caller} may read this graph. */
  public boolean isReadableBy(UserId caller) {
    return owner.equals(caller) || visibility() == Visibility.PUBLIC_READ;
  }
}
