package dev.knowledgegraph.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A live node of a graph: what a decider works on and what a query returns.
 *
 * @param categories the categories it belongs to, ordered by id
 * @param created when its first event was committed
 * @param updated when its latest event was committed
 * @param version the number of events it has had; starts at 1
 */
public record Node(
    NodeId id,
    GraphId graph,
    NodeData data,
    List<Categorization> categories,
    Instant created,
    Instant updated,
    long version) {
  public Node {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(updated, "updated");
    categories = List.copyOf(categories);
  }

  public Optional<NodeKey> key() {
    return Optional.ofNullable(data.key());
  }

  public Labels labels() {
    return data.labels();
  }

  public Content content() {
    return data.content();
  }

  public String title() {
    return data.content().title();
  }

  public String body() {
    return data.content().body();
  }

  public Tags tags() {
    return data.tags();
  }

  public Optional<Coordinates> position() {
    return Optional.ofNullable(data.position());
  }

  public Properties properties() {
    return data.properties();
  }

  public NodeStatus status() {
    return data.status();
  }

  public Optional<String> source() {
    return Optional.ofNullable(data.source());
  }

  /** What to call it: its title, else its key, else its id. */
  public String displayName() {
    return !title().isBlank() ? title() : data.key() != null ? data.key().value() : id.toString();
  }
}
