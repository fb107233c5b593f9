package dev.knowledgegraph.model;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an edge: a UUID that is never used again, not even after removal.
 *
 * <p>The library makes version 7 (RFC 9562), so that ids sort by the time they were made; any other
 * UUID a caller brings is taken as it is. Ordered as unsigned 128-bit numbers.
 */
public record EdgeId(UUID value) implements Comparable<EdgeId> {
  public EdgeId {
    Objects.requireNonNull(value, "value");
  }

  /** Wraps a UUID. */
  public static EdgeId of(UUID value) {
    return new EdgeId(value);
  }

  /**
   * Reads the canonical text form, 36 characters.
   *
   * @throws IllegalArgumentException if the text is not a UUID
   */
  public static EdgeId parse(String text) {
    return new EdgeId(Uuids.parse(text));
  }

  @Override
  public int compareTo(EdgeId other) {
    return Uuids.compare(value, other.value);
  }

  // Written out because it is called for every element of an import, where the generated forms,
  // linked through method handles, cost a tenth of the time.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EdgeId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
