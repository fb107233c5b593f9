package dev.knowledgegraph.model;

import java.time.Instant;
import java.util.Objects;

/** A live category of a graph. */
public record Category(
    CategoryId id,
    GraphId graph,
    CategoryData data,
    Instant created,
    Instant updated,
    long version) {
  public Category {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(data, "data");
  }

  public String title() {
    return data.title();
  }
}
