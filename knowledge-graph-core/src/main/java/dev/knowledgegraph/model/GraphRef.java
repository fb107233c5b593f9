package dev.knowledgegraph.model;

import java.util.Objects;

/**
 * A graph within its owner's space: what every storage call names, so that no statement can leave
 * its tenant.
 */
public record GraphRef(UserId owner, GraphId id) {
  public GraphRef {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(id, "id");
  }

  @Override
  public String toString() {
    return owner + "/" + id;
  }
}
