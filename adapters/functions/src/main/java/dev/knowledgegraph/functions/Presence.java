package dev.knowledgegraph.functions;

import dev.knowledgegraph.model.UserId;

/**
 * Whether a user is there.
 *
 * @param connections how many are open
 */
public record Presence(UserId owner, long connections) {
  /** Whether one is open at least. */
  public boolean isOnline() {
    return connections > 0;
  }
}
