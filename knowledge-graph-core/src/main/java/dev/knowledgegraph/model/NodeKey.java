package dev.knowledgegraph.model;

import org.jspecify.annotations.Nullable;

/**
 * A node's natural key: unique among the live nodes of its graph, compared code point by code
 * point. Imports use it to find a node again. 1 to 512 characters.
 */
public record NodeKey(String value) implements Comparable<NodeKey> {
  /** The longest key, in code points. */
  public static final int MAX_LENGTH = 512;

  public NodeKey {
    Texts.name("key", value, MAX_LENGTH);
  }

  /**
   * Wraps a text.
   *
   * @throws IllegalArgumentException if it is blank, too long or has control characters
   */
  public static NodeKey of(String value) {
    return new NodeKey(value);
  }

  @Override
  public int compareTo(NodeKey other) {
    return value.compareTo(other.value);
  }

  // Written out because it is called for every element of an import, where the generated forms,
  // linked through method handles, cost a tenth of the time.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NodeKey that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
