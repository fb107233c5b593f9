package dev.knowledgegraph.model;

import java.util.Objects;
import java.util.UUID;

/**
 * The identity of a graph: a UUID that is never used again, not even after removal.
 *
 * <p>The library makes version 7 (RFC 9562), so that ids sort by the time they were made; any other
 * UUID a caller brings is taken as it is. Ordered as unsigned 128-bit numbers.
 */
public record GraphId(UUID value) implements Comparable<GraphId> {
  public GraphId {
    Objects.requireNonNull(value, "value");
  }

  /** Wraps a UUID. */
  public static GraphId of(UUID value) {
    return new GraphId(value);
  }

  /**
   * Reads the canonical text form, 36 characters.
   *
   * @throws IllegalArgumentException if the text is not a UUID
   */
  public static GraphId parse(String text) {
    return new GraphId(Uuids.parse(text));
  }

  @Override
  public int compareTo(GraphId other) {
    return Uuids.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
